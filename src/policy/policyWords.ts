import type { Label } from './labels.ts'
import type { WithholdCode } from './reasonCodes.ts'

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

/** Why something is withheld, in the words of the person who is told. */
export const withholdWords: Readonly<Record<WithholdCode, string>> = {
  W_STATUTORY_PROHIBITION: 'A law forbids it',
  W_LEGAL_PRIVILEGE: 'Legally privileged',
  W_METADATA_ONLY: 'This purpose opens no record',
  W_PURPOSE_NOT_PERMITTED: 'Not shared for this purpose',
  W_ROLE_NOT_PERMITTED: 'Not shared with your role for this purpose',
  W_NO_AGREEMENT: 'No sharing agreement with your organisation',
  W_HOLDER_DETRIMENT: 'Its holder judged that sharing would do the child more harm',
  W_HOLDER_EMBARGO: 'Its holder keeps it back until a day',
  W_COURT_PROHIBITED: 'A court forbade it',
  W_NO_COURT_ORDER: 'No order of a court on record covers it',
  W_NO_RELATIONSHIP: 'Your organisation is not recorded as working with the child',
  W_NO_TRANSFER: 'The child is placed in your area, and no transfer to your authority is on record',
  W_NOT_RELEVANT: 'Its holder judged it not relevant',
  W_RELEVANCE_UNDECIDED: 'Its holder has not yet judged whether it is relevant',
  W_HANDLING_CONDITIONS: 'Its originator has to agree first',
  W_DETRIMENT_PRESUMED_SENSITIVE: 'Sensitive: its holder decides',
  W_CONSENT_REFUSED: 'Consent was refused',
  W_CONSENT_WITHDRAWN: 'Consent was withdrawn',
  W_CONSENT_EXPIRED: 'Consent has run out',
  W_CONSENT_NOT_SOUGHT: 'Consent was not sought',
  W_UNCLASSIFIED: 'Not classified by its holder',
  W_CANNOT_BE_SAID: 'Cannot be said here, of any child: ring. This tells nothing of this child',
}

/** The same of any code; one that withholds nothing as it is. */
export const withholdInWords = (code: string): string =>
  // Keys of the table are all there are.
  Object.hasOwn(withholdWords, code) ? withholdWords[code as WithholdCode] : code
