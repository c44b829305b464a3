import type { Holder } from '../foundation/holder.ts'
import type { Caller } from '../policy/caller.ts'
import { revealsByBeing } from '../policy/revealingServices.ts'
import { type AgencyType, pathOfPurpose, type Role } from '../policy/vocabulary.ts'

/** Reviewers of an authority: questions about its children. */
const ofAuthority: readonly Role[] = ['MASH_ANALYST', 'TEAM_MANAGER']
/** Reviewers of other holders: questions about records of their own kind. */
const ofHolders: readonly Role[] = ['DESIGNATED_NURSE', 'POLICE_PUBLIC_PROTECTION', 'DESIGNATED_SAFEGUARDING_LEAD']
/** Who answers for their own holder's records alone, where nobody else there does. */
const ofOwnHolder: readonly Role[] = ['SARC_CLINICIAN', 'CAMHS_CLINICIAN', 'NAMED_NURSE', 'EARLY_YEARS_LEAD']

/** Whose people speak for a holder's record. */
const speaksFor: Readonly<Record<string, readonly AgencyType[]>> = {
  socialCare: ['SOCIAL_CARE', 'MASH'],
  health: ['HEALTH'],
  education: ['EDUCATION'],
  police: ['POLICE'],
  adultServices: ['ADULT'],
}

/** Whether people of this type speak for a kind's records. */
export const isSpokenForBy = (agency: string | null, type: string): boolean =>
  (speaksFor[agency ?? ''] ?? []).some((own) => own === type)

type Reviewer = Pick<Caller, 'role' | 'la' | 'purpose' | 'organisation' | 'agencyType'>

/** Whether the caller reviews for a holder other than the authority. */
export const reviewsForHolder = ({ role }: Pick<Caller, 'role'>): boolean =>
  ofHolders.includes(role) || ofOwnHolder.includes(role)

const opensRecords = ({ purpose }: Reviewer): boolean => {
  const path = pathOfPurpose[purpose]
  return path !== 'METADATA' && path !== 'CLOSED'
}

/** Whether the caller's role is to review children of an authority or of a kind, and their purpose opens records. */
export const isReviewer = (caller: Reviewer): boolean =>
  ((ofAuthority.includes(caller.role) && caller.la !== null) || ofHolders.includes(caller.role)) && opensRecords(caller)

/** The same, with those who answer for their own holder's records alone. */
export const mayAnswer = (caller: Reviewer): boolean =>
  isReviewer(caller) || (ofOwnHolder.includes(caller.role) && opensRecords(caller))

/**
 * How a question reaches a reviewer: as one of their own holder's record, which they see whomever it may be of; as one
 * about children whom they may read; or not at all. By holder and reviewer alone, never by the child. A question about
 * a record of a service that reveals by being there reaches nobody else: that it waits would say who was seen there.
 *
 * @param holder whose record it is; undefined of a search, and where the registry names no such holder.
 */
export function reachOf(
  caller: Reviewer,
  agency: string | null,
  holder: Holder | undefined,
): 'OWN_RECORD' | 'CHILDREN' | 'NONE' {
  if (reviewsForHolder(caller) && holder !== undefined && holder.organisation === caller.organisation)
    return isSpokenForBy(agency, caller.agencyType) ? 'OWN_RECORD' : 'NONE'
  if (ofOwnHolder.includes(caller.role) || (holder !== undefined && revealsByBeing(holder))) return 'NONE'
  return ofAuthority.includes(caller.role) || isSpokenForBy(agency, caller.agencyType) ? 'CHILDREN' : 'NONE'
}
