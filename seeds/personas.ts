import type { Persona } from '../src/auth/persona.ts'
import type { AgencyType, Purpose, Role } from '../src/policy/vocabulary.ts'

/** An organisation that personas work for. */
export interface Organisation {
  /** Its code in tokens and in registers. */
  readonly code: string
  readonly name: string
  readonly agencyType: AgencyType
  readonly la: string | null
  readonly force: string | null
}

/** Organisations that the personas work for. Invented, like everyone in them. */
const organisations = {
  'LA2-CSC': { name: "Eastvale Children's Social Care", agencyType: 'SOCIAL_CARE', la: 'LA2', force: null },
  'LA3-CSC': { name: "Calderbrook Children's Social Care", agencyType: 'SOCIAL_CARE', la: 'LA3', force: null },
  'LA5-CSC': { name: "Southmere Children's Social Care", agencyType: 'SOCIAL_CARE', la: 'LA5', force: null },
  'LA2-MASH': { name: 'Eastvale Multi-Agency Safeguarding Hub', agencyType: 'MASH', la: 'LA2', force: null },
  'LA2-ASC': { name: 'Eastvale Adult Services', agencyType: 'ADULT', la: 'LA2', force: null },
  'LA5-IG': { name: 'Southmere Information Governance', agencyType: 'GOVERNANCE', la: 'LA5', force: null },
  'LA2-IG': { name: 'Eastvale Information Governance', agencyType: 'GOVERNANCE', la: 'LA2', force: null },
  F1: { name: 'Northern Vale Police', agencyType: 'POLICE', la: null, force: 'F1' },
  F4: { name: 'Southmere Police', agencyType: 'POLICE', la: null, force: 'F4' },
  '900002': { name: 'Eastvale Academy', agencyType: 'EDUCATION', la: 'LA2', force: null },
  '900005': { name: 'Southmere High', agencyType: 'EDUCATION', la: 'LA5', force: null },
  'NHS-LA2-CHC': { name: 'Eastvale Community Health', agencyType: 'HEALTH', la: 'LA2', force: null },
  'NHS-LA2-ACUTE': { name: 'Eastvale General Hospital', agencyType: 'HEALTH', la: 'LA2', force: null },
  'NHS-LA5-CHC': { name: 'Southmere Community Health', agencyType: 'HEALTH', la: 'LA5', force: null },
  'NHS-LA5-ICB': { name: 'Southmere Integrated Care Board', agencyType: 'HEALTH', la: 'LA5', force: null },
  'NHS-LA5-GP': { name: 'Southmere Practice', agencyType: 'HEALTH', la: 'LA5', force: null },
  'NHS-LA5-CAMHS': { name: 'Southmere CAMHS', agencyType: 'HEALTH', la: 'LA5', force: null },
  'NHS-LA5-SARC': { name: 'Southmere Sexual Assault Referral Centre', agencyType: 'HEALTH', la: 'LA5', force: null },
  'FOSTER-LA2': { name: 'Eastvale Fostering Service', agencyType: 'CARE_PROVIDER', la: 'LA2', force: null },
  'HOME-LA5': { name: 'Harbour House', agencyType: 'CARE_PROVIDER', la: 'LA5', force: null },
} as const satisfies Record<string, Omit<Organisation, 'code'>>

const statutory = [
  'ASSESSMENT_S17',
  'EARLY_HELP',
  'S47_ENQUIRY',
  'STRATEGY_DISCUSSION',
  'CP_CONFERENCE',
  'CLA_REVIEW',
  'MISSING_RESPONSE',
  'TRANSFER_SEND',
  'EMERGENCY',
] as const satisfies readonly Purpose[]

const clinical = [
  'DIRECT_CARE',
  'EARLY_HELP',
  'MASH_ENQUIRY',
  'S47_ENQUIRY',
  'STRATEGY_DISCUSSION',
  'CP_CONFERENCE',
  'CLA_REVIEW',
  'EMERGENCY',
] as const satisfies readonly Purpose[]

/**
 * What each role may declare. Every role that works with children may declare an emergency; legal and governance
 * officers do not.
 */
