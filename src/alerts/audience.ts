import type { AgencyType, Purpose, Role } from '../policy/vocabulary.ts'

/** Who is told of an alert without asking: an organisation's type, and as whom and for what its grant is decided. */
export interface Audience {
  /** Value of the `Agency` enum. */
  readonly agency: string
  readonly agencyType: AgencyType
  readonly role: Role
  readonly purpose: Purpose
}

const audience = (agency: string, agencyType: AgencyType, role: Role, purpose: Purpose): Audience => ({
  agency,
  agencyType,
  role,
  purpose,
})

export const socialWorker = audience('CHILDRENS_SOCIAL_CARE', 'SOCIAL_CARE', 'SOCIAL_WORKER', 'ASSESSMENT_S17')
export const manager = audience('CHILDRENS_SOCIAL_CARE', 'SOCIAL_CARE', 'TEAM_MANAGER', 'ASSESSMENT_S17')
export const reviewer = audience('CHILDRENS_SOCIAL_CARE', 'SOCIAL_CARE', 'REVIEWING_OFFICER', 'CLA_REVIEW')
export const mash = audience('CHILDRENS_SOCIAL_CARE', 'MASH', 'MASH_ANALYST', 'MASH_ENQUIRY')
export const school = audience('EDUCATION', 'EDUCATION', 'DESIGNATED_SAFEGUARDING_LEAD', 'CP_CONFERENCE')
export const healthLead = audience('HEALTH', 'HEALTH', 'DESIGNATED_NURSE', 'CP_CONFERENCE')
export const mentalHealth = audience('HEALTH_MENTAL_HEALTH', 'HEALTH', 'CAMHS_CLINICIAN', 'DIRECT_CARE')
export const police = audience('POLICE', 'POLICE', 'POLICE_PUBLIC_PROTECTION', 'STRATEGY_DISCUSSION')
export const missingTeam = audience('POLICE', 'POLICE', 'MISSING_COORDINATOR', 'MISSING_RESPONSE')
export const adultServices = audience('ADULT_SERVICES', 'ADULT', 'ADULT_SERVICES_WORKER', 'MASH_ENQUIRY')
export const home = audience('CHILDRENS_HOME', 'CARE_PROVIDER', 'CARE_WORKER', 'CLA_REVIEW')

/** Every audience that a rule names. */
export const audiences: readonly Audience[] = [
  socialWorker,
  manager,
  reviewer,
  mash,
  school,
  healthLead,
  mentalHealth,
  police,
  missingTeam,
  adultServices,
  home,
]
