import type { AgencyName } from '../foundation/agencies.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { type AgencyType, pathOfPurpose, type Role } from '../policy/vocabulary.ts'

/** Why a caller may or may not use a register. Everything but ALLOWED refuses. */
export type Entitlement =
  | 'ALLOWED'
  | 'ONLY_OWN'
  | 'PURPOSE_NOT_PERMITTED'
  | 'NO_RELATIONSHIP'
  | 'ORGANISATION_NOT_PERMITTED'
  | 'ROLE_NOT_PERMITTED'
  | 'NOT_RESPONSIBLE'
  | 'NOT_ALLOCATED'

type Asking = Pick<Caller, 'agencyType' | 'role' | 'purpose' | 'la'>
type Child = Pick<ChildFacts, 'relationship' | 'responsibleLa' | 'areaLa'>

const casework: readonly Role[] = ['SOCIAL_WORKER', 'TEAM_MANAGER', 'REVIEWING_OFFICER']
const asksConsent: readonly AgencyType[] = ['SOCIAL_CARE', 'MASH', 'HEALTH', 'EDUCATION']
const allocates: readonly Role[] = ['SOCIAL_WORKER', 'TEAM_MANAGER', 'MASH_ANALYST']
const seesWhoWorks: readonly Role[] = [...casework, 'MASH_ANALYST']

const agencyOfType: Readonly<Partial<Record<AgencyType, AgencyName>>> = {
  SOCIAL_CARE: 'socialCare',
  HEALTH: 'health',
  EDUCATION: 'education',
  POLICE: 'police',
  ADULT: 'adultServices',
}

/** The agency whose records an organisation holds; null for a MASH, which holds none of its own. */
export const agencyHeldBy = (type: AgencyType): AgencyName | null => agencyOfType[type] ?? null

/** Auditors and closed purposes use no register; everybody else needs a relationship, an emergency notwithstanding. */
function working(caller: Asking, child: Child): Entitlement {
  const path = pathOfPurpose[caller.purpose]
  if (path === 'METADATA' || path === 'CLOSED') return 'PURPOSE_NOT_PERMITTED'
  return child.relationship === 'NONE' ? 'NO_RELATIONSHIP' : 'ALLOWED'
}

/** Recording, withdrawing and reading consents: services that ask families and young people. */
export function mayUseConsents(caller: Asking, child: Child): Entitlement {
  if (!asksConsent.includes(caller.agencyType)) return 'ORGANISATION_NOT_PERMITTED'
  return working(caller, child)
}

/** Recording, releasing and reading holds: the agency that holds the record, nobody for it. */
export function mayUseHolds(caller: Asking, child: Child): Entitlement {
  if (agencyHeldBy(caller.agencyType) === null) return 'ORGANISATION_NOT_PERMITTED'
  return working(caller, child)
}

/** A relationship opens records, so the authority that keeps the case says who works with the child. */
export function mayRecordRelationships(caller: Asking, child: Child): Entitlement {
  if (!allocates.includes(caller.role)) return 'ROLE_NOT_PERMITTED'
  if (caller.la === null || caller.la !== child.responsibleLa) return 'NOT_RESPONSIBLE'
  return working(caller, child)
}

/**
 * Which services a child uses is itself sensitive: casework sees all of it, others what concerns their own
 * organisation.
 */
export function mayReadRelationships(caller: Asking, child: Child): Entitlement {
  const entitlement = working(caller, child)
  if (entitlement !== 'ALLOWED') return entitlement
  return seesWhoWorks.includes(caller.role) ? 'ALLOWED' : 'ONLY_OWN'
}

const asksWhatIf: readonly Role[] = ['INFORMATION_GOVERNANCE_OFFICER', 'TEAM_MANAGER']

/** Asking what another role would see: those who answer for disclosure, as for the access log. */
export const mayAskWhatIf = (caller: Asking, child: Child): Entitlement =>
  asksWhatIf.includes(caller.role) ? mayReadAccessLog(caller, child) : 'ROLE_NOT_PERMITTED'

/** Governance of the responsible or area authority, and those to whom the child is allocated. */
export function mayReadAccessLog(caller: Asking, child: Child): Entitlement {
  if (caller.role === 'INFORMATION_GOVERNANCE_OFFICER') {
    const responsible = caller.la !== null && (caller.la === child.responsibleLa || caller.la === child.areaLa)
    return responsible ? 'ALLOWED' : 'NOT_RESPONSIBLE'
  }
  if (!casework.includes(caller.role)) return 'ROLE_NOT_PERMITTED'
  return child.relationship === 'ALLOCATED' ? 'ALLOWED' : 'NOT_ALLOCATED'
}