export const purposesOfRole: Readonly<Record<Role, readonly Purpose[]>> = {
  SOCIAL_WORKER: statutory,
  TEAM_MANAGER: [...statutory, 'DOMESTIC_ABUSE_NOTICE', 'PRACTICE_REVIEW'],
  REVIEWING_OFFICER: ['CLA_REVIEW', 'CP_CONFERENCE', 'PRACTICE_REVIEW', 'EMERGENCY'],
  MASH_ANALYST: [
    'MASH_ENQUIRY',
    'S47_ENQUIRY',
    'STRATEGY_DISCUSSION',
    'MISSING_RESPONSE',
    'ASSESSMENT_S17',
    'EARLY_HELP',
    'DOMESTIC_ABUSE_NOTICE',
    'EMERGENCY',
  ],
  DESIGNATED_SAFEGUARDING_LEAD: [
    'EDUCATION_SUPPORT',
    'EARLY_HELP',
    'MASH_ENQUIRY',
    'CP_CONFERENCE',
    'DOMESTIC_ABUSE_NOTICE',
    'S47_ENQUIRY',
    'EMERGENCY',
  ],
  SCHOOL_NURSE: clinical,
  DESIGNATED_NURSE: [...clinical, 'PRACTICE_REVIEW'],
  GP: clinical,
  CAMHS_CLINICIAN: clinical,
  SARC_CLINICIAN: ['DIRECT_CARE', 'S47_ENQUIRY', 'STRATEGY_DISCUSSION', 'EMERGENCY'],
  POLICE_PUBLIC_PROTECTION: [
    'STRATEGY_DISCUSSION',
    'S47_ENQUIRY',
    'MISSING_RESPONSE',
    'MASH_ENQUIRY',
    'CP_CONFERENCE',
    'DOMESTIC_ABUSE_NOTICE',
    'POLICING',
    'EMERGENCY',
  ],
  MISSING_COORDINATOR: ['MISSING_RESPONSE', 'STRATEGY_DISCUSSION', 'POLICING', 'EMERGENCY'],
  ADULT_SERVICES_WORKER: [
    'MASH_ENQUIRY',
    'EARLY_HELP',
    'S47_ENQUIRY',
    'STRATEGY_DISCUSSION',
    'CP_CONFERENCE',
    'ADULT_SAFEGUARDING',
    'EMERGENCY',
  ],
  CARE_WORKER: ['CLA_REVIEW', 'MISSING_RESPONSE', 'DAY_TO_DAY_CARE', 'EMERGENCY'],
  RECEIVING_OFFICER: [
    'TRANSFER_RECEIVE',
    'ASSESSMENT_S17',
    'S47_ENQUIRY',
    'STRATEGY_DISCUSSION',
    'CP_CONFERENCE',
    'CLA_REVIEW',
    'MISSING_RESPONSE',
    'EMERGENCY',
  ],
  EARLY_HELP_WORKER: ['EARLY_HELP', 'MASH_ENQUIRY', 'EMERGENCY'],
  ADOPTION_WORKER: ['ASSESSMENT_S17', 'CLA_REVIEW', 'EMERGENCY'],
  LEGAL_OFFICER: ['COURT_ORDER', 'PRACTICE_REVIEW'],
  INFORMATION_GOVERNANCE_OFFICER: ['AUDIT', 'SUBJECT_ACCESS'],
  HEALTH_VISITOR: clinical,
  MIDWIFE: clinical,
  PAEDIATRICIAN: clinical,
  NAMED_NURSE: [...clinical, 'PRACTICE_REVIEW'],
  LOOKED_AFTER_NURSE: ['CLA_REVIEW', 'DIRECT_CARE', 'STRATEGY_DISCUSSION', 'EMERGENCY'],
  EMERGENCY_CLINICIAN: ['DIRECT_CARE', 'MASH_ENQUIRY', 'STRATEGY_DISCUSSION', 'EMERGENCY'],
  AMBULANCE_CLINICIAN: ['DIRECT_CARE', 'EMERGENCY'],
  PROBATION_PRACTITIONER: ['CP_CONFERENCE', 'STRATEGY_DISCUSSION', 'MASH_ENQUIRY', 'EMERGENCY'],
  YOUTH_JUSTICE_WORKER: ['ASSESSMENT_S17', 'EARLY_HELP', 'CP_CONFERENCE', 'STRATEGY_DISCUSSION', 'EMERGENCY'],
  HOUSING_OFFICER: ['MASH_ENQUIRY', 'CP_CONFERENCE', 'EMERGENCY'],
  DOMESTIC_ABUSE_ADVISER: ['MASH_ENQUIRY', 'CP_CONFERENCE', 'STRATEGY_DISCUSSION', 'EMERGENCY'],
  DESIGNATED_OFFICER: ['STRATEGY_DISCUSSION', 'S47_ENQUIRY', 'EMERGENCY'],
  FAMILY_HELP_LEAD: ['ASSESSMENT_S17', 'EARLY_HELP', 'MASH_ENQUIRY', 'CP_CONFERENCE', 'EMERGENCY'],
  CHILD_PROTECTION_LEAD: statutory,
  EARLY_YEARS_LEAD: ['EDUCATION_SUPPORT', 'EARLY_HELP', 'MASH_ENQUIRY', 'CP_CONFERENCE', 'EMERGENCY'],
  FOSTER_CARER: ['DAY_TO_DAY_CARE', 'CLA_REVIEW', 'MISSING_RESPONSE', 'EMERGENCY'],
  CHILDRENS_GUARDIAN: ['COURT_ORDER'],
  VIRTUAL_HEAD: ['CLA_REVIEW', 'EDUCATION_SUPPORT', 'EMERGENCY'],
  PERSONAL_ADVISER: ['LEAVING_CARE', 'CLA_REVIEW', 'ADULT_SAFEGUARDING', 'EMERGENCY'],
  REVIEW_AUTHOR: ['PRACTICE_REVIEW'],
  OUT_OF_HOURS_WORKER: statutory,
  HEAD_OF_SERVICE: [...statutory, 'PRACTICE_REVIEW'],
  QUALITY_ASSURANCE_OFFICER: ['PRACTICE_REVIEW'],
}

