import type { DecisionInput } from '../../src/policy/decisionInput.ts'
import { type Label, labels } from '../../src/policy/labels.ts'
import { typeOfRole, usualHome, usualPurpose } from '../../src/policy/usualSituation.ts'
import { type Purpose, purposes, type Role, roles } from '../../src/policy/vocabulary.ts'
import { ages, type Facts, harms, marked, question, says, voices } from './everydayQuestion.ts'
import { byRowOfPack } from './goldenQuestionsByPackRow.ts'
import {
  byAdoption,
  byAdult,
  byCapacity,
  byEpisode,
  byOrder,
  byPathOfRole,
  byPlacement,
} from './goldenQuestionsOfLaw.ts'

/**
 * What those who treat one child share: two trusts, and a practice and a trust; never sexual health, never with another
 * agency.
 */
const betweenHealth = () =>
  (['GP', 'SCHOOL_NURSE', 'CAMHS_CLINICIAN', 'DESIGNATED_NURSE'] as const).flatMap((role) =>
    (['HEALTH_GENERAL', 'HEALTH_MENTAL', 'HEALTH_SEXUAL', 'HEALTH_SARC', 'CHILD_SUBSTANCE'] as const).flatMap(
      (label) => [
        ...(['NONE', ...voices] as const).map((consent) =>
          question(role, 'DIRECT_CARE', label, { own: false, consent, ageBand: '13_TO_15' }),
        ),
        question(role, 'DIRECT_CARE', label, { own: false, ageBand: '16_TO_17', consent: says('WITHDRAWN', 'CHILD') }),
        question(role, 'DIRECT_CARE', label, { own: false, ageBand: 'UNDER_13' }),
        question(role, 'DIRECT_CARE', label, { home: 'SOCIAL_CARE' }),
        question(role, 'EARLY_HELP', label, { own: false }),
      ],
    ),
  )

/**
 * Every role at every age in every relationship, label by label in turn: what is rare must not be what nobody looked
 * at.
 */
const byAgeAndRelationship = () => {
  let turn = 0
  return roles.flatMap((role) =>
    ages.flatMap((ageBand) =>
      (['ALLOCATED', 'EPISODE', 'ON_ROLL', 'PLACED_IN_AREA', 'NONE'] as const).map((relationship) => {
        // The remainder is below the number of labels.
        const label = labels[turn++ % labels.length] as Label
        return question(role, usualPurpose[role], label, { own: false, ageBand, relationship, level: 'HEADLINE' })
      }),
    ),
  )
}

/** Every role under every sign of harm at every age, label by label in turn. */
const byHarmOfRole = () => {
  let turn = 0
  return roles.flatMap((role) =>
    harms.flatMap((harm) =>
      ages.map((ageBand) => {
        // As above.
        const label = labels[turn++ % labels.length] as Label
        return question(role, usualPurpose[role], label, { own: false, ageBand, harm, level: 'HEADLINE' })
      }),
    ),
  )
}

