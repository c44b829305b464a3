import { type DecisionInput, plainRow } from './input.ts'
import { type Label, labels } from './labels.ts'
import { type Purpose, purposes, type Role, roles } from './vocabulary.ts'
import { typeOfRole, usualHome, usualPurpose } from './words.ts'

type Facts = Partial<DecisionInput['child'] & DecisionInput['row']> &
  Partial<Pick<DecisionInput, 'home' | 'level' | 'consent'>> & { readonly type?: DecisionInput['caller']['agencyType'] }

/** An everyday question, changed by what a line is about: a child of 14, no sign of harm, an agreement, nothing marked. */
export function question(role: Role, purpose: Purpose, label: Label, facts: Facts = {}): DecisionInput {
  const { relationship, harm, ageBand, agreement, breakGlass, hold, ncnd, conditions, relevance } = facts
  return {
    caller: { role, agencyType: facts.type ?? typeOfRole[role], purpose },
    label,
    level: facts.level ?? 'CONTENT',
    home: facts.home ?? usualHome[label],
    child: {
      relationship: relationship ?? 'EPISODE',
      harm: harm ?? 'NONE',
      ageBand: ageBand ?? '13_TO_15',
      agreement: agreement ?? true,
      breakGlass: breakGlass ?? false,
    },
    row: {
      hold: hold ?? plainRow.hold,
      ncnd: ncnd ?? false,
      conditions: conditions ?? false,
      relevance: relevance ?? 'RELEVANT',
    },
    consent: facts.consent ?? 'NONE',
  }
}

const says = (
  state: 'NOT_SOUGHT' | 'GIVEN' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED',
  giver: 'CHILD' | 'PARENT',
  competence: 'COMPETENT' | 'NOT_COMPETENT' | 'NOT_ASSESSED' = 'COMPETENT',
): DecisionInput['consent'] => ({ state, giver, competence })

const ages = ['UNDER_13', '13_TO_15', '16_TO_17', 'ADULT', 'UNKNOWN'] as const
const harms = ['CONCERN', 'REASONABLE_CAUSE', 'UNKNOWN'] as const
const voices = [
  says('GIVEN', 'CHILD'),
  says('GIVEN', 'CHILD', 'NOT_ASSESSED'),
  says('GIVEN', 'CHILD', 'NOT_COMPETENT'),
  says('GIVEN', 'PARENT', 'NOT_ASSESSED'),
  says('REFUSED', 'CHILD'),
  says('REFUSED', 'PARENT', 'NOT_ASSESSED'),
  says('WITHDRAWN', 'CHILD'),
  says('EXPIRED', 'CHILD'),
  says('NOT_SOUGHT', 'CHILD'),
]

/** Two readers of each kind of opening, asked under every mark that a holder can set. */
const marked: readonly Facts[] = [
  { hold: 'DETRIMENT' },
  { hold: 'EMBARGO' },
  { ncnd: true },
  { conditions: true },
  { relevance: 'UNDECIDED' },
  { relevance: 'NOT_RELEVANT' },
  { agreement: false },
  { relationship: 'NONE' },
  { relationship: 'NONE', breakGlass: true },
  { agreement: false, breakGlass: true },
  { hold: 'DETRIMENT', breakGlass: true },
]

/** The questions of the golden table, family by family, always in this order. */
export function goldenQuestions(): readonly DecisionInput[] {
  return [...everyday(), ...byPurpose(), ...byConsent(), ...byHarmAndAge(), ...byMark(), ...closed()]
}

/** Every role asks for what it usually asks, of every label. */
const everyday = () => roles.flatMap((role) => labels.map((label) => question(role, usualPurpose[role], label)))

/** One reader through every purpose: a sensitive label, another person, without a relationship, in another organisation. */
const byPurpose = () =>
  purposes.flatMap((purpose) => [
    question('SOCIAL_WORKER', purpose, 'HEALTH_MENTAL', { level: 'HEADLINE' }),
    question('SOCIAL_WORKER', purpose, 'THIRD_PARTY'),
    question('SOCIAL_WORKER', purpose, 'INVOLVEMENT', { home: 'HEALTH', relationship: 'NONE' }),
    question('SOCIAL_WORKER', purpose, 'INVOLVEMENT', { home: 'HEALTH', type: 'COURT' }),
  ])

