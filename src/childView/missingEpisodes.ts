import { londonDay, londonInstant } from '../foundation/london.ts'
import {
  type Answers,
  type AnswersTo,
  type AnswersWith,
  anyRowsOf,
  rowsOf,
  unavailableOf,
} from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RowsOf } from '../records/requiredFields.ts'
import type { CommonRow } from '../sources/commonRowFields.ts'
import type { SourceContract } from '../sources/contract.ts'
import { absentSessionsDuring, countedIn, hasUndated, sessionOf } from './absentSessions.ts'
import {
  type Completeness,
  type Count,
  completenessOf,
  completenessOfChild,
  countOf,
  listed,
  type Reads,
  undated,
  whether,
} from './countCompleteness.ts'
import {
  type EpisodeRows,
  type Entry as JoinedEntry,
  type Report as JoinedReport,
  joinEpisodes,
  startOf,
} from './joinMissingEpisodes.ts'
import { type ListPart, partOf } from './listFilter.ts'
import { interviewReads, type missingNeeds, missingReads } from './missingEpisodeFields.ts'
import {
  type Interviews as InterviewsOf,
  type ReturnInterview,
  returnInterview,
  saysWhenIn,
} from './returnInterview.ts'
import { type Ground, matchWaits } from './whyCountIncomplete.ts'

type Rows = RowsOf<typeof missingNeeds>
type Report = Rows['police']['missingEpisodes']
type Entry = Rows['socialCare']['missing']
type Interviews = InterviewsOf<Entry>

/** What of them says how long somebody is missing. */
type CorrectedReport = JoinedReport & Pick<CommonRow, 'provenance.supersedes'>
type CorrectedEntry = JoinedEntry & Pick<CommonRow, 'provenance.supersedes'>

/** One episode, as every agency knows it. */
export interface MissingEpisode {
  /** Null where no record says when it began. */
  readonly from: string | null
  readonly to: string | null
  readonly kind: string | null
  /** Null where no record says. */
  readonly reported: boolean | null
  readonly force: string | null
  /** Null while the child is missing. */
  readonly minutes: number | null
  /** Null where no record says, nor when it began. */
  readonly overnight: boolean | null
  readonly grade: string | null
  readonly safeAndWellCheck: boolean | null
  readonly foundAt: string | null
  /** Null where it may not be read. */
  readonly returnInterview: ReturnInterview | null
  readonly loggedBy: readonly string[]
  readonly records: readonly string[]
}

/** One of which it is known when it began. */
export type DatedEpisode = MissingEpisode & { readonly from: string }

/** Whether it is known when an episode began: else nothing can be said to stand beside it in time. */
export const isDated = (episode: MissingEpisode): episode is DatedEpisode => episode.from !== null

/** One count of missing across forces, the authority and care providers. */
export interface MissingPattern {
  readonly total: Count
  readonly reported: Count
  readonly unreported: Count
  /** Of which no record says whether anybody was told. */
  readonly reportNotKnown: Count
  readonly byForce:
    | readonly {
        readonly force: string
        readonly count: Count
        readonly first: string | null
        readonly last: string | null
      }[]
    | null
  readonly overnight: Count
  readonly absentSessionsDuring: Count
  /** Every episode, latest first; the resolver gives as many as were asked. */
  readonly episodes: readonly MissingEpisode[] | null
  readonly unavailable: readonly string[]
}

/**
 * Joins missing episodes from the rows this caller may read.
 *
 * @param readable whether the caller may read the interview fields of a row of social care.
 */