/** What a pack may say of the rules, each asked where it alone decides. */
const byRuleOfPack = () => [
  question('GP', 'EARLY_HELP', 'HEALTH_GENERAL', { home: 'SOCIAL_CARE', agreement: false, harm: 'REASONABLE_CAUSE' }),
  question('SOCIAL_WORKER', 'S47_ENQUIRY', 'EDUCATION', { hold: 'DETRIMENT', level: 'HEADLINE' }),
  question('SOCIAL_WORKER', 'S47_ENQUIRY', 'EDUCATION', { hold: 'DETRIMENT' }),
  question('MASH_ANALYST', 'MASH_ENQUIRY', 'THIRD_PARTY'),
  question('SOCIAL_WORKER', 'EMERGENCY', 'HEALTH_GENERAL', { level: 'HEADLINE' }),
  question('SOCIAL_WORKER', 'CP_CONFERENCE', 'CHILD_SUBSTANCE', { consent: says('EXPIRED', 'CHILD') }),
  question('MASH_ANALYST', 'MASH_ENQUIRY', 'CHILD_SUBSTANCE', { harm: 'UNKNOWN', consent: says('REFUSED', 'CHILD') }),
  question('POLICE_PUBLIC_PROTECTION', 'POLICING', 'INVOLVEMENT', { harm: 'REASONABLE_CAUSE' }),
  question('GP', 'EARLY_HELP', 'CHILD_SUBSTANCE', { own: false, ageBand: 'UNDER_13' }),
  question('DESIGNATED_NURSE', 'EARLY_HELP', 'HEALTH_SEXUAL', { own: false, ageBand: 'UNDER_13' }),
  question('MASH_ANALYST', 'EARLY_HELP', 'HEALTH_SARC', { ageBand: 'UNDER_13', level: 'HEADLINE' }),
  question('MASH_ANALYST', 'MASH_ENQUIRY', 'HEALTH_SEXUAL', { ageBand: 'UNDER_13', level: 'HEADLINE' }),
  question('POLICE_PUBLIC_PROTECTION', 'POLICING', 'HEALTH_SEXUAL', { ageBand: 'UNDER_13', level: 'HEADLINE' }),
  question('DESIGNATED_NURSE', 'CP_CONFERENCE', 'HEALTH_MENTAL', {
    own: false,
    consent: says('REFUSED', 'CHILD'),
    breakGlass: true,
  }),
  question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'CHILD_SUBSTANCE', { ageBand: 'ADULT' }),
  question('SOCIAL_WORKER', 'S47_ENQUIRY', 'CHILD_SUBSTANCE', { ageBand: 'ADULT', harm: 'REASONABLE_CAUSE' }),
  question('MISSING_COORDINATOR', 'MASH_ENQUIRY', 'ADDRESS_PROTECTED'),
  question('EARLY_HELP_WORKER', 'MASH_ENQUIRY', 'ADDRESS_PROTECTED', { own: false }),
]

/**
 * Lines that are about none of these, in turn of every age under 18 and every relationship: a rare one must not be what
 * nobody looked at. An adult is decided for apart, and has lines of their own.
 */
const inTurn = (questions: readonly DecisionInput[]): readonly DecisionInput[] =>
  questions.map((asked, at) => {
    const ageBand = (['UNDER_13', '13_TO_15', '16_TO_17'] as const)[at % 3] ?? '13_TO_15'
    const relationship = (['ALLOCATED', 'EPISODE', 'ON_ROLL'] as const)[Math.floor(at / 3) % 3] ?? 'EPISODE'
    return { ...asked, child: { ...asked.child, ageBand, relationship } }
  })

/** The questions of the golden table, family by family, always in this order. */
export function goldenQuestions(): readonly DecisionInput[] {
  return [
    ...inTurn(everyday()),
    ...byPurpose(),
    ...byConsent(),
    ...byHarmAndAge(),
    ...byMark(),
    ...closed(),
    ...inTurn(byHolderPlainly()),
    ...byTwoHolders(),
    ...betweenHealth(),
    ...byAgeAndRelationship(),
    ...byHarmOfRole(),
    ...byRuleOfPack(),
    ...byOrder(),
    ...byPlacement(),
    ...byEpisode(),
    ...byAdoption(),
    ...byCapacity(),
    ...byAdult(),
    ...inTurn(byPathOfRole()),
    ...byRowOfPack(),
  ]
}

/** Every role asks for what it usually asks, of every label. */
const everyday = () => roles.flatMap((role) => labels.map((label) => question(role, usualPurpose[role], label)))

/**
 * One reader through every purpose: a sensitive label, another person, without a relationship, in another organisation.
 */
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

/** Types of organisation that hold records of children. */
const holding = ['SOCIAL_CARE', 'HEALTH', 'EDUCATION', 'POLICE', 'ADULT'] as const

