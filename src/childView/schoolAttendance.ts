import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { attendanceCodes, attendanceMeaning, isUnauthorised } from '../sources/attendanceCodes.ts'
import { percentageOf } from '../sources/partAboveWhole.ts'
import {
  type CountedPeriod,
  countedIn,
  hasUndated,
  isDuring,
  type Session,
  sessionOf,
  sessionsWithin,
} from './absentSessions.ts'
import {
  type Completeness,
  type Count,
  completenessOf,
  countOf,
  listed,
  type Reads,
  undated,
} from './countCompleteness.ts'
import { dayIn, type ListPart, partOf } from './listFilter.ts'
import { missingNeeds, missingReads } from './missingEpisodeFields.ts'
import { isDated, type MissingPattern } from './missingEpisodes.ts'
import { restraintIncidents, restraintNeeds, restraintReads } from './restraint.ts'
import type { Ground } from './whyCountIncomplete.ts'

const own = {
  education: {
    attendance: ['eventAt', 'provenance.supersedes', 'school', 'from', 'to', 'possible', 'attended', 'codes'],
    absences: ['provenance.supersedes', 'date', 'session', 'code'],
  },
  socialCare: { placements: ['eventAt', 'provenance.supersedes', 'from'] },
} as const satisfies RequiredFields

/** What attendance and its overlaps rest on. */
export const attendancePictureNeeds = mergeNeeds(own, missingNeeds, restraintNeeds)

const absences = { education: { absences: ['date', 'session'] } } as const satisfies RequiredFields

/** What each number reads. */
export const attendancePictureReads = {
  sessions: { grounds: [{ education: { attendance: ['possible', 'attended'] } }] },
  codes: { grounds: [{ education: { attendance: ['codes'] } }] },
  absences: { grounds: [absences] },
  duringMissing: missingReads.absentSessionsDuring,
  onRestraintDays: { grounds: [absences, ...restraintReads.total.grounds] },
  onMoveDays: { grounds: [absences, { socialCare: { placements: ['from'] } }] },
} as const satisfies Readonly<Record<string, Reads>>

/** How one absence coincides with something else. */
export interface Coincidence {
  readonly kind: 'MISSING' | 'RESTRAINT' | 'PLACEMENT_MOVE'
  readonly records: readonly string[]
}

/** An absent session, and what else happened then. */
export interface Absence {
  readonly id: string
  readonly day: string
  readonly session: string
  readonly code: string | null
  readonly meaning: string | null
  readonly unauthorised: boolean | null
  readonly coincidesWith: readonly Coincidence[]
}

/** Absent sessions that coincide, by what. */
export interface Overlaps {
  readonly duringMissing: Count
  readonly onRestraintDays: Count
  readonly onMoveDays: Count
}

/** One period as a school counted it. */
export interface SchoolPeriod {
  readonly id: string
  readonly school: string | null
  readonly from: string | null
  readonly to: string | null
  readonly possible: number | null
  readonly attended: number | null
  readonly percentage: number | null
  readonly codes:
    | readonly {
        readonly code: string
        readonly meaning: string | null
        readonly unauthorised: boolean | null
        readonly count: number
      }[]
    | null
  readonly overlaps: Overlaps
}

/** Attendance by period, with what absences coincide with. */
export interface AttendancePicture {
  readonly possible: Count
  readonly attended: Count
  readonly percentage: number | null
  readonly periods: readonly SchoolPeriod[] | null
  readonly overlaps: Overlaps
  /** Absent sessions that are recorded one by one: no more than a lower bound where a register counts more of them. */
  readonly absenceTotal: Count
  /** Every one of them, the first one first. */
  readonly absences: readonly Absence[] | null
}

