import { type AnswersTo, rowsOf } from '../records/answered.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import { textOf, uncorrected } from '../records/period.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { attendanceCodes, attendanceMeaning, isUnauthorised } from '../sources/attendanceCodes.ts'
import { isDuring, type Session, sessionOf } from './absentSessions.ts'
import { type Completeness, type Count, completenessOf, countOf, type Ground, listed, type Reads } from './count.ts'
import { dayIn, type ListPart, partOf } from './listPart.ts'
import { type MissingPattern, missingNeeds, missingReads } from './missing.ts'
import { restraintIncidents, restraintNeeds, restraintReads } from './restraint.ts'

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
  /** Every absent session, the first one first. */
  readonly absences: readonly Absence[] | null
}

/** Attendance as a percentage, one decimal. */
const percentageOf = (attended: number, possible: number): number | null =>
  possible > 0 ? Math.round((attended / possible) * 1000) / 10 : null

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
  const completeness = {
    duringMissing: of(attendancePictureReads.duringMissing),
    onRestraintDays: of(attendancePictureReads.onRestraintDays),
    onMoveDays: of(attendancePictureReads.onMoveDays),
  }
  const spanOfDays = { ids: ({ id }: { readonly id: string }) => [id] }
  const periods = partOf(
    uncorrected(rowsOf(answers, 'education', 'attendance')).map((row): SchoolPeriod => {
      const from = textOf(row, 'from', 'eventAt')
      const to = textOf(row, 'to')
      const possible = numberIn(row.possible)
      const attended = numberIn(row.attended)
      const within = all.filter(
        ({ day }) => (from === null || day >= (dayIn(from) ?? '')) && (to === null || day <= (dayIn(to) ?? '')),
      )
      return {
        id: row.id,
        school: textOf(row, 'school'),
        from: dayIn(from),
        to: dayIn(to),
        possible,
        attended,
        percentage: possible === null || attended === null ? null : percentageOf(attended, possible),
        codes: codesIn(row.codes),
        overlaps: overlapsOf(within, completeness),
      }
    }),
    { ...part, first: null, after: null, kind: null },
    { ...spanOfDays, span: ({ from, to }) => [from, to] },
  )
  const sessions = of(attendancePictureReads.sessions)
  const possible = sum(periods, 'possible')
  const attended = sum(periods, 'attended')
  const inPeriod = partOf(
    all,
    { ...part, first: null, after: null, kind: null },
    { ...spanOfDays, span: ({ day }) => [day, day] },
  )
  return {
    possible: countOf(possible, sessions),
    attended: countOf(attended, sessions),
    percentage: sessions.completeness === 'WHOLE' ? percentageOf(attended, possible) : null,
    periods: listed(periods, sessions),
    overlaps: overlapsOf(inPeriod, completeness),
    absences: listed(inPeriod, of(attendancePictureReads.absences)),
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
  const missed = episodes.filter((episode) => isDuring(session, episode, asOf)).flatMap(({ records }) => records)
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

function codesIn(value: unknown): SchoolPeriod['codes'] {
  if (!Array.isArray(value)) return null
  return value.flatMap((item: { readonly code?: unknown; readonly count?: unknown }) =>
    typeof item.code === 'string' && typeof item.count === 'number'
      ? [
          {
            code: item.code,
            meaning: attendanceMeaning(item.code),
            unauthorised: isUnauthorised(item.code),
            count: item.count,
          },
        ]
      : [],
  )
}

const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null)

const sum = (periods: readonly SchoolPeriod[], field: 'possible' | 'attended'): number =>
  periods.reduce((total, period) => total + (period[field] ?? 0), 0)

const place = ({ day, session, id }: Absence): string => `${day} ${session} ${id}`
