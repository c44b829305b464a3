import { addWorkingDays } from '../foundation/workingTime.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { dayOf, textOf, uncorrected } from '../records/currentRows.ts'
import { ageOn } from '../records/dayAndAge.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { isAllSeen } from './listsWereRead.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What is due of a child's health rests on what was done, and since when the child is looked after. */
export const healthDueNeeds = {
  health: {
    healthAssessments: ['eventAt', 'provenance.supersedes', 'kind', 'heldOn'],
    immunisations: ['eventAt', 'provenance.supersedes', 'vaccine', 'status'],
  },
  socialCare: {
    legalStatuses: ['eventAt', 'provenance.supersedes', 'code', 'from', 'to'],
    person: ['eventAt', 'provenance.supersedes', 'dateOfBirth'],
  },
} as const satisfies RequiredFields

/** One thing that is due. `NOT_KNOWN`: what was done may not be read whole, so that nobody can say that it was not. */
export interface HealthDue {
  readonly kind: 'REGISTRATION' | 'INITIAL_ASSESSMENT' | 'REVIEW_ASSESSMENT' | 'DENTAL_CHECK' | 'IMMUNISATION'
  readonly what: string | null
  readonly state: 'DONE' | 'DUE' | 'OVERDUE' | 'DECLINED' | 'NOT_KNOWN'
  readonly dueOn: string | null
  readonly lastOn: string | null
  readonly record: string | null
  readonly source: string
}

/** Codes of the 903 return under which a child is looked after. */
const lookedAfter: ReadonlySet<string> = new Set('C1 C2 D1 E1 V2 V3 V4 J1 J2 J3 L1 L2 L3'.split(' '))

const guidance = 'Promoting the health and wellbeing of looked-after children (2015, updated 2022)'
const assessmentReads = { health: { healthAssessments: ['kind', 'heldOn'] } } as const
/** Days go by when the time in care began: one status that is not read can move them. */
const inCareReads = { socialCare: { legalStatuses: ['code', 'from', 'to'] } } as const

/** Working days from becoming looked after to the report of the first assessment: in time for the first review. */
const initialWithin = 20
/** An age below which assessments are reviewed each half year, and from which each year. */
const reviewedYearlyFrom = 5

/** What the provider of the area owes: registration, for a child who is looked after the checks of the guidance. */
export function healthDue(
  answers: AnswersTo<typeof healthDueNeeds>,
  ground: Ground,
  at: {
    readonly asOf: string
    readonly since: string | null
    /** Whether it is known in whose area the child lives: else nobody can say that no practice of it is named. */
    readonly isHomeKnown: boolean
    readonly isRegistered: boolean
    readonly registration: string | null
  },
): readonly HealthDue[] {
  const today = dayOf(at.asOf)
  const began = lookedAfterSince(answers, today)
  return [
    registrationDue(ground, at),
    ...(began === null ? [] : checksDue(answers, ground, { today, began })),
    ...immunisationsDue(answers, ground),
  ]
}

function registrationDue(
  ground: Ground,
  { isHomeKnown, isRegistered, registration, since }: Parameters<typeof healthDue>[2],
): HealthDue {
  const known = isHomeKnown && isAllSeen({ health: { registrations: ['practice', 'from', 'to'] } }, ground)
  return {
    kind: 'REGISTRATION',
    what: 'With a practice of the area where the child lives',
    state: isRegistered ? 'DONE' : known ? 'OVERDUE' : 'NOT_KNOWN',
    dueOn: since === null ? null : dayOf(since),
    lastOn: null,
    record: registration,
    source: 'Care Planning Regulations 2010, regulation 7',
  }
}

