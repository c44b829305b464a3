import { type AgencyName, agencies } from '../foundation/agencies.ts'
import type { Caller } from '../policy/caller.ts'
import type { ChildFacts } from '../policy/facts.ts'
import { type AgencyType, pathOfPurpose, type Role } from '../policy/vocabulary.ts'
import type { Contracts } from '../records/agencyAnswers.ts'

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

/**
 * The kind of record that organisations of a type hold, by the contracts; null for a MASH, which holds none of its own.
 */
export const agencyHeldBy = (contracts: Contracts, type: AgencyType): AgencyName | null =>
  agencies.find((name) => contracts[name].home === type) ?? null

/** Auditors and closed purposes use no register; everybody else needs a relationship, an emergency notwithstanding. */
function working(caller: Asking, child: Child): Entitlement {
  const path = pathOfPurpose[caller.purpose]
  if (path === 'METADATA' || path === 'CLOSED') return 'PURPOSE_NOT_PERMITTED'
  return child.relationship === 'NONE' ? 'NO_RELATIONSHIP' : 'ALLOWED'
}

/**
 * The authority of the area of a placement was notified of the child: what families and young people were asked, and
 * what others decided, is no part of a notice. In an enquiry into harm it works with the child like others.
 */
const isNotifiedAlone = ({ purpose }: Asking, { relationship }: Child): boolean =>
  relationship === 'PLACED_IN_AREA' && pathOfPurpose[purpose] !== 'HARM'

/** Reading where a brother or sister stands: whoever works with that child, and nobody because of the other. */
export const mayReadOfRelative = (caller: Asking, child: Child): Entitlement => working(caller, child)

/** Recording, withdrawing and reading consents: services that ask families and young people. */
export function mayUseConsents(caller: Asking, child: Child): Entitlement {
  if (!asksConsent.includes(caller.agencyType)) return 'ORGANISATION_NOT_PERMITTED'
  return isNotifiedAlone(caller, child) ? 'NO_RELATIONSHIP' : working(caller, child)
}

/** Recording, releasing and reading holds: the agency that holds the record, nobody for it. */
export const mayUseHolds =
  (contracts: Contracts) =>
  (caller: Asking, child: Child): Entitlement =>
    agencyHeldBy(contracts, caller.agencyType) === null ? 'ORGANISATION_NOT_PERMITTED' : working(caller, child)

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
  return seesWhoWorks.includes(caller.role) && !isNotifiedAlone(caller, child) ? 'ALLOWED' : 'ONLY_OWN'
}

const managers: readonly Role[] = ['TEAM_MANAGER', 'HEAD_OF_SERVICE']
/** Who answers for disclosure where records are held. */
const leadsOfHolders: readonly Role[] = [
  'DESIGNATED_NURSE',
  'NAMED_NURSE',
  'DESIGNATED_SAFEGUARDING_LEAD',
  'POLICE_PUBLIC_PROTECTION',
  'LEGAL_OFFICER',
]
const readsOrders: readonly Role[] = ['LEGAL_OFFICER', 'SOCIAL_WORKER', 'REVIEWING_OFFICER', ...managers]

/** Of the authority that keeps the case, in one of these roles, at work with the child. */
const ofKeeper =
  (...roles: readonly Role[]) =>
  (caller: Asking, child: Child): Entitlement => {
    if (!roles.includes(caller.role)) return 'ROLE_NOT_PERMITTED'
    if (caller.la === null || caller.la !== child.responsibleLa) return 'NOT_RESPONSIBLE'
    return working(caller, child)
  }

/** Recording and ending an order: the legal team that was before the court, or a manager out of hours. */
export const mayRecordOrders = ofKeeper('LEGAL_OFFICER', ...managers)

/**
 * Confirming one: governance of the authorities that answer, or the lead where records are held; the register refuses
 * whoever recorded it and everybody of the organisation that it names.
 */
export const mayConfirmOrders = (caller: Asking, child: Child): Entitlement => {
  if (caller.role === 'INFORMATION_GOVERNANCE_OFFICER') return mayReadAccessLog(caller, child)
  return leadsOfHolders.includes(caller.role) ? working(caller, child) : 'ROLE_NOT_PERMITTED'
}

/** Of one authority, what any of these says, the authority says. */
const ofAuthority: readonly AgencyType[] = ['SOCIAL_CARE', 'MASH', 'GOVERNANCE']

/** An order that waits to be confirmed, as far as it matters who does. */
export interface OrderToConfirm {
  readonly recipient: string
  /** The role and organisation that recorded it: `LEGAL_OFFICER, LA2-CSC`. */
  readonly recordedBy: string
  readonly recorder: { readonly subject: string; readonly issuer: string }
}

/**
 * Whether a caller's word on an order is another's: nobody opens a child by their own. Neither whoever recorded it nor
 * anybody of that organisation or of the one it names confirms it; nor, of what an authority is to read by it, anybody
 * of that authority.
 */
export function wordOnOrder(
  caller: Pick<Caller, 'agencyType' | 'issuer' | 'la' | 'organisation' | 'subject'>,
  { recipient, recordedBy, recorder }: OrderToConfirm,
  placed: (organisation: string) => Pick<Caller, 'agencyType' | 'la'> | null,
): 'ALLOWED' | 'OWN_ORGANISATION' | 'SAME_PERSON' | 'OWN_AUTHORITY' {
  if (recipient === caller.organisation) return 'OWN_ORGANISATION'
  if (recorder.subject === caller.subject && recorder.issuer === caller.issuer) return 'SAME_PERSON'
  if (recordedBy.split(', ').at(-1) === caller.organisation) return 'OWN_ORGANISATION'
  // A code that no registry has yet is of the authority with which it begins.
  const named = placed(recipient) ?? { la: recipient.split('-')[0] ?? null, agencyType: caller.agencyType }
  const isOwn = caller.la !== null && named.la === caller.la && ofAuthority.includes(named.agencyType)
  return isOwn && ofAuthority.includes(caller.agencyType) ? 'OWN_AUTHORITY' : 'ALLOWED'
}

/** Reading them: those who work by them, and governance, which is to confirm them. */
export const mayReadOrders = (caller: Asking, child: Child): Entitlement =>
  caller.role === 'INFORMATION_GOVERNANCE_OFFICER'
    ? mayReadAccessLog(caller, child)
    : ofKeeper(...readsOrders)(caller, child)

/** Recording who has parental responsibility: those who keep the case. */
export const mayRecordResponsibility = ofKeeper('SOCIAL_WORKER', 'REVIEWING_OFFICER', 'LEGAL_OFFICER', ...managers)

/**
 * Barring somebody from a child: information governance of the authorities that answer, or a manager of the keeper's.
 */
export const mayBar = (caller: Asking, child: Child): Entitlement =>
  caller.role === 'INFORMATION_GOVERNANCE_OFFICER'
    ? mayReadAccessLog(caller, child)
    : ofKeeper(...managers)(caller, child)

/** Saying that harm is known: whoever works with the child. It opens no record to the one who says it. */
export const maySignalHarm = (caller: Asking, child: Child): Entitlement => working(caller, child)

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
