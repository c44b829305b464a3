import type { DecisionInput } from '../../src/policy/input.ts'
import { plainRow } from '../../src/policy/input.ts'
import type { Label } from '../../src/policy/labels.ts'
import { readPack } from '../../src/policy/pack.ts'
import type { AgencyType, Role } from '../../src/policy/vocabulary.ts'

export const pack = readPack()

/** The type of organisation in which each role works. */
export const typeOfRole: Readonly<Record<Role, AgencyType>> = {
  SOCIAL_WORKER: 'SOCIAL_CARE',
  TEAM_MANAGER: 'SOCIAL_CARE',
  REVIEWING_OFFICER: 'SOCIAL_CARE',
  MASH_ANALYST: 'MASH',
  DESIGNATED_SAFEGUARDING_LEAD: 'EDUCATION',
  SCHOOL_NURSE: 'HEALTH',
  DESIGNATED_NURSE: 'HEALTH',
  GP: 'HEALTH',
  CAMHS_CLINICIAN: 'HEALTH',
  SARC_CLINICIAN: 'HEALTH',
  POLICE_PUBLIC_PROTECTION: 'POLICE',
  MISSING_COORDINATOR: 'POLICE',
  ADULT_SERVICES_WORKER: 'ADULT',
  CARE_WORKER: 'CARE_PROVIDER',
  RECEIVING_OFFICER: 'SOCIAL_CARE',
  EARLY_HELP_WORKER: 'SOCIAL_CARE',
  ADOPTION_WORKER: 'SOCIAL_CARE',
  LEGAL_OFFICER: 'SOCIAL_CARE',
  INFORMATION_GOVERNANCE_OFFICER: 'GOVERNANCE',
}

/** The agency in which records of each label are found first. */
export const homeOfLabel: Readonly<Record<Label, AgencyType>> = {
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

type Override = Partial<Omit<DecisionInput, 'caller' | 'child' | 'row'>> & {
  readonly caller?: Partial<DecisionInput['caller']>
  readonly child?: Partial<DecisionInput['child']>
  readonly row?: Partial<DecisionInput['row']>
}

/** A social worker who works with a 14-year-old under a section 17 assessment, asking health; each test changes what it tests. */
export function asking(override: Override = {}): DecisionInput {
  const role = override.caller?.role ?? 'SOCIAL_WORKER'
  const label = override.label ?? 'HEALTH_GENERAL'
  return {
    label,
    level: override.level ?? 'HEADLINE',
    home: override.home ?? homeOfLabel[label],
    consent: override.consent ?? 'NONE',
    caller: { role, agencyType: typeOfRole[role], purpose: 'ASSESSMENT_S17', ...override.caller },
    child: {
      relationship: 'EPISODE',
      harm: 'NONE',
      ageBand: '13_TO_15',
      agreement: true,
      breakGlass: false,
      ...override.child,
    },
    row: { ...plainRow, ...override.row },
  }
}
