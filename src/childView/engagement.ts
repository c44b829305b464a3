import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { textsOf } from '../records/textList.ts'
import {
  type Completeness,
  type Count,
  completenessOf,
  countOf,
  listed,
  type Reads,
  undated,
} from './countCompleteness.ts'
import { dayIn, type ListPart, moment, partOf, type Span, selected } from './listFilter.ts'
import type { Ground } from './whyCountIncomplete.ts'

const head = ['eventAt', 'provenance.supersedes'] as const

/** What engagement rests on: what services offered to the child and to the adults, and what was kept. */
export const engagementNeeds = {
  health: { appointments: [...head, 'service', 'outcome', 'reason', 'provenance.agency'] },
  socialCare: {
    interventions: [...head, 'provider', 'kind', 'from', 'to', 'sessionsPlanned', 'sessionsHeld'],
    communication: [...head, 'whose', 'language', 'contactHours', 'contactMedium', 'needs'],
  },
  adultServices: { requirements: [...head, 'service', 'relation', 'week', 'outcome', 'reason'] },
} as const satisfies RequiredFields

const appointments = { health: { appointments: ['outcome'] } } as const satisfies RequiredFields
const interventions = {
  socialCare: { interventions: ['sessionsPlanned', 'sessionsHeld'] },
} as const satisfies RequiredFields
const requirements = { adultServices: { requirements: ['service', 'outcome'] } } as const satisfies RequiredFields

/** What each number reads. */
export const engagementReads = {
  offered: { grounds: [{ ...appointments, ...interventions, ...requirements }] },
  missed: { grounds: [{ ...appointments, ...requirements }] },
  missedWithoutReason: {
    grounds: [
      {
        health: { appointments: ['outcome', 'reason'] },
        adultServices: { requirements: ['service', 'outcome', 'reason'] },
      },
    ],
  },
  contactPreferences: {
    grounds: [{ socialCare: { communication: ['whose', 'contactHours', 'contactMedium', 'needs'] } }],
  },
} as const satisfies Readonly<Record<string, Reads>>

/** What one service offered one person, and what of it was kept. */
export interface Taken {
  readonly offered: Count
  readonly attended: Count
  /** One decimal; null unless both numbers are whole and something was offered. */
  readonly percentage: number | null
}

/** An offer that was not kept. */
export interface MissedOffer {
  readonly id: string
  readonly on: string | null
  readonly service: string | null
  readonly concerning: string
  readonly reason: string | null
}

/** How and when somebody of the household can be reached. */
export interface ContactPreference {
  readonly id: string
  readonly whose: string | null
  readonly language: string | null
  readonly hours: string | null
  readonly medium: string | null
  readonly needs: readonly string[]
}

/** What was offered and what was attended, over services. */
export interface Engagement extends Taken {
  readonly byService: readonly (Taken & { readonly service: string; readonly concerning: string })[] | null
  readonly byMonth: readonly (Taken & { readonly month: string })[] | null
  readonly missed: Count
  readonly missedWithoutReason: Count
  readonly missedOffers: readonly MissedOffer[] | null
  readonly contactPreferences: readonly ContactPreference[] | null
}

/** One offer, or the sessions of one intervention together. */
interface Offer extends MissedOffer {
  /** Of sessions that are recorded as a number, the time over which they were spread; null for what is dated itself. */
  readonly over: Span | null
  readonly reads: RequiredFields
  readonly offered: number
  readonly attended: number
  readonly isMissed: boolean
}

const attended = 'ATTENDED'
const missedOutcomes: ReadonlySet<unknown> = new Set(['WAS_NOT_BROUGHT', 'DID_NOT_ATTEND', 'MISSED'])

/**
 * Offered beside attended over all services, which each alone sees as its own few. An appointment counts once its
 * outcome is known, and a cancelled one counts as neither. No number rates anybody: it says what was asked of them.
 */
export function engagement(
  answers: AnswersTo<typeof engagementNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  part: Pick<ListPart, 'from' | 'to'>,
): Engagement {
  const of = (reads: Reads) => completenessOf(reads, { grants, contracts, answers })
  const asked = selected(offersIn(answers), part, { span: ({ on, over }) => over ?? moment(on) })
  const offers = asked.filter((offer) => fallsIn(offer, part))
  // Of these some sessions may have been in the time asked for, and nobody can say how many.
  const apart = asked.filter((offer) => !fallsIn(offer, part))
  const orUndated = (completeness: Completeness, some: readonly Offer[]) =>
    some.length > 0 ? undated(completeness, contracts.socialCare) : completeness
  const whole = orUndated(of(engagementReads.offered), apart)
  const missed = offers.filter(({ isMissed }) => isMissed)
  const serviceOf = ({ service, concerning }: Offer) => JSON.stringify([service ?? 'NOT_STATED', concerning])
  const monthOf = ({ on }: Offer) => monthIn(on)
  return {
    ...taken(offers, whole),
    byService: listed(
      grouped(offers, serviceOf).map(([key, some]) => {
        const [service = '', concerning = ''] = JSON.parse(key) as string[]
        const ofThese = of({ grounds: some.slice(0, 1).map(({ reads }) => reads) })
        const partly = apart.filter((offer) => serviceOf(offer) === key)
        return { service, concerning, ...taken(some, orUndated(ofThese, partly)) }
      }),
      whole,
    ),
    byMonth: listed(
      grouped(
        offers.filter((offer) => isOfOneMonth(offer)),
        monthOf,
      ).map(([month, some]) => {
        const spread = asked.filter((offer) => !isOfOneMonth(offer) && touches(offer, month))
        return { month, ...taken(some, orUndated(of(engagementReads.offered), spread)) }
      }),
      whole,
    ),
    missed: countOf(missed.length, of(engagementReads.missed)),
    missedWithoutReason: countOf(
      missed.filter(({ reason }) => reason === null).length,
      of(engagementReads.missedWithoutReason),
    ),
    missedOffers: listed([...missed].reverse(), of(engagementReads.missed)),
    contactPreferences: listed(preferences(answers), of(engagementReads.contactPreferences)),
  }
}

