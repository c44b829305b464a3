import { type Purpose, type PurposePath, pathOfPurpose } from '../../src/policy/vocabulary.ts'
import { inWords } from './codes.ts'

interface PurposeWords {
  readonly name: string
  /** The law or guidance on which it stands, as the person should be able to say it aloud. */
  readonly law: string
}

const words: Readonly<Record<Purpose, PurposeWords>> = {
  EMERGENCY: { name: 'Immediate danger', law: 'Children Act 1989 ss.44 and 46; UK GDPR Art 6(1)(d)' },
  S47_ENQUIRY: { name: 'Section 47 enquiry', law: 'Children Act 1989 s.47' },
  STRATEGY_DISCUSSION: { name: 'Strategy discussion', law: 'Children Act 1989 s.47; Working Together 2023 ch.3' },
  MISSING_RESPONSE: {
    name: 'Response to a missing child',
    law: 'Children Act 2004 s.11; statutory guidance on missing children',
  },
  MASH_ENQUIRY: { name: 'MASH enquiry', law: 'Children Act 2004 ss.10 and 11' },
  ASSESSMENT_S17: { name: 'Section 17 assessment', law: 'Children Act 1989 s.17' },
  CP_CONFERENCE: { name: 'Child protection conference', law: 'Children Act 1989 s.47; Working Together 2023 ch.3' },
  CLA_REVIEW: { name: 'Looked-after review', law: 'Children Act 1989 s.26; Care Planning Regulations 2010' },
  TRANSFER_SEND: { name: 'Sending a transfer', law: 'Children Act 2004 s.10; Working Together 2023' },
  TRANSFER_RECEIVE: { name: 'Receiving a transfer', law: 'Children Act 2004 s.10; Working Together 2023' },
  DOMESTIC_ABUSE_NOTICE: {
    name: 'Notice of domestic abuse',
    law: 'Children Act 2004 s.11; Domestic Abuse Act 2021 s.3',
  },
  PRACTICE_REVIEW: { name: 'Practice review', law: 'Children Act 2004 ss.16B to 16H' },
  COURT_ORDER: { name: 'Order of a court', law: 'The order itself' },
  EARLY_HELP: { name: 'Early help', law: 'Children Act 2004 s.10, with consent' },
  DIRECT_CARE: { name: 'Direct care', law: 'Common law of confidence, with consent' },
  EDUCATION_SUPPORT: { name: 'Support in education', law: 'Education Act 2002 s.175, with consent' },
  DAY_TO_DAY_CARE: {
    name: 'Day-to-day care',
    law: 'Care Planning Regulations 2010 reg 9; Children’s Homes Regulations 2015',
  },
  LEAVING_CARE: { name: 'Leaving care', law: 'Children Act 1989 ss.23C to 24D, with consent' },
  ADULT_SAFEGUARDING: { name: 'Safeguarding of an adult', law: 'Care Act 2014 ss.42 to 45' },
  POLICING: { name: 'Policing', law: 'Data Protection Act 2018 Part 3' },
  AUDIT: { name: 'Audit', law: 'UK GDPR Arts 5(2) and 32' },
  SUBJECT_ACCESS: { name: 'Subject access', law: 'UK GDPR Art 15' },
  RESEARCH: { name: 'Research', law: 'UK GDPR Art 89' },
}

/** What choosing a purpose of a path changes, told before it is chosen. */
const effects: Readonly<Record<PurposePath, string>> = {
  HARM: 'Consent is not consulted. Opens what protects a child from significant harm.',
  DUTY: 'Consent is not consulted, except for sensitive services, whose holder decides.',
  COURT: 'Opens what the order names.',
  CONSENT: 'Consent decides: what was refused or never asked for stays closed.',
  ADULT: 'Opens what an enquiry about an adult of 18 or over needs. Their refusal of a sensitive service is heard.',
  POLICING: 'Opens the force’s own records, for policing.',
  METADATA: 'Opens no record: only who looked, why, and under which rule.',
  CLOSED: 'Opens no child’s page.',
}

export interface PurposeShown extends PurposeWords {
  readonly code: Purpose
  readonly effect: string
}

export const purposeShown = (code: Purpose): PurposeShown => ({
  code,
  ...words[code],
  effect: effects[pathOfPurpose[code]],
})

/** A purpose by its code, as an answer or a log names it. */
export const purposeName = (code: string): string =>
  Object.hasOwn(words, code) ? words[code as Purpose].name : inWords(code)
