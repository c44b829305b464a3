import { withholdWords } from '../../src/policy/policyWords.ts'
import { type CodeSetName, codeWords } from '../../src/sources/codeWords.ts'

type CodeSet = Readonly<Record<string, string>>

/** Codes of the published returns and of this schema, in words. The code itself is always shown beside them. */
const anywhere: CodeSet = {
  CHILDRENS_SOCIAL_CARE: "Children's social care",
  HEALTH_GP: 'General practice',
  HEALTH_ACUTE: 'Hospital and urgent care',
  HEALTH_COMMUNITY: 'Community and school nursing',
  HEALTH_MENTAL_HEALTH: 'Child and adolescent mental health',
  HEALTH_SARC: 'Sexual assault referral centre',
  CHILDRENS_HOME: "Children's home",
  SUBSTANCE_SERVICE: 'Drug and alcohol service',
  VOLUNTARY: 'Voluntary sector',
  CLA_REVIEW: 'Looked-after review',
  LOOKED_AFTER_NURSE: 'Looked-after nurse',
  S47_ENQUIRY: 'Section 47 enquiry',
  S47_IN_PROGRESS: 'Section 47 enquiry under way',
  ASSESSMENT_S17: 'Section 17 assessment',
  ICPC: 'Initial child protection conference',
  REVIEW_CONFERENCE: 'Review child protection conference',
  MISSING_STRATEGY: 'Missing strategy meeting',
  CIN_MEETING: 'Child in need meeting',
  CHILD_IN_NEED: 'Child in need',
  CP_TRANSFER_IN: 'Child protection plan transferred in',
  CP_TEMPORARY: 'Child protection plan, temporary stay',
  CIN_TRANSFER: 'Child in need moves',
  CLA_PLACED_OUT: 'Looked-after child placed in another area',
  CLA_RESPONSIBILITY: 'Care taken over by another authority',
  CARE_LEAVER: 'Care leaver',
  EHC_ONLY: 'Education, health and care plan only',
  EDUCATION_ONLY: 'School change only',
  UNBORN: 'Unborn child on a plan',
  CIVIL_ORDER: 'Civil order',
  TEAM_TEACH: 'Team Teach',
  PRICE: 'PRICE',
  CHILD: 'The child',
  NEGLECT: 'Neglect',
  CSE: 'Child sexual exploitation',
  RHI_OVERDUE: 'Return home interview overdue',
  WNB_PATTERN: 'Not brought to appointments',
  EHE_WITHDRAWAL_DURING_S47: 'Withdrawn to be taught at home during a section 47 enquiry',
  SELF_HARM_NO_MH_REFERRAL: 'Self-harm without a mental health referral',
  REESCALATION_WITHIN_6M: 'Referred again within six months',
  NON_CARE_PLACEMENT_3M: 'Placed outside care for three months',
  REFERRAL_FEEDBACK_OVERDUE: 'The referrer has not been told the outcome',
  PARTNER_NO_REPLY: 'A partner has not replied',
  CO_MISSING: 'Missing together with another child',
  CROSS_BOUNDARY_INVITEE_MISSING: 'Agencies of the other area were not invited',
  SHARE_LAG: 'The police told social care late',
  TRIGGER_PLAN_ABSENT: 'No trigger plan',
  KIN_PLACEMENT_UNASSESSED: 'Placement with relatives or friends not assessed',
  AGENCY_NON_PARTICIPATION: 'An agency does not take part',
  NOT_IN_SCHOOL_GAP: 'Out of school',
}

export const codeSets = {
  anywhere,
  /** Codes of the published returns, as records and reports say them. */
  ...codeWords,
  missingKind: { M: 'Missing: whereabouts unknown', A: 'Away without authorisation: whereabouts known' },
  scheme: { NHS_NUMBER: 'NHS number', UPN: 'Unique pupil number', LA_CHILD_ID: 'Local authority child number' },
  identityField: {
    given: 'Given name',
    family: 'Family name',
    birth: 'Date of birth',
    address: 'Address',
    sex: 'Sex',
    nhs: 'NHS number',
    upn: 'Unique pupil number',
    middle: 'Middle name',
  },
  identityReason: {
    NOT_SURE_ENOUGH: 'It is not sure enough that this is one child.',
    POSSIBLE_DUPLICATE: 'Two children on file may be one.',
    RESOLVE: 'A record may be of a child who is known already.',
  },
  returnInterview: {
    NOT_DUE: 'Not due yet',
    OVERDUE: 'Overdue: none held in 72 hours',
    DECLINED: 'Offered, declined',
    HELD: 'Held',
    NOT_OFFERED: 'Not offered',
    NOT_KNOWN: 'Not known',
  },
  /** What a disclosure brings for somebody to do. */
  obligation: {
    RAISE_S47_PROMPT: 'Ask whether a section 47 enquiry is needed',
    RECORD_OVERRIDE_REASON: 'Record why a refusal of consent was set aside',
    INFORM_CHILD_UNLESS_UNSAFE: 'Tell the child or family what was shared, unless that is unsafe',
    ESCALATE_TO_HOLDER: 'Escalate the holder’s decision',
    HOLDER_TO_DECIDE: 'The holder decides whether to disclose',
    QUEUE_FOR_HOLDER: 'The holder decides whether a record is relevant',
    ALERT_PRIVACY_OFFICER: 'Information governance reviews the break-glass session',
    NOTIFY_RESPONSIBLE_LA: 'Notify the responsible authority',
    HANDLING: 'Nothing goes further without the originator',
    DO_NOT_SHARE_WITH: 'Not to be shared with the family or a named person',
    REVIEW_BY: 'Review a decision by a day',
    SHOW_FACT_OPINION: 'Keep fact and opinion apart',
    CHASE_MISSING_AGENCY: 'Ask an agency again that did not answer',
    REVIEW_AGREEMENT: 'Review the sharing agreement: none was on file',
    ON_CALL_NOW: 'Who is on call for the holder decides now',
    CONFIRM_EMERGENCY: 'A manager confirms that there was an emergency',
    REVIEW_BARRED_LOOK: 'Somebody barred by a conflict of interest looked for the child',
    RECORD_MISSING_EPISODE: 'Put the missing episode on record',
    TELL_HOLDER_OF_CONSENT: 'A consent opened a record of yours: look whether it stands',
    TELL_HOLDER_OF_ORDER: 'A record of yours was disclosed under an order of a court',
  },
  /** Why something is withheld, in the words of the person who is told. */
  withheldReason: {
    ...withholdWords,
    W_TOKEN_SCOPE: 'Your access was issued for other categories',
    NOT_RECORDED: 'Counted, and not recorded one by one',
    NOT_READABLE: 'Something came that could not be read',
    R_THIRD_PARTY_PSEUDONYMISED: 'Other people are shown without their names',
    R_LOCATION_COARSENED: 'Places are shown by area alone',
  },
} as const satisfies Readonly<Record<string, CodeSet>> as Readonly<
  Record<
    | CodeSetName
    | 'anywhere'
    | 'missingKind'
    | 'scheme'
    | 'identityField'
    | 'identityReason'
    | 'returnInterview'
    | 'obligation'
    | 'withheldReason',
    CodeSet
  >
>
