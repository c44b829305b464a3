import { labels } from '../../src/policy/labels.ts'
import { usualPurpose } from '../../src/policy/usualSituation.ts'
import { roles } from '../../src/policy/vocabulary.ts'
import { ages, marked, question, says } from './everydayQuestion.ts'

/** Orders of courts: on record or said, against every mark, for every kind of record; and what a court forbade. */
export const byOrder = () => [
  ...labels.map((label) => question('SOCIAL_WORKER', 'COURT_ORDER', label, { own: false, ordered: true })),
  ...labels.map((label) => question('GP', 'COURT_ORDER', label, { own: false, ordered: true, relationship: 'NONE' })),
  ...marked.map((facts) => question('SOCIAL_WORKER', 'COURT_ORDER', 'EDUCATION', { ...facts, ordered: true })),
  ...marked.map((facts) => question('CHILDRENS_GUARDIAN', 'COURT_ORDER', 'SOCIAL_CARE', { ...facts, ordered: true })),
  ...(['LEGAL_OFFICER', 'CHILDRENS_GUARDIAN', 'POLICE_PUBLIC_PROTECTION'] as const).flatMap((role) =>
    (['SOCIAL_CARE', 'COURT_CONFIDENTIAL', 'LEGAL_PRIVILEGE', 'ADOPTION'] as const).flatMap((label) =>
      [true, false].map((ordered) => question(role, 'COURT_ORDER', label, { ordered })),
    ),
  ),
  ...(['S47_ENQUIRY', 'EMERGENCY', 'COURT_ORDER', 'CP_CONFERENCE'] as const).flatMap((purpose) =>
    (['HEADLINE', 'CONTENT'] as const).flatMap((level) => [
      question('SOCIAL_WORKER', purpose, 'EDUCATION', { hold: 'COURT_PROHIBITED', level }),
      question('SOCIAL_WORKER', purpose, 'EDUCATION', { hold: 'COURT_PROHIBITED', level, ordered: true }),
      question('SOCIAL_WORKER', purpose, 'SOCIAL_CARE', { hold: 'COURT_PROHIBITED', level, breakGlass: true }),
      question('SOCIAL_WORKER', purpose, 'SOCIAL_CARE', {
        hold: 'COURT_PROHIBITED',
        level,
        own: false,
        breakGlass: true,
      }),
    ]),
  ),
  question('SOCIAL_WORKER', 'S47_ENQUIRY', 'EDUCATION', { hold: 'DETRIMENT', holdKnewOfHarm: true }),
  question('MASH_ANALYST', 'MASH_ENQUIRY', 'EDUCATION', { hold: 'COURT_PROHIBITED', relationship: 'NONE' }),
  question('INFORMATION_GOVERNANCE_OFFICER', 'AUDIT', 'EDUCATION', { hold: 'COURT_PROHIBITED' }),
  question('DESIGNATED_SAFEGUARDING_LEAD', 'CP_CONFERENCE', 'HEALTH_SARC', { hold: 'COURT_PROHIBITED' }),
  question('CHILDRENS_GUARDIAN', 'COURT_ORDER', 'HEALTH_GENERAL', {
    ordered: true,
    consent: says('REFUSED', 'CHILD'),
    agreement: false,
  }),
]

/**
 * A child whom another authority placed in the caller's area, of whom no transfer is on record: every kind of record
 * for who would receive one, and the headline of the case for all who ask there.
 */
export const byPlacement = () => [
  ...labels.flatMap((label) =>
    (['HEADLINE', 'CONTENT'] as const).map((level) =>
      question('RECEIVING_OFFICER', 'TRANSFER_RECEIVE', label, {
        relationship: 'PLACED_IN_AREA',
        level,
        own: false,
        harm: 'REASONABLE_CAUSE',
      }),
    ),
  ),
  ...(['RECEIVING_OFFICER', 'SOCIAL_WORKER', 'TEAM_MANAGER', 'REVIEWING_OFFICER', 'MASH_ANALYST'] as const).flatMap(
    (role) =>
      (
        ['TRANSFER_RECEIVE', 'CLA_REVIEW', 'ASSESSMENT_S17', 'S47_ENQUIRY', 'EARLY_HELP', 'COURT_ORDER'] as const
      ).flatMap((purpose) => [
        question(role, purpose, 'SOCIAL_CARE', { relationship: 'PLACED_IN_AREA', own: false, level: 'HEADLINE' }),
        question(role, purpose, 'SOCIAL_CARE', { relationship: 'PLACED_IN_AREA', own: false }),
        question(role, purpose, 'ADDRESS_PROTECTED', { relationship: 'PLACED_IN_AREA', own: false }),
      ]),
  ),
  ...[true, false].map((breakGlass) =>
    question('SOCIAL_WORKER', 'CLA_REVIEW', 'EDUCATION', { relationship: 'PLACED_IN_AREA', breakGlass }),
  ),
  question('SOCIAL_WORKER', 'EARLY_HELP', 'HEALTH_GENERAL', {
    relationship: 'PLACED_IN_AREA',
    consent: says('GIVEN', 'PARENT'),
    ageBand: 'UNDER_13',
  }),
  question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'SOCIAL_CARE', { relationship: 'PLACED_IN_AREA', own: true }),
  question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'SOCIAL_CARE', {
    relationship: 'PLACED_IN_AREA',
    own: false,
    level: 'HEADLINE',
    hold: 'DETRIMENT',
  }),
  question('SOCIAL_WORKER', 'ASSESSMENT_S17', 'EDUCATION', {
    relationship: 'PLACED_IN_AREA',
    hold: 'COURT_PROHIBITED',
  }),
]

