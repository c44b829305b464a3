import type { Label } from './labels.ts'
import { type AgencyType, type Purpose, type Role, roles, roleTable } from './vocabulary.ts'

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