function checksDue(
  answers: AnswersTo<typeof healthDueNeeds>,
  ground: Ground,
  { today, began }: { readonly today: string; readonly began: string },
): readonly HealthDue[] {
  const known = isAllSeen(assessmentReads, ground) && isAllSeen(inCareReads, ground)
  const held = uncorrected(rowsOf(answers, 'health', 'healthAssessments'))
    .flatMap((row) => {
      const on = textOf(row, 'heldOn')
      return on !== null && dayOf(on) <= today ? [{ id: row.id, on: dayOf(on), kind: textOf(row, 'kind') }] : []
    })
    .sort((one, other) => (one.on < other.on ? -1 : 1))
  const isDental = ({ kind }: { readonly kind: string | null }) => kind === 'DENTAL_CHECK'
  const assessed = held.filter((one) => !isDental(one) && one.on >= began)
  const first = assessed[0]
  const last = assessed.at(-1)
  const teeth = held.filter(isDental).at(-1)
  const born = uncorrected(rowsOf(answers, 'socialCare', 'person'))
    .map((row) => textOf(row, 'dateOfBirth'))
    .find((on) => on !== null)
  const every = born && ageOn(born, today) < reviewedYearlyFrom ? 6 : 12
  const due = (of: Pick<HealthDue, 'kind' | 'what' | 'source'>, on: string | null, done: typeof first): HealthDue => ({
    ...of,
    dueOn: on,
    lastOn: done?.on ?? null,
    record: done?.id ?? null,
    state: on === null || !known ? 'NOT_KNOWN' : on < today ? 'OVERDUE' : 'DUE',
  })
  const initialBy = addWorkingDays(began, initialWithin)
  const initial = due(
    { kind: 'INITIAL_ASSESSMENT', what: null, source: `${guidance}: in time for the first review` },
    initialBy,
    first,
  )
  return [
    first ? { ...initial, state: 'DONE' } : initial,
    due(
      { kind: 'REVIEW_ASSESSMENT', what: null, source: `${guidance}: every ${every} months` },
      last ? monthsLater(last.on, every) : initialBy === null ? null : monthsLater(initialBy, every),
      last,
    ),
    due(
      { kind: 'DENTAL_CHECK', what: null, source: 'SSDA903, dental check: once a year' },
      monthsLater(teeth && teeth.on >= began ? teeth.on : began, 12),
      teeth,
    ),
  ]
}

/** What is recorded as not given. An immunisation that nobody recorded at all is not known here. */
const immunisationsDue = (answers: AnswersTo<typeof healthDueNeeds>, ground: Ground): readonly HealthDue[] => {
  const source = 'The routine immunisation schedule, as the provider records it'
  const rows = uncorrected(rowsOf(answers, 'health', 'immunisations'))
  const known = isAllSeen({ health: { immunisations: ['vaccine', 'status'] } }, ground)
  if (!known && rows.length === 0)
    return [{ kind: 'IMMUNISATION', what: null, state: 'NOT_KNOWN', dueOn: null, lastOn: null, record: null, source }]
  return rows.flatMap((row): readonly HealthDue[] => {
    const status = textOf(row, 'status')?.toUpperCase()
    if (status !== 'OUTSTANDING' && status !== 'DECLINED') return []
    return [
      {
        kind: 'IMMUNISATION',
        what: textOf(row, 'vaccine'),
        state: status === 'DECLINED' ? 'DECLINED' : 'DUE',
        dueOn: null,
        lastOn: null,
        record: row.id,
        source,
      },
    ]
  })
}

/** The day on which the present time in care began; null for a child who is not looked after on the day. */
function lookedAfterSince(answers: AnswersTo<typeof healthDueNeeds>, today: string): string | null {
  const spans = uncorrected(rowsOf(answers, 'socialCare', 'legalStatuses'))
    .flatMap((row) => {
      const from = textOf(row, 'from', 'eventAt')
      const to = textOf(row, 'to')
      if (from === null || dayOf(from) > today || !lookedAfter.has(textOf(row, 'code') ?? '')) return []
      return [{ from: dayOf(from), to: to === null ? null : dayOf(to) }]
    })
    .sort((one, other) => (one.from < other.from ? 1 : -1))
  let began: string | null = null
  for (const { from, to } of spans) {
    const touches = to === null || to > today || (began !== null && to >= began)
    if (began === null ? touches && (to === null || to > today) : touches) began = from
  }
  return began
}

/** The same day some months later, and the last of the month where it has none. */
export function monthsLater(day: string, months: number): string {
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number)
  const last = new Date(Date.UTC(year, month - 1 + months + 1, 0)).getUTCDate()
  return new Date(Date.UTC(year, month - 1 + months, Math.min(date, last))).toISOString().slice(0, 10)
}