const byConsent = () =>
  voices.flatMap((consent) => [
    ...ages.flatMap((ageBand) => [
      question('GP', 'EARLY_HELP', 'HEALTH_GENERAL', { home: 'SOCIAL_CARE', ageBand, consent }),
      question('DESIGNATED_NURSE', 'CP_CONFERENCE', 'HEALTH_MENTAL', { home: 'SOCIAL_CARE', ageBand, consent }),
    ]),
    question('SOCIAL_WORKER', 'S47_ENQUIRY', 'HEALTH_SEXUAL', { level: 'HEADLINE', consent }),
    question('SOCIAL_WORKER', 'EMERGENCY', 'EDUCATION', { consent }),
    question('SOCIAL_WORKER', 'MISSING_RESPONSE', 'EDUCATION', { consent }),
    question('SOCIAL_WORKER', 'COURT_ORDER', 'EDUCATION', { consent }),
    question('GP', 'EARLY_HELP', 'HEALTH_MENTAL', { home: 'SOCIAL_CARE', harm: 'REASONABLE_CAUSE', consent }),
  ])

const byHarmAndAge = () =>
  harms.flatMap((harm) => [
    ...ages.map((ageBand) =>
      question('DESIGNATED_NURSE', 'CLA_REVIEW', 'HEALTH_SEXUAL', {
        home: 'SOCIAL_CARE',
        harm,
        ageBand,
        consent: says('REFUSED', 'CHILD'),
      }),
    ),
    question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'ADULT_HEALTH', { harm }),
    question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'THIRD_PARTY', { harm }),
    question('RECEIVING_OFFICER', 'TRANSFER_RECEIVE', 'THIRD_PARTY', { harm }),
    question('DESIGNATED_NURSE', 'EARLY_HELP', 'HEALTH_GENERAL', { home: 'SOCIAL_CARE', harm, hold: 'EMBARGO' }),
    question('POLICE_PUBLIC_PROTECTION', 'POLICING', 'ADDRESS_PROTECTED', { harm }),
    question('SOCIAL_WORKER', 'EARLY_HELP', 'ADDRESS_PROTECTED', { home: 'POLICE', harm }),
    question('SOCIAL_WORKER', 'S47_ENQUIRY', 'EDUCATION', { harm }),
  ])

const byMark = () =>
  marked.flatMap((facts) => [
    question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'CHILD_SUBSTANCE', facts),
    question('SOCIAL_WORKER', 'S47_ENQUIRY', 'CHILD_SUBSTANCE', facts),
    question('SOCIAL_WORKER', 'EMERGENCY', 'CHILD_SUBSTANCE', facts),
    question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'ADULT_HEALTH', { ...facts, level: 'HEADLINE' }),
    question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'SOCIAL_CARE', facts),
    question('SOCIAL_WORKER', 'COURT_ORDER', 'EDUCATION', facts),
    question('SOCIAL_WORKER', 'COURT_ORDER', 'ADOPTION', facts),
    question('SOCIAL_WORKER', 'CP_CONFERENCE', 'MANAGED_OFFENDER', { ...facts, level: 'HEADLINE' }),
    question('SOCIAL_WORKER', 'STRATEGY_DISCUSSION', 'MANAGED_OFFENDER', { ...facts, level: 'HEADLINE' }),
    question('MASH_ANALYST', 'STRATEGY_DISCUSSION', 'MANAGED_OFFENDER', { ...facts, level: 'HEADLINE' }),
    question('POLICE_PUBLIC_PROTECTION', 'STRATEGY_DISCUSSION', 'POLICE_INTELLIGENCE', { ...facts, home: 'HEALTH' }),
    question('EARLY_HELP_WORKER', 'EARLY_HELP', 'EDUCATION', { ...facts, consent: says('REFUSED', 'CHILD') }),
    question('DESIGNATED_NURSE', 'CP_CONFERENCE', 'HEALTH_SARC', {
      ...facts,
      home: 'SOCIAL_CARE',
      consent: says('REFUSED', 'CHILD'),
    }),
    question('INFORMATION_GOVERNANCE_OFFICER', 'AUDIT', 'SOCIAL_CARE', facts),
  ])