/** Whether an offer was in the time asked for, all of it. */
const fallsIn = ({ over }: Offer, { from = null, to = null }: Pick<ListPart, 'from' | 'to'>): boolean => {
  if (over === null || (from === null && to === null)) return true
  const [first, last] = [dayIn(over[0]), dayIn(over[1])]
  return (from === null || (first !== null && first >= from)) && (to === null || (last !== null && last <= to))
}

const monthIn = (iso: string | null): string | null => dayIn(iso)?.slice(0, 7) ?? null

/** Whether all of it was in one month, and can be counted there. */
const isOfOneMonth = ({ over }: Offer): boolean =>
  over === null || (over[1] !== null && monthIn(over[0]) === monthIn(over[1]))

/** Whether some of it may have been in a month. */
const touches = ({ over }: Offer, month: string): boolean => {
  const [first, last] = [monthIn(over?.[0] ?? null), monthIn(over?.[1] ?? null)]
  return (first === null || first <= month) && (last === null || last >= month)
}

/** One page of what was not kept, of one service where it is asked for. */
export const missedPart = ({ missedOffers }: Engagement, part: ListPart): Engagement['missedOffers'] =>
  missedOffers &&
  partOf(
    missedOffers,
    { ...part, from: null, to: null },
    { ids: ({ id }) => [id], kind: ({ service }) => service },
    100,
  )

const taken = (offers: readonly Offer[], completeness: Completeness): Taken => {
  const offered = sum(offers, 'offered')
  const kept = sum(offers, 'attended')
  return {
    offered: countOf(offered, completeness),
    attended: countOf(kept, completeness),
    percentage: completeness.completeness === 'WHOLE' && offered > 0 ? Math.round((kept / offered) * 1000) / 10 : null,
  }
}

const sum = (offers: readonly Offer[], field: 'offered' | 'attended'): number =>
  offers.reduce((total, offer) => total + offer[field], 0)

/** Every offer that may be read, in order of time. */
function offersIn(answers: AnswersTo<typeof engagementNeeds>): readonly Offer[] {
  const kept = (outcome: unknown) => ({
    over: null,
    offered: 1,
    attended: outcome === attended ? 1 : 0,
    isMissed: missedOutcomes.has(outcome),
  })
  const isSettled = ({ outcome }: { readonly outcome: unknown }) => outcome === attended || missedOutcomes.has(outcome)
  const ofChild = uncorrected(rowsOf(answers, 'health', 'appointments'))
    .filter(isSettled)
    .map((row) => ({
      id: row.id,
      on: textOf(row, 'eventAt'),
      service: textOf(row, 'service', 'provenance.agency'),
      concerning: 'CHILD',
      reason: textOf(row, 'reason'),
      reads: appointments,
      ...kept(row.outcome),
    }))
  const ofAdults = uncorrected(rowsOf(answers, 'adultServices', 'requirements'))
    .filter(isSettled)
    .map((row) => ({
      id: row.id,
      on: textOf(row, 'week', 'eventAt'),
      service: textOf(row, 'service'),
      concerning: textOf(row, 'relation') ?? 'ADULT',
      reason: textOf(row, 'reason'),
      reads: requirements,
      ...kept(row.outcome),
    }))
  const sessions = uncorrected(rowsOf(answers, 'socialCare', 'interventions')).flatMap((row) => {
    const { sessionsPlanned, sessionsHeld } = row
    // Like an appointment without an outcome: of what nobody recorded as held it is not said that it was missed.
    if (typeof sessionsPlanned !== 'number' || sessionsPlanned < 1 || typeof sessionsHeld !== 'number') return []
    const held = Math.max(sessionsHeld, 0)
    return {
      id: row.id,
      on: textOf(row, 'from', 'eventAt'),
      service: textOf(row, 'provider', 'kind'),
      concerning: 'CHILD',
      reason: null,
      reads: interventions,
      over: [textOf(row, 'from', 'eventAt'), textOf(row, 'to')] as const,
      offered: Math.max(sessionsPlanned, held),
      attended: held,
      isMissed: false,
    }
  })
  const at = ({ on }: Offer) => millisecondsOf(on) ?? 0
  return [...ofChild, ...ofAdults, ...sessions].sort(
    (one: Offer, other: Offer) => at(one) - at(other) || (one.id < other.id ? -1 : 1),
  )
}

const preferences = (answers: AnswersTo<typeof engagementNeeds>): readonly ContactPreference[] =>
  uncorrected(rowsOf(answers, 'socialCare', 'communication')).map((row) => ({
    id: row.id,
    whose: textOf(row, 'whose'),
    language: textOf(row, 'language'),
    hours: textOf(row, 'contactHours'),
    medium: textOf(row, 'contactMedium'),
    needs: textsOf(row, 'needs') ?? [],
  }))

/** Items under one key each, in order of the key; those without one are left out. */
const grouped = <Item>(
  items: readonly Item[],
  keyOf: (item: Item) => string | null,
): readonly (readonly [string, readonly Item[]])[] => {
  const groups = new Map<string, Item[]>()
  for (const item of items) {
    const key = keyOf(item)
    if (key !== null) groups.set(key, [...(groups.get(key) ?? []), item])
  }
  return [...groups].sort(([one], [other]) => (one < other ? -1 : 1))
}