/** Attendance with its codes in words, and which absences fall on missing episodes, restraint and moves. */
export function attendancePicture(
  answers: AnswersTo<typeof attendancePictureNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  { asOf, missing, part }: { readonly asOf: string; readonly missing: MissingPattern; readonly part: ListPart },
): AttendancePicture {
  const of = (reads: Reads) => completenessOf(reads, { grants, contracts, answers })
  const restraints = restraintIncidents(answers, contracts).map(({ id, eventAt }) => ({ id, day: dayIn(eventAt) }))
  const moves = uncorrected(rowsOf(answers, 'socialCare', 'placements')).map((row) => ({
    id: row.id,
    day: dayIn(textOf(row, 'from', 'eventAt')),
  }))
  const known = new Map<string, Absence>()
  for (const row of uncorrected(rowsOf(answers, 'education', 'absences'))) {
    const session = sessionOf(row)
    // One session is one, whichever register it stands in.
    if (!session || known.has(`${session.day} ${session.session}`)) continue
    const code = textOf(row, 'code')
    known.set(`${session.day} ${session.session}`, {
      id: row.id,
      day: session.day,
      session: session.session,
      code,
      meaning: code === null ? null : attendanceMeaning(code),
      unauthorised: code === null ? null : isUnauthorised(code),
      coincidesWith: coincidences(session, { episodes: missing.episodes ?? [], restraints, moves, asOf }),
    })
  }
  const all = [...known.values()].sort((one, other) => (place(one) < place(other) ? -1 : 1))
  const completenessIn = (counted: readonly CountedPeriod[]) => {
    const isWhole = !counted.some((period) => hasUndated(period, all))
    const dated = (reads: Reads) => (isWhole ? of(reads) : undated(of(reads), contracts.education))
    return {
      duringMissing: dated(attendancePictureReads.duringMissing),
      onRestraintDays: dated(attendancePictureReads.onRestraintDays),
      onMoveDays: dated(attendancePictureReads.onMoveDays),
      absences: dated(attendancePictureReads.absences),
    }
  }
  const spanOfDays = { ids: ({ id }: { readonly id: string }) => [id] }
  const periods = partOf(
    uncorrected(rowsOf(answers, 'education', 'attendance')).map((row): SchoolPeriod => {
      const counted = countedIn(row)
      const { attended, possible } = counted
      return {
        id: row.id,
        school: textOf(row, 'school'),
        ...counted,
        codes: counted.codes === null ? null : counted.codes.map(inWords),
        percentage: percentageOf(attended, possible),
        overlaps: overlapsOf(sessionsWithin(all, counted), completenessIn([counted])),
      }
    }),
    { ...part, first: null, after: null, kind: null },
    { ...spanOfDays, span: ({ from, to }) => [from, to] },
  )
  const sessions = of(attendancePictureReads.sessions)
  const possible = sum(periods, 'possible')
  const attended = sum(periods, 'attended')
  // A period of which only one of the two is known says nothing of the other.
  const lacksOne = sessions.completeness === 'WHOLE' && periods.some(isHalfCounted)
  const inPeriod = partOf(
    all,
    { ...part, first: null, after: null, kind: null },
    { ...spanOfDays, span: ({ day }) => [day, day] },
  )
  const completeness = completenessIn(periods)
  return {
    possible: countOf(possible, lacksOne ? undated(sessions, contracts.education) : sessions),
    attended: countOf(attended, lacksOne ? undated(sessions, contracts.education) : sessions),
    percentage: sessions.completeness === 'WHOLE' && !lacksOne ? percentageOf(attended, possible) : null,
    periods: listed(periods, sessions),
    overlaps: overlapsOf(inPeriod, completeness),
    absenceTotal: countOf(inPeriod.length, completeness.absences),
    absences: listed(inPeriod, completeness.absences),
  }
}

/** One page of the absences, of one code where it is asked for. */
export const absencesPart = (
  { absences: all }: AttendancePicture,
  part: ListPart & { readonly coinciding?: boolean | null },
): AttendancePicture['absences'] =>
  all &&
  partOf(
    part.coinciding ? all.filter(({ coincidesWith }) => coincidesWith.length > 0) : all,
    { ...part, from: null, to: null },
    { ids: ({ id }) => [id], kind: ({ code }) => code, kinds: attendanceCodes },
    100,
  )

interface Happened {
  readonly id: string
  readonly day: string | null
}

function coincidences(
  session: Session,
  {
    episodes,
    restraints,
    moves,
    asOf,
  }: {
    readonly episodes: NonNullable<MissingPattern['episodes']>
    readonly restraints: readonly Happened[]
    readonly moves: readonly Happened[]
    readonly asOf: string
  },
): readonly Coincidence[] {
  const missed = episodes
    .filter(isDated)
    .filter((episode) => isDuring(session, episode, asOf))
    .flatMap(({ records }) => records)
  const onDay = (happened: readonly Happened[]) => happened.filter(({ day }) => day === session.day).map(({ id }) => id)
  return (
    [
      { kind: 'MISSING', records: missed },
      { kind: 'RESTRAINT', records: onDay(restraints) },
      { kind: 'PLACEMENT_MOVE', records: onDay(moves) },
    ] as const
  ).filter(({ records }) => records.length > 0)
}

const overlapsOf = (
  some: readonly Absence[],
  completeness: { readonly [Name in keyof Overlaps]: Completeness },
): Overlaps => {
  const coinciding = (kind: Coincidence['kind']) =>
    some.filter(({ coincidesWith }) => coincidesWith.some((each) => each.kind === kind)).length
  return {
    duringMissing: countOf(coinciding('MISSING'), completeness.duringMissing),
    onRestraintDays: countOf(coinciding('RESTRAINT'), completeness.onRestraintDays),
    onMoveDays: countOf(coinciding('PLACEMENT_MOVE'), completeness.onMoveDays),
  }
}

const inWords = ({ code, count }: { readonly code: string; readonly count: number }) => ({
  ...{ code, meaning: attendanceMeaning(code), unauthorised: isUnauthorised(code), count },
})

const isHalfCounted = ({ possible, attended }: Pick<SchoolPeriod, 'possible' | 'attended'>): boolean =>
  (possible === null) !== (attended === null)

const sum = (periods: readonly SchoolPeriod[], field: 'possible' | 'attended'): number =>
  periods.reduce((total, period) => total + (period[field] ?? 0), 0)

const place = ({ day, session, id }: Absence): string => `${day} ${session} ${id}`