/** What one organisation marked, asked by another of its type: two authorities, two trusts, two forces. */
const betweenTwo: readonly (readonly [Role, Purpose, Label, Facts])[] = [
  ['SOCIAL_WORKER', 'ASSESSMENT_S17', 'SOCIAL_CARE', { hold: 'DETRIMENT' }],
  ['TEAM_MANAGER', 'S47_ENQUIRY', 'SOCIAL_CARE', { hold: 'DETRIMENT', harm: 'REASONABLE_CAUSE' }],
  ['RECEIVING_OFFICER', 'TRANSFER_RECEIVE', 'SOCIAL_CARE', { hold: 'DETRIMENT' }],
  ['RECEIVING_OFFICER', 'TRANSFER_RECEIVE', 'THIRD_PARTY', {}],
  ['SOCIAL_WORKER', 'EARLY_HELP', 'SOCIAL_CARE', {}],
  ['SOCIAL_WORKER', 'ASSESSMENT_S17', 'SOCIAL_CARE', { agreement: false }],
  ['SOCIAL_WORKER', 'ASSESSMENT_S17', 'SOCIAL_CARE', { relationship: 'NONE' }],
  ['SOCIAL_WORKER', 'ASSESSMENT_S17', 'SOCIAL_CARE', { relevance: 'NOT_RELEVANT' }],
  ['LEGAL_OFFICER', 'COURT_ORDER', 'LEGAL_PRIVILEGE', {}],
  ['LEGAL_OFFICER', 'PRACTICE_REVIEW', 'LEGAL_PRIVILEGE', {}],
  ['ADOPTION_WORKER', 'ASSESSMENT_S17', 'ADOPTION', {}],
  ['POLICE_PUBLIC_PROTECTION', 'POLICING', 'POLICE_INTELLIGENCE', { ncnd: true }],
  ['POLICE_PUBLIC_PROTECTION', 'POLICING', 'POLICE_INTELLIGENCE', { conditions: true }],
  ['POLICE_PUBLIC_PROTECTION', 'STRATEGY_DISCUSSION', 'POLICE_INTELLIGENCE', { conditions: true, ncnd: true }],
  ['POLICE_PUBLIC_PROTECTION', 'STRATEGY_DISCUSSION', 'POLICE_INTELLIGENCE', { conditions: true }],
  ['POLICE_PUBLIC_PROTECTION', 'POLICING', 'POLICE_RECORD', {}],
  ['GP', 'DIRECT_CARE', 'HEALTH_GENERAL', { consent: says('REFUSED', 'CHILD') }],
  ['GP', 'DIRECT_CARE', 'HEALTH_MENTAL', { consent: says('REFUSED', 'CHILD') }],
  ['GP', 'DIRECT_CARE', 'HEALTH_SEXUAL', { consent: says('REFUSED', 'CHILD') }],
  ['CAMHS_CLINICIAN', 'DIRECT_CARE', 'HEALTH_MENTAL', { consent: says('GIVEN', 'CHILD') }],
  ['DESIGNATED_SAFEGUARDING_LEAD', 'EDUCATION_SUPPORT', 'EDUCATION', {}],
  ['ADULT_SERVICES_WORKER', 'MASH_ENQUIRY', 'ADULT_HEALTH', {}],
]

/**
 * Every label, asked of each type of organisation that may hold it by each role that works in one: of their own
 * organisation's record, and of the same record held by another organisation of that type.
 */
const byHolderPlainly = () =>
  labels.flatMap((label) =>
    holding.flatMap((home) =>
      roles
        .filter((role) => typeOfRole[role] === home && (home === usualHome[label] || role === firstOf[home]))
        .flatMap((role) =>
          [true, false].map((own) => question(role, usualPurpose[role], label, { home, own, level: 'HEADLINE' })),
        ),
    ),
  )

const byTwoHolders = () =>
  betweenTwo.flatMap(([role, purpose, label, facts]) =>
    [true, false].map((own) => question(role, purpose, label, { ...facts, home: typeOfRole[role], own })),
  )

/** One role of each type, for labels that others usually hold. */
const firstOf = {
  SOCIAL_CARE: 'SOCIAL_WORKER',
  HEALTH: 'DESIGNATED_NURSE',
  EDUCATION: 'DESIGNATED_SAFEGUARDING_LEAD',
  POLICE: 'POLICE_PUBLIC_PROTECTION',
  ADULT: 'ADULT_SERVICES_WORKER',
} as const satisfies Record<(typeof holding)[number], Role>
