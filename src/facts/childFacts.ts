import { leadAgency } from '../foundation/agencies.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { ageOn, ukDay } from '../records/dayAndAge.ts'
import { relationshipOf } from './callerRelationship.ts'
import type { CaseStatus } from './caseStatus.ts'
import type { GatewayFacts } from './gatewayFacts.ts'
import { harmOf } from './harmLevel.ts'
import { lastKnownOf } from './lastKnownAuthorities.ts'

/**
 * What the policy needs: the gateway's facts, social care's case status, and what follows from both for this caller.
 */
export function childFacts(
  facts: GatewayFacts & Pick<ChildFacts, 'missing'>,
  caseStatus: CaseStatus | 'UNAVAILABLE',
  caller: Caller,
  registry: Registry,
  today: Date,
): ChildFacts {
  const known = caseStatus === 'UNAVAILABLE' ? null : caseStatus
  const where = known ? lastKnownOf(known) : facts.lastKnown
  const responsibleLa = where ? where.responsibleLa : authorityOfRecord(facts, caller, registry)
  const areaLa = where?.areaLa ?? facts.areaLa
  return {
    childId: facts.childId,
    persons: facts.persons,
    ...(facts.holders ? { holders: facts.holders } : {}),
    relationship: relationshipOf(caller, facts, { ...(where ?? nowhere), responsibleLa, areaLa }, registry)
      .relationship,
    harm: harmOf(known?.harm ?? null, facts.harmSignal),
    harmSince: known?.harmSince ?? null,
    placedForAdoption: known?.placedForAdoption ?? false,
    ...(facts.missing ? { missing: facts.missing } : {}),
    ...(facts.barred ? { barred: true } : {}),
    orders: facts.orders,
    ageBand: ageBandOf(known?.dateOfBirth ?? facts.bornOn, known?.expectedDate ?? null, ukDay(today)),
    responsibleLa,
    areaLa,
    ...(known === null && where !== null
      ? { asLastKnown: { responsibleLa: where.responsibleLa, areaLa: where.areaLa } }
      : {}),
    agreement: facts.agreement,
    breakGlass: facts.breakGlass,
    placeProtected: facts.protectedBy.length > 0,
    consents: known?.hasAuthorityResponsibility
      ? facts.consents
      : facts.consents.filter(({ giver }) => giver !== 'AUTHORITY'),
    holds: facts.holds,
  }
}

/**
 * Social care never answered: the authority whose people have the record, where it is one alone. It lets them in, to be
 * told what is away, and nobody else: to a force or a hub of the area an old record alone says nothing. It is told to
 * nobody as whose child it is.
 */
function authorityOfRecord(
  { holders }: Pick<GatewayFacts, 'holders'>,
  { agencyType }: Pick<Caller, 'agencyType'>,
  registry: Registry,
): string | null {
  if (agencyType !== 'SOCIAL_CARE') return null
  const las = (holders?.[leadAgency] ?? []).map((id) => registry.holders.get(id)?.la ?? null)
  const [la = null, ...others] = new Set(las)
  return others.length === 0 ? la : null
}

/** Social care never answered: whose area it is must do. */
const nowhere = { areaForce: null, isLookedAfter: false, isKnown: true, hasReasonableCause: true }

/** The band changes on the birthday. A child not yet born is under 13. */
export function ageBandOf(bornOn: string | null, expectedOn: string | null, day: string): ChildFacts['ageBand'] {
  if (bornOn === null) return expectedOn === null ? 'UNKNOWN' : 'UNDER_13'
  const age = ageOn(bornOn, day)
  if (age < 13) return 'UNDER_13'
  if (age < 16) return '13_TO_15'
  return age < 18 ? '16_TO_17' : 'ADULT'
}