export function missingPattern(
  answers: AnswersTo<typeof missingNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
  readable: (row: Entry) => boolean,
): MissingPattern {
  const ground = { grants, contracts, answers }
  const of = (reads: Reads) => completenessOf(reads, ground)
  // As the alert of the same lateness is judged: another authority's outage takes no interview of this child's away.
  const interviews = {
    ...{ readable, saysWhen: saysWhenIn(ground) },
    all: completenessOfChild(interviewReads, ground).completeness === 'WHOLE',
  }
  const episodes = missingEpisodes(answers, asOf, interviews)
  const reported = episodes.filter((episode) => episode.reported === true)
  const numbering = (said: boolean | null) => episodes.filter((episode) => episode.reported === said).length
  const absences = uncorrected(rowsOf(answers, 'education', 'absences'))
  const during = of(missingReads.absentSessionsDuring)
  const dated = episodes.filter(isDated)
  const isAllDated = dated.length === episodes.length
  const overnight = of(missingReads.overnight)
  return {
    total: countOf(episodes.length, of(missingReads.total)),
    reported: countOf(reported.length, of(missingReads.reported)),
    unreported: countOf(numbering(false), of(missingReads.unreported)),
    reportNotKnown: countOf(numbering(null), of(missingReads.unreported)),
    byForce: byForce(reported, of(missingReads.reported), contracts.police),
    overnight: countOf(
      episodes.filter((episode) => episode.overnight).length,
      isAllDated ? overnight : undated(overnight, contracts.socialCare),
    ),
    absentSessionsDuring: countOf(
      absentSessionsDuring(absences, dated, asOf),
      isAllDated && !registersHaveUndated(answers, absences) ? during : undated(during, contracts.education),
    ),
    episodes: listed(episodes, of(missingReads.total)),
    unavailable: unavailableOf(answers, contracts, ['education', 'police', 'socialCare']),
  }
}

/** Whether a register counts absent sessions of which no record says the day: see `missingPatternNeeds`. */
function registersHaveUndated(answers: Answers, absences: readonly Absence[]): boolean {
  const dated = absences.flatMap((row) => {
    const session = sessionOf(row)
    return session ? [{ ...session, code: textOf(row, 'code') }] : []
  })
  const once = [...new Map(dated.map((one) => [`${one.day} ${one.session}`, one])).values()]
  return uncorrected(anyRowsOf(answers, 'education', 'attendance')).some((row) => hasUndated(countedIn(row), once))
}

type Absence = Rows['education']['absences'] & { readonly code?: unknown }

/** Whether any episode has not ended at `asOf`; null where none that may be read says so and not all were looked at. */
export const missingNow = (
  answers: AnswersWith<{
    readonly police: { readonly missingEpisodes: CorrectedReport }
    readonly socialCare: { readonly missing: CorrectedEntry }
  }>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
): boolean | null => {
  const open = joinEpisodes(
    uncorrected(rowsOf(answers, 'police', 'missingEpisodes')),
    uncorrected(rowsOf(answers, 'socialCare', 'missing')),
  ).filter((rows) => endOf(rows, asOf) === null)
  const isOpen = open.some(hasStart)
  // Of one that says neither when it began nor when it ended it is not known whether it is over.
  if (open.length > 0 && !isOpen) return null
  const ground = { grants, contracts, answers }
  // Who is reported missing may be among those of whom nobody has said yet which child they are.
  const isUnsettled = completenessOf(missingReads.total, ground).without.some(({ reason }) => reason === matchWaits)
  return isOpen || !isUnsettled ? whether(isOpen, completenessOfChild(missingReads.total, ground)) : null
}

const hasStart = ({ police, care }: EpisodeRows<CorrectedReport, CorrectedEntry>): boolean =>
  [...(police ? [police] : []), ...care].some((row) => startOf(row) !== null)

/** Episodes of a period and kind. */
export const episodesPart = ({ episodes }: MissingPattern, part: ListPart): MissingPattern['episodes'] =>
  episodes &&
  partOf(
    episodes,
    part,
    {
      ids: ({ records }) => records,
      span: ({ from, to }) => [from, to],
      kind: ({ kind }) => kind,
      kinds: ['M', 'A'],
    },
    100,
  )

function missingEpisodes(
  answers: AnswersTo<typeof missingNeeds>,
  asOf: string,
  interviews: Interviews,
): readonly MissingEpisode[] {
  const police = uncorrected(rowsOf(answers, 'police', 'missingEpisodes'))
  const care = uncorrected(rowsOf(answers, 'socialCare', 'missing'))
  const episodes = joinEpisodes(police, care).map((rows) => episodeOf(rows, asOf, interviews))
  return episodes.sort((one, other) => beganAt(other) - beganAt(one) || compare(one.records[0], other.records[0]))
}

/** Those of which nobody knows when they began stand last. */
const beganAt = ({ from }: MissingEpisode): number => (from === null ? 0 : Date.parse(from))

