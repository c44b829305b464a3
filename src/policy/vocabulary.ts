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

/** Paths on which purposes stand. Consent is consulted on CONSENT alone, and for sensitive services on DUTY. */
export const paths = ['HARM', 'DUTY', 'COURT', 'CONSENT', 'ADULT', 'POLICING', 'METADATA', 'CLOSED'] as const
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
  DAY_TO_DAY_CARE: 'DUTY',
  LEAVING_CARE: 'CONSENT',
  ADULT_SAFEGUARDING: 'ADULT',
  POLICING: 'POLICING',
  AUDIT: 'METADATA',
  SUBJECT_ACCESS: 'CLOSED',
  RESEARCH: 'CLOSED',
} as const satisfies Record<string, PurposePath>
export type Purpose = keyof typeof pathOfPurpose
export const purposes = Object.keys(pathOfPurpose) as Purpose[]

/** What is to be known of a role. What it may read is the packs' to say, label by label. */
export interface RoleLine {
  /** The type of organisation in which it works. The issuer registry decides for a real caller. */
  readonly type: AgencyType
  /** What it most often asks for. */
  readonly asks: Purpose
}

const line = (type: AgencyType, asks: Purpose): RoleLine => ({ type, asks })

/**
 * The product's roles. A pack may bring more (`roles`), with rows as for these and no code: `rolesOfPack` has both. A
 * token carries one, confined by the issuer registry.
 */
export const roleTable = {
  SOCIAL_WORKER: line('SOCIAL_CARE', 'ASSESSMENT_S17'),
  TEAM_MANAGER: line('SOCIAL_CARE', 'ASSESSMENT_S17'),
  REVIEWING_OFFICER: line('SOCIAL_CARE', 'CLA_REVIEW'),
  MASH_ANALYST: line('MASH', 'MASH_ENQUIRY'),
  DESIGNATED_SAFEGUARDING_LEAD: line('EDUCATION', 'EDUCATION_SUPPORT'),
  SCHOOL_NURSE: line('HEALTH', 'DIRECT_CARE'),
  DESIGNATED_NURSE: line('HEALTH', 'CP_CONFERENCE'),
  GP: line('HEALTH', 'DIRECT_CARE'),
  CAMHS_CLINICIAN: line('HEALTH', 'DIRECT_CARE'),
  SARC_CLINICIAN: line('HEALTH', 'DIRECT_CARE'),
  POLICE_PUBLIC_PROTECTION: line('POLICE', 'STRATEGY_DISCUSSION'),
  MISSING_COORDINATOR: line('POLICE', 'MISSING_RESPONSE'),
  ADULT_SERVICES_WORKER: line('ADULT', 'MASH_ENQUIRY'),
  CARE_WORKER: line('CARE_PROVIDER', 'CLA_REVIEW'),
  RECEIVING_OFFICER: line('SOCIAL_CARE', 'TRANSFER_RECEIVE'),
  EARLY_HELP_WORKER: line('SOCIAL_CARE', 'EARLY_HELP'),
  ADOPTION_WORKER: line('SOCIAL_CARE', 'ASSESSMENT_S17'),
  LEGAL_OFFICER: line('SOCIAL_CARE', 'COURT_ORDER'),
  INFORMATION_GOVERNANCE_OFFICER: line('GOVERNANCE', 'AUDIT'),
  HEALTH_VISITOR: line('HEALTH', 'DIRECT_CARE'),
  MIDWIFE: line('HEALTH', 'DIRECT_CARE'),
  PAEDIATRICIAN: line('HEALTH', 'DIRECT_CARE'),
  NAMED_NURSE: line('HEALTH', 'CP_CONFERENCE'),
  LOOKED_AFTER_NURSE: line('HEALTH', 'CLA_REVIEW'),
  EMERGENCY_CLINICIAN: line('HEALTH', 'DIRECT_CARE'),
  AMBULANCE_CLINICIAN: line('HEALTH', 'EMERGENCY'),
  PROBATION_PRACTITIONER: line('ADULT', 'CP_CONFERENCE'),
  YOUTH_JUSTICE_WORKER: line('SOCIAL_CARE', 'ASSESSMENT_S17'),
  HOUSING_OFFICER: line('ADULT', 'MASH_ENQUIRY'),
  DOMESTIC_ABUSE_ADVISER: line('ADULT', 'MASH_ENQUIRY'),
  DESIGNATED_OFFICER: line('SOCIAL_CARE', 'STRATEGY_DISCUSSION'),
  FAMILY_HELP_LEAD: line('SOCIAL_CARE', 'ASSESSMENT_S17'),
  CHILD_PROTECTION_LEAD: line('SOCIAL_CARE', 'S47_ENQUIRY'),
  EARLY_YEARS_LEAD: line('EDUCATION', 'EDUCATION_SUPPORT'),
  FOSTER_CARER: line('CARE_PROVIDER', 'CLA_REVIEW'),
  CHILDRENS_GUARDIAN: line('COURT', 'COURT_ORDER'),
  VIRTUAL_HEAD: line('EDUCATION', 'CLA_REVIEW'),
  PERSONAL_ADVISER: line('SOCIAL_CARE', 'LEAVING_CARE'),
  REVIEW_AUTHOR: line('GOVERNANCE', 'PRACTICE_REVIEW'),
  OUT_OF_HOURS_WORKER: line('SOCIAL_CARE', 'S47_ENQUIRY'),
  HEAD_OF_SERVICE: line('SOCIAL_CARE', 'ASSESSMENT_S17'),
  QUALITY_ASSURANCE_OFFICER: line('SOCIAL_CARE', 'PRACTICE_REVIEW'),
} as const satisfies Record<string, RoleLine>

/** A role of the table, by name; one that a pack brings is checked as it is read and goes by the same type. */
export type Role = keyof typeof roleTable
/** The form of a role's name. Whether there is such a role is for the table and the packs to say. */
export const isRoleName = (name: string): name is Role => /^[A-Z][A-Z0-9_]{1,63}$/.test(name)
/** Their names, in the order of the table. */
export const roles = Object.keys(roleTable) as [Role, ...Role[]]
