/** Words of the policy that tokens, packs and the schema share. */

/** Types of organisation. `AgencyType` in `schema/governance.graphql`. */
export const agencyTypes = [
  'SOCIAL_CARE',
  'MASH',
  'HEALTH',
  'EDUCATION',
  'POLICE',
  'ADULT',
  'CARE_PROVIDER',
  'GOVERNANCE',
  'COURT',
] as const
export type AgencyType = (typeof agencyTypes)[number]

/** Roles a token may carry, confined by the issuer registry. */
export const roles = [
  'SOCIAL_WORKER',
  'TEAM_MANAGER',
  'REVIEWING_OFFICER',
  'MASH_ANALYST',
  'DESIGNATED_SAFEGUARDING_LEAD',
  'SCHOOL_NURSE',
  'DESIGNATED_NURSE',
  'GP',
  'CAMHS_CLINICIAN',
  'SARC_CLINICIAN',
  'POLICE_PUBLIC_PROTECTION',
  'MISSING_COORDINATOR',
  'ADULT_SERVICES_WORKER',
  'CARE_WORKER',
  'RECEIVING_OFFICER',
  'EARLY_HELP_WORKER',
  'ADOPTION_WORKER',
  'LEGAL_OFFICER',
  'INFORMATION_GOVERNANCE_OFFICER',
] as const
export type Role = (typeof roles)[number]

/** Paths on which purposes stand. Consent is consulted on CONSENT alone, and for sensitive services on DUTY. */
export const paths = ['HARM', 'DUTY', 'COURT', 'CONSENT', 'POLICING', 'METADATA', 'CLOSED'] as const
export type PurposePath = (typeof paths)[number]

/** Every purpose and its path, where a pack names no other (`pathOf`). `Purpose` in `schema/governance.graphql`. */
export const pathOfPurpose = {
  EMERGENCY: 'HARM',
  S47_ENQUIRY: 'HARM',
  STRATEGY_DISCUSSION: 'HARM',
  MISSING_RESPONSE: 'HARM',
  MASH_ENQUIRY: 'DUTY',
  ASSESSMENT_S17: 'DUTY',
  CP_CONFERENCE: 'DUTY',
  CLA_REVIEW: 'DUTY',
  TRANSFER_SEND: 'DUTY',
  TRANSFER_RECEIVE: 'DUTY',
  DOMESTIC_ABUSE_NOTICE: 'DUTY',
  PRACTICE_REVIEW: 'DUTY',
  COURT_ORDER: 'COURT',
  EARLY_HELP: 'CONSENT',
  DIRECT_CARE: 'CONSENT',
  EDUCATION_SUPPORT: 'CONSENT',
  POLICING: 'POLICING',
  AUDIT: 'METADATA',
  SUBJECT_ACCESS: 'CLOSED',
  RESEARCH: 'CLOSED',
} as const satisfies Record<string, PurposePath>
export type Purpose = keyof typeof pathOfPurpose
export const purposes = Object.keys(pathOfPurpose) as Purpose[]