/** A child who is missing, or of whom no episode is known. */
export const byEpisode = () =>
  (['SOCIAL_WORKER', 'MASH_ANALYST', 'MISSING_COORDINATOR', 'CARE_WORKER', 'OUT_OF_HOURS_WORKER'] as const).flatMap(
    (role) =>
      (['SUPPORTED', 'UNSUPPORTED'] as const).flatMap((missing) => [
        ...(['ADULT_HEALTH', 'THIRD_PARTY', 'HEALTH_SEXUAL', 'HEALTH_MENTAL', 'POLICE_INTELLIGENCE'] as const).flatMap(
          (label) =>
            (['HEADLINE', 'CONTENT'] as const).map((level) =>
              question(role, 'MISSING_RESPONSE', label, { missing, level }),
            ),
        ),
        question(role, 'MISSING_RESPONSE', 'SOCIAL_CARE', { missing, level: 'HEADLINE', own: false }),
        question(role, 'MISSING_RESPONSE', 'HEALTH_GENERAL', { missing, level: 'HEADLINE', ageBand: 'ADULT' }),
        question(role, 'STRATEGY_DISCUSSION', 'HEALTH_GENERAL', { missing, level: 'HEADLINE' }),
        question(role, 'MISSING_RESPONSE', 'CHILD_SUBSTANCE', {
          missing,
          level: 'HEADLINE',
          consent: says('REFUSED', 'CHILD'),
        }),
      ]),
  )

/** Before the order it is the case's own; afterwards the adoption team's. */
export const byAdoption = () =>
  (
    ['SOCIAL_WORKER', 'TEAM_MANAGER', 'REVIEWING_OFFICER', 'ADOPTION_WORKER', 'RECEIVING_OFFICER', 'GP'] as const
  ).flatMap((role) =>
    [true, false].flatMap((placedForAdoption) =>
      [true, false].flatMap((own) => [
        question(role, usualPurpose[role], 'ADOPTION', { placedForAdoption, own }),
        question(role, usualPurpose[role], 'SOCIAL_CARE', { placedForAdoption, own }),
      ]),
    ),
  )

/**
 * Who may give, at each age: those with parental responsibility, and a decision in the young person's best interests.
 */
export const byCapacity = () =>
  (['AUTHORITY', 'SPECIAL_GUARDIAN', 'ADOPTER', 'BEST_INTERESTS'] as const).flatMap((giver) =>
    (['GIVEN', 'REFUSED'] as const).flatMap((state) =>
      ages.flatMap((ageBand) =>
        (['COMPETENT', 'NOT_COMPETENT'] as const).map((competence) =>
          question('GP', 'EARLY_HELP', 'HEALTH_GENERAL', {
            home: 'SOCIAL_CARE',
            ageBand,
            consent: says(state, giver, competence),
          }),
        ),
      ),
    ),
  )

/** From 18 on. */
export const byAdult = () =>
  (['ADULT_SERVICES_WORKER', 'PERSONAL_ADVISER', 'SOCIAL_WORKER'] as const).flatMap((role) =>
    (['SOCIAL_CARE', 'HEALTH_MENTAL', 'CHILD_SUBSTANCE', 'POLICE_RECORD', 'ADULT_HEALTH'] as const).flatMap((label) => [
      ...ages.map((ageBand) => question(role, 'ADULT_SAFEGUARDING', label, { ageBand, level: 'HEADLINE', own: false })),
      ...([says('REFUSED', 'CHILD'), says('REFUSED', 'CHILD', 'NOT_COMPETENT'), says('GIVEN', 'CHILD')] as const).map(
        (consent) =>
          question(role, 'ADULT_SAFEGUARDING', label, { ageBand: 'ADULT', level: 'HEADLINE', own: false, consent }),
      ),
      question(role, 'ADULT_SAFEGUARDING', label, {
        ageBand: 'ADULT',
        level: 'HEADLINE',
        own: false,
        agreement: false,
        harm: 'REASONABLE_CAUSE',
      }),
      ...(['NONE', says('GIVEN', 'CHILD'), says('REFUSED', 'CHILD')] as const).map((consent) =>
        question(role, 'LEAVING_CARE', label, { ageBand: 'ADULT', level: 'HEADLINE', own: false, consent }),
      ),
    ]),
  )

/** Every role on the harm path, on duty and by consent, for the records that are asked about first. */
export const byPathOfRole = () =>
  roles.flatMap((role) =>
    (['STRATEGY_DISCUSSION', 'CP_CONFERENCE', 'EARLY_HELP', 'PRACTICE_REVIEW', 'DAY_TO_DAY_CARE'] as const).flatMap(
      (purpose) =>
        (['SOCIAL_CARE', 'HEALTH_MENTAL', 'THIRD_PARTY'] as const).map((label) =>
          question(role, purpose, label, { own: false, level: 'HEADLINE' }),
        ),
    ),
  )
