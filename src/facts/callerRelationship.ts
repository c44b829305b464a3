import { forceOf, type Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import type { GatewayFacts } from './gatewayFacts.ts'
import type { LastKnown } from './lastKnownAuthorities.ts'

/** Where the relationship of a caller's organisation with a child comes from. */
export type RelationshipSource =
  | 'RECORDED'
  | 'HUB_OF_AUTHORITY'
  | 'TRANSFER_PARTY'
  | 'AREA_OF_PLACEMENT'
  | 'RESPONSIBLE_AUTHORITY'
  | 'FORCE_OF_AREA'
  | 'ADULT_SERVICES_OF_AUTHORITY'
  | 'GOVERNANCE_OF_AUTHORITY'
  | 'NONE'

export interface DerivedRelationship {
  readonly relationship: ChildFacts['relationship']
  readonly source: RelationshipSource
}

type OfGateway = Pick<GatewayFacts, 'transferParty' | 'persons' | 'harmSignal'>

/** As social care says, or while it cannot be reached as it last said. */
export type Whereabouts = LastKnown

/**
 * Whether the caller's organisation has to do with the child: what was recorded, or what follows from whose area and
 * whose case it is. Nothing of it comes from the token but the organisation. First line that applies; nobody is let in
 * by default.
 */
export function relationshipOf(
  caller: Caller,
  facts: OfGateway & Pick<GatewayFacts, 'relationship'>,
  where: Whereabouts,
  registry: Registry,
): DerivedRelationship {
  if (facts.relationship) return { relationship: facts.relationship, source: 'RECORDED' }
  const source = episodeSource(caller, facts, where, registry)
  return { relationship: given[source], source }
}

/** What a source makes of it. The area of a placement was notified of the child, and has no part in the case. */
const given: Readonly<Record<RelationshipSource, ChildFacts['relationship']>> = {
  RECORDED: 'EPISODE',
  HUB_OF_AUTHORITY: 'EPISODE',
  TRANSFER_PARTY: 'EPISODE',
  AREA_OF_PLACEMENT: 'PLACED_IN_AREA',
  RESPONSIBLE_AUTHORITY: 'EPISODE',
  FORCE_OF_AREA: 'EPISODE',
  ADULT_SERVICES_OF_AUTHORITY: 'EPISODE',
  GOVERNANCE_OF_AUTHORITY: 'EPISODE',
  NONE: 'NONE',
}

function episodeSource(caller: Caller, facts: OfGateway, where: Whereabouts, registry: Registry): RelationshipSource {
  const { agencyType, la } = caller
  const responsible = la !== null && la === where.responsibleLa
  const area = la !== null && la === where.areaLa
  if (agencyType === 'MASH' && (responsible || area) && hasContact(facts, where))
    return isByTransferAlone(caller, facts, responsible) ? 'AREA_OF_PLACEMENT' : 'HUB_OF_AUTHORITY'
  if (agencyType === 'SOCIAL_CARE' && facts.transferParty) return 'TRANSFER_PARTY'
  if (agencyType === 'SOCIAL_CARE' && responsible) return 'RESPONSIBLE_AUTHORITY'
  // The area authority is notified of every looked-after child placed there: Care Planning Regulations 2010 reg 13.
  if (agencyType === 'SOCIAL_CARE' && area && where.isLookedAfter) return 'AREA_OF_PLACEMENT'
  if (agencyType === 'POLICE' && forcesOf(where, registry).includes(caller.force) && hasPoliceCase(facts, where))
    return 'FORCE_OF_AREA'
  // An adult of the household on the caseload: adult services hold a person who is linked to the child.
  if (agencyType === 'ADULT' && responsible && isHeldBy('adultServices', facts)) return 'ADULT_SERVICES_OF_AUTHORITY'
  if (agencyType === 'GOVERNANCE' && caller.purpose === 'AUDIT' && (responsible || area))
    return 'GOVERNANCE_OF_AUTHORITY'
  return 'NONE'
}

/**
 * To receive a transfer is no work of the MASH but on behalf of its authority: what that has no part in, no word of the
 * MASH gives it.
 */
const isByTransferAlone = ({ purpose }: Caller, { transferParty }: OfGateway, responsible: boolean): boolean =>
  purpose === 'TRANSFER_RECEIVE' && !responsible && !transferParty

const isHeldBy = (agency: 'police' | 'adultServices', { persons }: Pick<OfGateway, 'persons'>): boolean =>
  (persons[agency]?.length ?? 0) > 0

/**
 * A contact, referral or case on record, or an agency that says it knows of harm. While social care is away whose area
 * it is must do, as for every authority that is last known.
 */
const hasContact = ({ harmSignal }: OfGateway, { isKnown }: Whereabouts): boolean => isKnown || harmSignal

/** The force holds something of the child, or is a statutory partner in an enquiry or plan that is on record. */
const hasPoliceCase = (facts: OfGateway, { hasReasonableCause }: Whereabouts): boolean =>
  hasReasonableCause || isHeldBy('police', facts) || facts.harmSignal

/** A place's force comes from the registry; a record that names another does not move the border. */
const forcesOf = ({ areaForce, responsibleLa, areaLa }: Whereabouts, registry: Registry): readonly (string | null)[] =>
  [forceOf(registry, responsibleLa), forceOf(registry, areaLa) ?? areaForce].filter((force) => force !== null)
