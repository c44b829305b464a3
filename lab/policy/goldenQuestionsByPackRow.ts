import type { Label } from '../../src/policy/labels.ts'
import type { Purpose, Role } from '../../src/policy/vocabulary.ts'
import { type Facts, question } from './everydayQuestion.ts'

/**
 * One line for each row of a pack that no other line depends on: the row wrong in one place (another level, every
 * purpose, not on harm) decides this line otherwise.
 */
const asked: readonly (readonly [Role, Purpose, Label, Facts])[] = [
  [
    'SOCIAL_WORKER',
    'S47_ENQUIRY',
    'INVOLVEMENT',
    { level: 'HEADLINE', own: false, ageBand: 'ADULT', agreement: false, relationship: 'NONE' },
  ],
  [
    'MISSING_COORDINATOR',
    'MASH_ENQUIRY',
    'ADDRESS_PROTECTED',
    { level: 'CONTENT', own: false, harm: 'REASONABLE_CAUSE' },
  ],
  ['DESIGNATED_NURSE', 'EARLY_HELP', 'INVOLVEMENT', { level: 'CONTENT', own: false, harm: 'REASONABLE_CAUSE' }],
  ['QUALITY_ASSURANCE_OFFICER', 'EMERGENCY', 'INVOLVEMENT', { level: 'HEADLINE', own: false }],
  ['CAMHS_CLINICIAN', 'EARLY_HELP', 'SOCIAL_CARE', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['ADULT_SERVICES_WORKER', 'ADULT_SAFEGUARDING', 'SOCIAL_CARE', { level: 'CONTENT', own: false, ageBand: 'ADULT' }],
  ['GP', 'EARLY_HELP', 'EDUCATION', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['QUALITY_ASSURANCE_OFFICER', 'EMERGENCY', 'EDUCATION', { level: 'HEADLINE', own: false }],
  ['CARE_WORKER', 'S47_ENQUIRY', 'HEALTH_GENERAL', { level: 'CONTENT', own: true, ageBand: 'ADULT' }],
  ['YOUTH_JUSTICE_WORKER', 'EARLY_HELP', 'HEALTH_GENERAL', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['REVIEW_AUTHOR', 'EMERGENCY', 'HEALTH_GENERAL', { level: 'HEADLINE', own: true }],
  ['QUALITY_ASSURANCE_OFFICER', 'EMERGENCY', 'HEALTH_GENERAL', { level: 'HEADLINE', own: false }],
  ['ADULT_SERVICES_WORKER', 'ADULT_SAFEGUARDING', 'HEALTH_GENERAL', { level: 'CONTENT', own: false, ageBand: 'ADULT' }],
  ['SOCIAL_WORKER', 'ASSESSMENT_S17', 'HEALTH_MENTAL', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  [
    'DESIGNATED_SAFEGUARDING_LEAD',
    'MASH_ENQUIRY',
    'HEALTH_MENTAL',
    { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' },
  ],
  ['REVIEW_AUTHOR', 'EMERGENCY', 'HEALTH_MENTAL', { level: 'HEADLINE', own: true }],
  ['ADULT_SERVICES_WORKER', 'ADULT_SAFEGUARDING', 'HEALTH_MENTAL', { level: 'CONTENT', own: false, ageBand: 'ADULT' }],
  ['CARE_WORKER', 'EMERGENCY', 'CHILD_SUBSTANCE', { level: 'CONTENT', own: true }],
  [
    'MISSING_COORDINATOR',
    'MASH_ENQUIRY',
    'CHILD_SUBSTANCE',
    { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' },
  ],
  ['QUALITY_ASSURANCE_OFFICER', 'EMERGENCY', 'CHILD_SUBSTANCE', { level: 'HEADLINE', own: false }],
  [
    'ADULT_SERVICES_WORKER',
    'ADULT_SAFEGUARDING',
    'CHILD_SUBSTANCE',
    { level: 'CONTENT', own: false, ageBand: 'ADULT' },
  ],
  ['DESIGNATED_NURSE', 'EARLY_HELP', 'POLICE_RECORD', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['YOUTH_JUSTICE_WORKER', 'ADULT_SAFEGUARDING', 'POLICE_RECORD', { level: 'HEADLINE', own: false, ageBand: 'ADULT' }],
  ['YOUTH_JUSTICE_WORKER', 'EARLY_HELP', 'POLICE_RECORD', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['QUALITY_ASSURANCE_OFFICER', 'EMERGENCY', 'POLICE_RECORD', { level: 'HEADLINE', own: false }],
  ['ADULT_SERVICES_WORKER', 'ADULT_SAFEGUARDING', 'POLICE_RECORD', { level: 'CONTENT', own: false, ageBand: 'ADULT' }],
  ['SOCIAL_WORKER', 'MASH_ENQUIRY', 'POLICE_INTELLIGENCE', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['MISSING_COORDINATOR', 'S47_ENQUIRY', 'MANAGED_OFFENDER', { level: 'CONTENT', own: false, ageBand: 'ADULT' }],
  [
    'MISSING_COORDINATOR',
    'MASH_ENQUIRY',
    'MANAGED_OFFENDER',
    { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' },
  ],
  [
    'PROBATION_PRACTITIONER',
    'EARLY_HELP',
    'MANAGED_OFFENDER',
    { level: 'HEADLINE', own: true, harm: 'REASONABLE_CAUSE' },
  ],
  [
    'PROBATION_PRACTITIONER',
    'ADULT_SAFEGUARDING',
    'MANAGED_OFFENDER',
    { level: 'HEADLINE', own: false, ageBand: 'ADULT' },
  ],
  ['MISSING_COORDINATOR', 'MASH_ENQUIRY', 'DOMESTIC_ABUSE', { level: 'HEADLINE', own: false }],
  [
    'MISSING_COORDINATOR',
    'MASH_ENQUIRY',
    'DOMESTIC_ABUSE',
    { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' },
  ],
  ['DESIGNATED_NURSE', 'EARLY_HELP', 'DOMESTIC_ABUSE', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['FAMILY_HELP_LEAD', 'EARLY_HELP', 'DOMESTIC_ABUSE', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['QUALITY_ASSURANCE_OFFICER', 'EMERGENCY', 'DOMESTIC_ABUSE', { level: 'HEADLINE', own: false }],
  ['ADULT_SERVICES_WORKER', 'ADULT_SAFEGUARDING', 'DOMESTIC_ABUSE', { level: 'CONTENT', own: false, ageBand: 'ADULT' }],
  ['SOCIAL_WORKER', 'EARLY_HELP', 'THIRD_PARTY', { level: 'CONTENT', own: false, harm: 'REASONABLE_CAUSE' }],
  ['MASH_ANALYST', 'TRANSFER_SEND', 'COURT_CONFIDENTIAL', { level: 'CONTENT', own: false }],
  ['MASH_ANALYST', 'EARLY_HELP', 'COURT_CONFIDENTIAL', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['DESIGNATED_SAFEGUARDING_LEAD', 'EDUCATION_SUPPORT', 'COURT_CONFIDENTIAL', { level: 'HEADLINE', own: false }],
  ['DESIGNATED_SAFEGUARDING_LEAD', 'EDUCATION_SUPPORT', 'COURT_CONFIDENTIAL', { level: 'CONTENT', own: false }],
  ['DESIGNATED_SAFEGUARDING_LEAD', 'EARLY_HELP', 'COURT_CONFIDENTIAL', { level: 'HEADLINE', own: false }],
  [
    'YOUTH_JUSTICE_WORKER',
    'ADULT_SAFEGUARDING',
    'VICTIM_ANONYMITY',
    { level: 'HEADLINE', own: false, ageBand: 'ADULT' },
  ],
  [
    'YOUTH_JUSTICE_WORKER',
    'EARLY_HELP',
    'VICTIM_ANONYMITY',
    { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' },
  ],
  ['QUALITY_ASSURANCE_OFFICER', 'EMERGENCY', 'VICTIM_ANONYMITY', { level: 'HEADLINE', own: false }],
  ['DESIGNATED_NURSE', 'EARLY_HELP', 'EQUALITY', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['SOCIAL_WORKER', 'MASH_ENQUIRY', 'CHILD_CONFIDENCE', { level: 'HEADLINE', own: false, harm: 'REASONABLE_CAUSE' }],
  ['MASH_ANALYST', 'ADULT_SAFEGUARDING', 'INVOLVEMENT', { level: 'HEADLINE', own: false, ageBand: 'ADULT' }],
  [
    'SOCIAL_WORKER',
    'ADULT_SAFEGUARDING',
    'INVOLVEMENT',
    { level: 'HEADLINE', own: false, ageBand: 'ADULT', agreement: false, relationship: 'NONE' },
  ],
]

export const byRowOfPack = () => asked.map(([role, purpose, label, facts]) => question(role, purpose, label, facts))