/** Id, name, and the title without the organisation. */
type Words = readonly [id: string, name: string, title: string]

const persona = (
  words: Words,
  organisation: keyof typeof organisations,
  role: Role,
  defaultPurpose: Purpose,
): Persona => personaOf(words, { code: organisation, ...organisations[organisation] }, role, defaultPurpose)

/** A practitioner of an organisation: those of an agency that is added stand in its own seed. */
export function personaOf(
  [id, name, title]: Words,
  { code: organisation, name: organisationName, agencyType, la, force }: Organisation,
  role: Role,
  defaultPurpose: Purpose,
): Persona {
  return {
    id,
    name,
    title: `${title}, ${organisationName}`,
    subject: name.toLowerCase().replace(/[^a-z]+/g, '.'),
    organisation,
    organisationName,
    agencyType,
    la,
    force,
    role,
    defaultPurpose,
    purposes: purposesOfRole[role],
  }
}

/** The people of the demonstration: all invented. */
export const personas: readonly Persona[] = [
  persona(
    ['mash-analyst', 'Ottilie Branscombe', 'Safeguarding hub analyst'],
    'LA2-MASH',
    'MASH_ANALYST',
    'MASH_ENQUIRY',
  ),
  persona(['social-worker', 'Tamsin Okonjo-Vale', 'Social worker'], 'LA2-CSC', 'SOCIAL_WORKER', 'ASSESSMENT_S17'),
  persona(['team-manager', 'Rufus Delacourt', 'Team manager'], 'LA2-CSC', 'TEAM_MANAGER', 'ASSESSMENT_S17'),
  persona(
    ['reviewing-officer', 'Ines Thornbury', 'Independent reviewing officer'],
    'LA2-CSC',
    'REVIEWING_OFFICER',
    'CLA_REVIEW',
  ),
  persona(
    ['school-dsl', 'Morwenna Pask', 'Designated safeguarding lead'],
    '900005',
    'DESIGNATED_SAFEGUARDING_LEAD',
    'CP_CONFERENCE',
  ),
  persona(
    ['school-dsl-eastvale', 'Jago Winterbourne', 'Designated safeguarding lead'],
    '900002',
    'DESIGNATED_SAFEGUARDING_LEAD',
    'CP_CONFERENCE',
  ),
  persona(['school-nurse', 'Perpetua Lindqvist', 'School nurse'], 'NHS-LA5-CHC', 'SCHOOL_NURSE', 'DIRECT_CARE'),
  persona(
    ['designated-nurse', 'Halima Roskilly', 'Designated nurse for safeguarding children'],
    'NHS-LA5-ICB',
    'DESIGNATED_NURSE',
    'CP_CONFERENCE',
  ),
  persona(['gp', 'Anselm Trevithick', 'General practitioner'], 'NHS-LA5-GP', 'GP', 'DIRECT_CARE'),
  persona(
    ['camhs-clinician', 'Zuzanna Merriweather', 'CAMHS clinician'],
    'NHS-LA5-CAMHS',
    'CAMHS_CLINICIAN',
    'DIRECT_CARE',
  ),
  persona(
    ['sarc-clinician', 'Delphine Achterberg', 'Sexual assault referral centre clinician'],
    'NHS-LA5-SARC',
    'SARC_CLINICIAN',
    'DIRECT_CARE',
  ),
  persona(
    ['police-public-protection', 'Corin Hathersage', 'Public protection detective'],
    'F4',
    'POLICE_PUBLIC_PROTECTION',
    'STRATEGY_DISCUSSION',
  ),
  persona(
    ['missing-coordinator', 'Bronagh Tallis', 'Missing persons co-ordinator'],
    'F1',
    'MISSING_COORDINATOR',
    'MISSING_RESPONSE',
  ),
  persona(
    ['adult-services-worker', 'Emeka Southcombe', 'Adult services worker'],
    'LA2-ASC',
    'ADULT_SERVICES_WORKER',
    'MASH_ENQUIRY',
  ),
  persona(['care-home-worker', 'Lowri Fennimore', "Children's home worker"], 'HOME-LA5', 'CARE_WORKER', 'CLA_REVIEW'),
  persona(['foster-carer', 'Bettina Ravenscar', 'Foster carer'], 'FOSTER-LA2', 'FOSTER_CARER', 'DAY_TO_DAY_CARE'),
  persona(
    ['receiving-officer', 'Casimir Holloway', 'Receiving officer'],
    'LA5-CSC',
    'RECEIVING_OFFICER',
    'TRANSFER_RECEIVE',
  ),
  persona(
    ['unrelated-officer', 'Verity Quennell', 'Receiving officer of an authority that has no part in the case'],
    'LA3-CSC',
    'RECEIVING_OFFICER',
    'TRANSFER_RECEIVE',
  ),
  persona(['early-help-worker', 'Idris Pomfret', 'Early help worker'], 'LA2-CSC', 'EARLY_HELP_WORKER', 'EARLY_HELP'),
  persona(['adoption-worker', 'Sunniva Carrow', 'Adoption worker'], 'LA2-CSC', 'ADOPTION_WORKER', 'ASSESSMENT_S17'),
  persona(['legal-officer', 'Barnaby Estcourt', 'Child care solicitor'], 'LA2-CSC', 'LEGAL_OFFICER', 'COURT_ORDER'),
  persona(['health-visitor', 'Ludmila Trescott', 'Health visitor'], 'NHS-LA2-CHC', 'HEALTH_VISITOR', 'DIRECT_CARE'),
  persona(
    ['emergency-clinician', 'Rohan Ellacombe', 'Emergency department clinician'],
    'NHS-LA2-ACUTE',
    'EMERGENCY_CLINICIAN',
    'DIRECT_CARE',
  ),
  persona(
    ['out-of-hours', 'Wilf Adeyemi-Strand', 'Out-of-hours social worker'],
    'LA2-CSC',
    'OUT_OF_HOURS_WORKER',
    'S47_ENQUIRY',
  ),
  persona(['head-of-service', 'Marguerite Osei', 'Head of service'], 'LA2-CSC', 'HEAD_OF_SERVICE', 'ASSESSMENT_S17'),
  persona(
    ['quality-assurance', 'Tobias Wrexcombe', 'Quality assurance officer'],
    'LA2-CSC',
    'QUALITY_ASSURANCE_OFFICER',
    'PRACTICE_REVIEW',
  ),
  persona(
    ['information-governance', 'Nerys Oldacre', 'Information governance officer'],
    'LA2-IG',
    'INFORMATION_GOVERNANCE_OFFICER',
    'AUDIT',
  ),
  persona(
    ['information-governance-southmere', 'Tamsin Greatorex', 'Information governance officer'],
    'LA5-IG',
    'INFORMATION_GOVERNANCE_OFFICER',
    'AUDIT',
  ),
]