function episodeOf(rows: EpisodeRows<Report, Entry>, asOf: string, interviews: Interviews): MissingEpisode {
  const both = rows.police ? [rows.police, ...rows.care] : rows.care
  const from = both.map(startOf).find((start) => millisecondsOf(start) !== null) ?? null
  const to = endOf(rows, asOf)
  const first = (field: 'kind' | 'force') => both.map((row) => textOf(row, field)).find((text) => text !== null) ?? null
  const overnight = rows.police?.overnight
  const check = rows.police?.safeAndWellCheck
  return {
    from,
    to,
    kind: first('kind'),
    reported: reportedOf(rows),
    force: rows.police ? textOf(rows.police, 'force', 'provenance.force') : first('force'),
    minutes: minutesBetween(from, to),
    overnight: typeof overnight === 'boolean' ? overnight : from === null ? null : overANight(from, to ?? asOf),
    grade: rows.police && textOf(rows.police, 'grade'),
    safeAndWellCheck: typeof check === 'boolean' ? check : null,
    foundAt: rows.police && textOf(rows.police, 'foundAt'),
    returnInterview: returnInterview(rows.care, to, asOf, interviews),
    loggedBy: [...new Set(rows.care.flatMap((row) => textOf(row, 'loggedBy') ?? []))].sort(),
    records: both.map((row) => row.id),
  }
}

/** A report says so itself; else those who cared for the child. Nobody's silence says that it was not. */
function reportedOf({ police, care }: EpisodeRows<Report, Entry>): boolean | null {
  if (police || care.some((row) => row.reported === true)) return true
  return care.some((row) => row.reported === false) ? false : null
}

/** The force's own record says when the child came back; else the first entry that does. What ends later goes on. */
const endOf = (rows: EpisodeRows<CorrectedReport, CorrectedEntry>, asOf: string): string | null => {
  const ends = [...(rows.police ? [rows.police] : []), ...rows.care].map((row) => textOf(row, 'to'))
  return ends.find((end) => end !== null && Date.parse(end) <= Date.parse(asOf)) ?? null
}

/** A night was missed when the child was away at three in the morning in London. */
function overANight(from: string, to: string): boolean {
  const start = Date.parse(from)
  const end = Date.parse(to)
  const night = londonInstant(londonDay(start), '03:00') ?? start
  const next = night >= start ? night : (londonInstant(londonDay(start + 24 * 3_600_000), '03:00') ?? start)
  return next < end
}

/**
 * Episodes by the force they were reported to. One whose force may not be read, or is not recorded, could be any
 * force's: then no number is whole, and where none can be told there is no list.
 */
function byForce(
  reported: readonly MissingEpisode[],
  ofReported: Completeness,
  { agency, contact = null }: Pick<SourceContract, 'agency' | 'contact'>,
): MissingPattern['byForce'] {
  const byName = new Map<string, (string | null)[]>()
  for (const { force, from } of reported) if (force) byName.set(force, [...(byName.get(force) ?? []), from])
  const unplaced = reported.filter(({ force }) => force === null).length
  if (reported.length > 0 && unplaced === reported.length) return null
  const unknown = { agency, contact, holder: null, state: 'PARTIAL', label: null, reason: 'FORCE_NOT_KNOWN' } as const
  const isWhole = ofReported.completeness === 'WHOLE' || ofReported.completeness === 'AT_LEAST'
  const completeness: Completeness =
    unplaced > 0 && isWhole ? { completeness: 'AT_LEAST', without: [...ofReported.without, unknown] } : ofReported
  const counts = [...byName]
    .map(([force, list]) => ({
      force,
      count: countOf(list.length, completeness),
      first: list.findLast((from) => from !== null) ?? null,
      last: list.find((from) => from !== null) ?? null,
    }))
    .sort((one, other) => compare(one.force, other.force))
  return listed(counts, completeness)
}

const compare = (one = '', other = ''): number => (one < other ? -1 : Number(one > other))

/**
 * Whole minutes; null while it goes on, and where a source's times make no length that a number of the schema holds.
 */
function minutesBetween(from: string | null, to: string | null): number | null {
  const minutes = from === null || to === null ? Number.NaN : Math.round((Date.parse(to) - Date.parse(from)) / 60_000)
  return minutes >= 0 && minutes <= 2_147_483_647 ? minutes : null
}