/** Who must never come in: privilege before a court, a colleague's record, a team of another organisation. */
const closed = () => [
  question('SOCIAL_WORKER', 'COURT_ORDER', 'LEGAL_PRIVILEGE'),
  question('LEGAL_OFFICER', 'COURT_ORDER', 'LEGAL_PRIVILEGE', { home: 'HEALTH' }),
  question('LEGAL_OFFICER', 'COURT_ORDER', 'LEGAL_PRIVILEGE', { relationship: 'NONE' }),
  question('ADOPTION_WORKER', 'ASSESSMENT_S17', 'ADOPTION', { home: 'HEALTH' }),
  question('ADOPTION_WORKER', 'ASSESSMENT_S17', 'ADOPTION', { relationship: 'NONE' }),
  question('ADOPTION_WORKER', 'COURT_ORDER', 'ADOPTION', { home: 'HEALTH' }),
  question('ADOPTION_WORKER', 'AUDIT', 'ADOPTION', { home: 'HEALTH' }),
  question('LEGAL_OFFICER', 'AUDIT', 'LEGAL_PRIVILEGE', { home: 'HEALTH' }),
  question('ADOPTION_WORKER', 'ASSESSMENT_S17', 'ADOPTION', { home: 'HEALTH', breakGlass: true }),
  question('SCHOOL_NURSE', 'DIRECT_CARE', 'HEALTH_SARC', { level: 'HEADLINE' }),
  question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'THIRD_PARTY', { home: 'SOCIAL_CARE' }),
  question('ADULT_SERVICES_WORKER', 'MASH_ENQUIRY', 'THIRD_PARTY', { home: 'SOCIAL_CARE', harm: 'REASONABLE_CAUSE' }),
  question('REVIEWING_OFFICER', 'CLA_REVIEW', 'ADDRESS_PROTECTED', { home: 'POLICE', type: 'CARE_PROVIDER' }),
  question('SOCIAL_WORKER', 'DIRECT_CARE', 'SOCIAL_CARE', { home: 'HEALTH' }),
  question('SOCIAL_WORKER', 'DIRECT_CARE', 'SOCIAL_CARE'),
  question('SOCIAL_WORKER', 'EARLY_HELP', 'POLICE_RECORD', { consent: says('GIVEN', 'CHILD') }),
  question('POLICE_PUBLIC_PROTECTION', 'POLICING', 'WITNESS', { home: 'SOCIAL_CARE', breakGlass: true }),
  question('POLICE_PUBLIC_PROTECTION', 'POLICING', 'CORE_IDENTITY'),
  question('LEGAL_OFFICER', 'COURT_ORDER', 'LEGAL_PRIVILEGE', { home: 'HEALTH', ncnd: true }),
  question('SOCIAL_WORKER', 'COURT_ORDER', 'ADDRESS_PROTECTED', { type: 'COURT' }),
  question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'INVOLVEMENT', {
    home: 'HEALTH',
    agreement: false,
    relationship: 'NONE',
  }),
  question('DESIGNATED_NURSE', 'EARLY_HELP', 'HEALTH_MENTAL', {
    home: 'SOCIAL_CARE',
    consent: says('REFUSED', 'CHILD'),
  }),
  question('DESIGNATED_NURSE', 'EARLY_HELP', 'HEALTH_MENTAL', {
    home: 'SOCIAL_CARE',
    ageBand: 'UNDER_13',
    consent: says('REFUSED', 'PARENT', 'NOT_ASSESSED'),
  }),
  question('DESIGNATED_NURSE', 'CP_CONFERENCE', 'HEALTH_GENERAL', {
    home: 'SOCIAL_CARE',
    consent: says('REFUSED', 'CHILD'),
  }),
  question('GP', 'EARLY_HELP', 'HEALTH_GENERAL', { home: 'SOCIAL_CARE', harm: 'REASONABLE_CAUSE', breakGlass: true }),
  question('GP', 'EARLY_HELP', 'CORE_IDENTITY', { breakGlass: true }),
  question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'EDUCATION', { hold: 'EMBARGO', relevance: 'NOT_RELEVANT' }),
  question('SOCIAL_WORKER', 'CP_CONFERENCE', 'MANAGED_OFFENDER', {
    level: 'HEADLINE',
    relevance: 'UNDECIDED',
    conditions: true,
  }),
  question('INFORMATION_GOVERNANCE_OFFICER', 'S47_ENQUIRY', 'VICTIM_ANONYMITY'),
  question('SOCIAL_WORKER', 'SUBJECT_ACCESS', 'SOCIAL_CARE'),
  question('SOCIAL_WORKER', 'RESEARCH', 'SOCIAL_CARE'),
  question('SOCIAL_WORKER', 'POLICING', 'EDUCATION', { type: 'POLICE', consent: says('GIVEN', 'CHILD') }),
  question('SOCIAL_WORKER', 'COURT_ORDER', 'EDUCATION', { type: 'HEALTH' }),
  question('MASH_ANALYST', 'ASSESSMENT_S17', 'THIRD_PARTY', { type: 'SOCIAL_CARE', home: 'SOCIAL_CARE' }),
  ...(['HEALTH_SEXUAL', 'HEALTH_SARC', 'ADULT_JUSTICE', 'ADULT_HEALTH'] as const).flatMap((label) => [
    question('SOCIAL_WORKER', 'ASSESSMENT_S17', label, { harm: 'REASONABLE_CAUSE', level: 'HEADLINE' }),
    question('SOCIAL_WORKER', 'ASSESSMENT_S17', label, { harm: 'REASONABLE_CAUSE' }),
    question('ADULT_SERVICES_WORKER', 'MASH_ENQUIRY', label, { home: 'HEALTH' }),
  ]),
]
