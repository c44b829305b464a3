import type { Label } from './labels.ts'
import { type AgencyType, type Purpose, type Role, roles, roleTable } from './vocabulary.ts'

/** Labels as an information-governance lead would say them. */
export const labelWords: Readonly<Record<Label, string>> = {
  CORE_IDENTITY: 'Who the child is',
  ADDRESS_PROTECTED: 'Protected address',
  INVOLVEMENT: 'Which services are involved',
  SOCIAL_CARE: 'Social care record',
  EDUCATION: 'Education record',
  HEALTH_GENERAL: 'General health',
  HEALTH_MENTAL: 'Mental health',
  HEALTH_SEXUAL: 'Sexual health',
  HEALTH_SARC: 'Sexual assault referral centre',
  CHILD_SUBSTANCE: "Child's substance use",
  POLICE_RECORD: 'Police record',
  POLICE_INTELLIGENCE: 'Police intelligence',
  MANAGED_OFFENDER: 'Managed offender',
  DOMESTIC_ABUSE: 'Domestic abuse',
  THIRD_PARTY: 'Another person',
  ADULT_HEALTH: "Adult's health",
  ADULT_JUSTICE: "Adult's justice record",
  REFERRER_IDENTITY: 'Who referred',
  ADOPTION: 'Adoption',
  COURT_CONFIDENTIAL: 'Court documents',
  LEGAL_PRIVILEGE: 'Legal advice',
  VICTIM_ANONYMITY: 'Identity of a victim',
  WITNESS: 'Witness',
  IMMIGRATION: 'Immigration status',
  EQUALITY: 'Ethnicity, religion, disability',
  CHILD_CONFIDENCE: 'Said in confidence by the child',
}

const inTable = <Value>(of: (role: Role) => Value): Readonly<Record<Role, Value>> =>
  // The keys are those of the table.
  Object.fromEntries(roles.map((role) => [role, of(role)])) as Record<Role, Value>

/**
 * The type of organisation in which each role works. The issuer registry decides for a real caller; this is for whoever
 * asks "what if".
 */
export const typeOfRole: Readonly<Record<Role, AgencyType>> = inTable((role) => roleTable[role].type)

/** What each role most often asks for. */
export const usualPurpose: Readonly<Record<Role, Purpose>> = inTable((role) => roleTable[role].asks)

/** The type of agency in which records of each label are found first. */
export const usualHome: Readonly<Record<Label, AgencyType>> = {
  CORE_IDENTITY: 'SOCIAL_CARE',
  ADDRESS_PROTECTED: 'SOCIAL_CARE',
  INVOLVEMENT: 'SOCIAL_CARE',
  SOCIAL_CARE: 'SOCIAL_CARE',
  EDUCATION: 'EDUCATION',
  HEALTH_GENERAL: 'HEALTH',
  HEALTH_MENTAL: 'HEALTH',
  HEALTH_SEXUAL: 'HEALTH',
  HEALTH_SARC: 'HEALTH',
  CHILD_SUBSTANCE: 'HEALTH',
  POLICE_RECORD: 'POLICE',
  POLICE_INTELLIGENCE: 'POLICE',
  MANAGED_OFFENDER: 'POLICE',
  DOMESTIC_ABUSE: 'POLICE',
  THIRD_PARTY: 'ADULT',
  ADULT_HEALTH: 'ADULT',
  ADULT_JUSTICE: 'ADULT',
  REFERRER_IDENTITY: 'SOCIAL_CARE',
  ADOPTION: 'SOCIAL_CARE',
  COURT_CONFIDENTIAL: 'SOCIAL_CARE',
  LEGAL_PRIVILEGE: 'SOCIAL_CARE',
  VICTIM_ANONYMITY: 'POLICE',
  WITNESS: 'POLICE',
  IMMIGRATION: 'SOCIAL_CARE',
  EQUALITY: 'SOCIAL_CARE',
  CHILD_CONFIDENCE: 'EDUCATION',
}
