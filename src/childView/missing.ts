import { type AnswersTo, type AnswersWith, type Contracts, rowsOf, unavailableOf } from '../records/answered.ts'
import { textOf, uncorrected } from '../records/period.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'
import { londonDay, londonInstant, millisecondsOf } from '../records/time.ts'
import type { CommonRow } from '../sources/row.ts'
import { absentSessionsDuring } from './absentSessions.ts'
import {
  type EpisodeRows,
  type Entry as JoinedEntry,
  type Report as JoinedReport,
  joinEpisodes,
  startOf,
} from './missingJoin.ts'
import { type ReturnInterview, returnInterview } from './returnInterview.ts'

const shared = ['eventAt', 'provenance.recordedAt', 'provenance.supersedes', 'kind', 'from', 'to', 'force'] as const

/** What one count of missing episodes rests on. */
export const missingNeeds = {
  police: {
    missingEpisodes: [
      ...shared,
      'provenance.force',
      'overnight',
      'grade',
      'safeAndWellCheck',
      'foundAt',
      'providerReference',
    ],
  },
  socialCare: {
    missing: [
      ...shared,
      'provenance.organisation',
      'reported',
      'policeReference',
      'loggedBy',
      'interviewAccepted',
      'interviewAt',
    ],
  },
  education: { absences: ['date', 'session', 'provenance.supersedes'] },
} as const satisfies RequiredFields

type Rows = RowsOf<typeof missingNeeds>
type Report = Rows['police']['missingEpisodes']
type Entry = Rows['socialCare']['missing']

/** What of them says how long somebody is missing. */
type CorrectedReport = JoinedReport & Pick<CommonRow, 'provenance.supersedes'>
type CorrectedEntry = JoinedEntry & Pick<CommonRow, 'provenance.supersedes'>

/** One episode, as every agency knows it. */
export interface MissingEpisode {
  readonly from: string
  readonly to: string | null
  readonly kind: string | null
  readonly reported: boolean
  readonly force: string | null
  readonly overnight: boolean
  readonly grade: string | null
  readonly safeAndWellCheck: boolean | null
  readonly foundAt: string | null
  readonly returnInterview: ReturnInterview
  readonly records: readonly string[]
}

/** One count of missing across forces, the authority and care providers. */
export interface MissingPattern {
  readonly total: number
  readonly reported: number
  readonly unreported: number
  readonly byForce: readonly {
    readonly force: string
    readonly count: number
    readonly first: string | null
    readonly last: string | null
  }[]
  readonly overnight: number
  readonly absentSessionsDuring: number
  /** Every episode, latest first; the resolver gives as many as were asked. */
  readonly episodes: readonly MissingEpisode[]
  readonly unavailable: readonly string[]
}

/**
 * Joins missing episodes from the rows this caller may read.
 *
 * @param readable whether the caller may read the interview fields of a row of social care.
 */
export function missingPattern(
  answers: AnswersTo<typeof missingNeeds>,
  contracts: Contracts,
  asOf: string,
  readable: (row: Entry) => boolean,
): MissingPattern {
  const episodes = missingEpisodes(answers, asOf, readable)
  const reported = episodes.filter((episode) => episode.reported)
  return {
    total: episodes.length,
    reported: reported.length,
    unreported: episodes.length - reported.length,
    byForce: byForce(reported),
    overnight: episodes.filter((episode) => episode.overnight).length,
    absentSessionsDuring: absentSessionsDuring(uncorrected(rowsOf(answers, 'education', 'absences')), episodes, asOf),
    episodes,
    unavailable: unavailableOf(answers, contracts, ['education', 'police', 'socialCare']),
  }
}

/** Whether any episode that this caller may read has not ended. */
export const missingNow = (
  answers: AnswersWith<{
    readonly police: { readonly missingEpisodes: CorrectedReport }
    readonly socialCare: { readonly missing: CorrectedEntry }
  }>,
): boolean =>
  joinEpisodes(
    uncorrected(rowsOf(answers, 'police', 'missingEpisodes')),
    uncorrected(rowsOf(answers, 'socialCare', 'missing')),
  ).some((rows) => endOf(rows) === null)

function missingEpisodes(
  answers: AnswersTo<typeof missingNeeds>,
  asOf: string,
  readable: (row: Entry) => boolean,
): readonly MissingEpisode[] {
  const police = uncorrected(rowsOf(answers, 'police', 'missingEpisodes'))
  const care = uncorrected(rowsOf(answers, 'socialCare', 'missing'))
  const episodes = joinEpisodes(police, care).flatMap((rows) => episodeOf(rows, asOf, readable) ?? [])
  return episodes.sort(
    (one, other) => Date.parse(other.from) - Date.parse(one.from) || compare(one.records[0], other.records[0]),
  )
}

function episodeOf(
  rows: EpisodeRows<Report, Entry>,
  asOf: string,
  readable: (row: Entry) => boolean,
): MissingEpisode | null {
  const both = rows.police ? [rows.police, ...rows.care] : rows.care
  const from = both.map(startOf).find((start) => millisecondsOf(start) !== null)
  if (!from) return null
  const to = endOf(rows)
  const first = (field: 'kind' | 'force') => both.map((row) => textOf(row, field)).find((text) => text !== null) ?? null
  const overnight = rows.police?.overnight
  const check = rows.police?.safeAndWellCheck
  return {
    from,
    to,
    kind: first('kind'),
    reported: rows.police !== null || rows.care.some((row) => row.reported === true || textOf(row, 'policeReference')),
    force: rows.police ? textOf(rows.police, 'force', 'provenance.force') : first('force'),
    overnight: typeof overnight === 'boolean' ? overnight : overANight(from, to ?? asOf),
    grade: rows.police && textOf(rows.police, 'grade'),
    safeAndWellCheck: typeof check === 'boolean' ? check : null,
    foundAt: rows.police && textOf(rows.police, 'foundAt'),
    returnInterview: returnInterview(rows.care, to, asOf, readable),
    records: both.map((row) => row.id),
  }
}

/** The force's own record says when the child came back; else the first entry that does. */
const endOf = (rows: EpisodeRows<CorrectedReport, CorrectedEntry>): string | null => {
  const ends = [...(rows.police ? [rows.police] : []), ...rows.care].map((row) => textOf(row, 'to'))
  return ends.find((end) => end !== null) ?? null
}

/** A night was missed when the child was away at three in the morning in London. */
function overANight(from: string, to: string): boolean {
  const start = Date.parse(from)
  const end = Date.parse(to)
  const night = londonInstant(londonDay(start), '03:00') ?? start
  const next = night >= start ? night : (londonInstant(londonDay(start + 24 * 3_600_000), '03:00') ?? start)
  return next < end
}

function byForce(reported: readonly MissingEpisode[]): MissingPattern['byForce'] {
  const starts = new Map<string, string[]>()
  for (const { force, from } of reported) if (force) starts.set(force, [...(starts.get(force) ?? []), from])
  return [...starts]
    .map(([force, list]) => ({ force, count: list.length, first: list.at(-1) ?? null, last: list[0] ?? null }))
    .sort((one, other) => compare(one.force, other.force))
}

const compare = (one = '', other = ''): number => (one < other ? -1 : Number(one > other))
