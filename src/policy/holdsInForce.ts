import type { Caller } from './caller.ts'
import type { ChildFacts, HoldFact } from './facts.ts'
import type { HeldAs } from './labelMasks.ts'
import type { Label } from './labels.ts'
import { pathOfPurpose } from './vocabulary.ts'

type Asking = Pick<Caller, 'agencyType' | 'organisation' | 'purpose'>
type Facts = Pick<ChildFacts, 'holds' | 'orders' | 'harmSince'>

/**
 * Whether a hold can stand on records that `organisation` holds, or on those of others. One of nobody known stands on
 * both.
 */
export const standsOn = (hold: Pick<HoldFact, 'organisation'>, organisation: string, own: boolean): boolean =>
  hold.organisation === '' || (hold.organisation === organisation) === own

const none: readonly HoldFact[] = []

/**
 * The holds that stand before this caller: not those for another recipient, nor a court's prohibition that a later
 * order, on record for the caller's organisation, has lifted.
 */
export const holdsBefore = (caller: Asking, facts: Facts): readonly HoldFact[] =>
  facts.holds.length === 0
    ? none
    : facts.holds.filter((hold) => isFor(hold, caller) && !isLifted(hold, caller, facts.orders ?? []))

const isFor = ({ recipient, recipientOrganisation }: HoldFact, caller: Asking): boolean =>
  (recipient == null || recipient === caller.agencyType) &&
  (recipientOrganisation == null || recipientOrganisation === caller.organisation)

const isLifted = (hold: HoldFact, caller: Asking, orders: NonNullable<ChildFacts['orders']>): boolean =>
  hold.kind === 'COURT_PROHIBITED' &&
  pathOfPurpose[caller.purpose] === 'COURT' &&
  orders.some(
    ({ madeOn, labels }) =>
      madeOn > (hold.recordedOn ?? '9999') &&
      (labels.length === 0 || (hold.label !== null && labels.includes(hold.label))),
  )

const strength = { COURT_PROHIBITED: 3, DETRIMENT: 2, EMBARGO: 1 } as const

/**
 * A hold on a label stands for every record of it; a court's prohibition before a detriment decision, and that before
 * an embargo.
 */
export const labelHolds =
  (facts: Facts, agency: string, caller: Asking) =>
  (label: Label, own: boolean): HeldAs => {
    let held: HoldFact | null = null
    for (const each of holdsBefore(caller, facts)) {
      if (each.agency !== agency || each.recordId !== null || (each.label !== null && each.label !== label)) continue
      if (!standsOn(each, caller.organisation, own)) continue
      if (strengthOf(each) > (held ? strengthOf(held) : 0)) held = each
    }
    if (held === null || held.kind === 'NOT_RELEVANT') return { hold: 'NONE' }
    return knewOfHarm(held, facts) ? { hold: held.kind, holdKnewOfHarm: true } : { hold: held.kind }
  }

const strengthOf = ({ kind }: HoldFact): number => (kind === 'NOT_RELEVANT' ? 0 : strength[kind])

/** Its holder decided on or after the day of the record that the harm follows from. */
export const knewOfHarm = (
  { recordedOn }: Pick<HoldFact, 'recordedOn'>,
  { harmSince }: Pick<Facts, 'harmSince'>,
): boolean => harmSince != null && recordedOn !== undefined && recordedOn >= harmSince
