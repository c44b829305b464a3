import type { Obligation, ReasonCode } from './codes.ts'
import type { Situation } from './input.ts'
import { decidedByChild, validGiver } from './validConsent.ts'

export interface Rule {
  readonly id: string
  readonly code: ReasonCode | ((situation: Situation) => ReasonCode)
  readonly outcome: 'PERMIT' | 'REDACT' | 'WITHHOLD' | 'SILENT'
  readonly when: (situation: Situation) => boolean
  readonly legalBasis: string
  /** The rule in words, for whoever asks why. */
  readonly text: string
  readonly obligations?: (situation: Situation) => readonly Obligation[]
}

const blockedOnDuty = new Set(['REFUSED', 'WITHDRAWN', 'EXPIRED'])

/** A refusal by someone who could give consent: never a block where consent is not asked, yet a reason to record why it was set aside. */
const refusalOnFile = ({ consent, child }: Situation): readonly Obligation[] =>
  consent !== 'NONE' &&
  (consent.state === 'REFUSED' || consent.state === 'WITHDRAWN') &&
  validGiver(consent, child.ageBand)
    ? ['RECORD_OVERRIDE_REASON', 'INFORM_CHILD_UNLESS_UNSAFE']
    : []

/** A section 47 purpose without a section 47 record is not lowered: consent would come back in by that door. It is questioned instead. */
const unsupportedHarm = (situation: Situation): readonly Obligation[] => [
  ...(situation.reasonableCause ? [] : (['RAISE_S47_PROMPT'] as const)),
  ...refusalOnFile(situation),
]

const dutyBasis =
  'Children Act 2004 ss.10 and 11 (s.16LA where the pack says it is in force); UK GDPR Art 6(1)(c) and (e); DPA 2018 Sch 1 para 18.'

/**
 * The ordered rules; the first whose `when` holds decides. What the list of a label gives a role (`accessOf`) is part of
 * rules 6 and 11: a home agency's own record sets agreement, holds and consent aside, never the list, so that a school
 * nurse does not read a colleague's record of a sexual assault referral centre. A block on a label whose existence is
 * hidden from the role becomes silent in `decide`.
 */
export const rules: readonly Rule[] = [
  {
    id: '1',
    code: 'W_STATUTORY_PROHIBITION',
    outcome: 'WITHHOLD',
    when: (s) =>
      s.policy.class === 'STATUTORY' && s.path !== 'COURT' && !(s.ownRecord && s.listed) && s.path !== 'METADATA',
    legalBasis: 'Adoption and Children Act 2002 ss.56 to 65.',
    text: 'Statute prohibits disclosure outside the team that it names; only a court can order it.',
  },
  {
    id: '2',
    code: 'W_LEGAL_PRIVILEGE',
    outcome: 'WITHHOLD',
    when: (s) => s.policy.class === 'PRIVILEGE' && !(s.ownRecord && s.listed) && s.path !== 'METADATA',
    legalBasis: 'Legal professional privilege; DPA 2018 Sch 2 para 19.',
    text: 'Legal advice never leaves the legal team of the authority that took it.',
  },
  {
    id: '3',
    code: 'S_NCND',
    outcome: 'SILENT',
    when: (s) => s.row.ncnd && !s.isHome,
    legalBasis: 'DPA 2018 s.45(4) and (5): neither confirm nor deny.',
    text: 'The holder neither confirms nor denies that such a record exists.',
  },
  {
    id: '4',
    code: 'W_METADATA_ONLY',
    outcome: 'WITHHOLD',
    when: (s) => s.path === 'METADATA',
    legalBasis: 'UK GDPR Art 5(1)(b) and (2): accountability needs who, when and why, not what.',
    text: 'An auditor sees who read what kind of record, when and why, and never the record.',
  },
  {
    id: '5',
    code: 'W_PURPOSE_NOT_PERMITTED',
    outcome: 'WITHHOLD',
    when: (s) => s.path === 'CLOSED',
    legalBasis: 'UK GDPR Arts 15 and 89: subject access and research have their own doors.',
    text: 'Subject access and research are answered elsewhere, under disclosure control.',
  },
  {
    id: '6',
    code: 'OK_OWN_RECORD',
    outcome: 'PERMIT',
    when: (s) => s.ownRecord && s.listed,
    legalBasis: 'UK GDPR Art 6(1)(e) and Art 9(2)(h): an agency working with its own record.',
    text: 'The agency whose record this is works with the child, and the role reads this kind of record.',
  },
  {
    id: '7',
    code: 'W_NO_AGREEMENT',
    outcome: 'WITHHOLD',
    when: (s) => !s.child.agreement && s.path !== 'COURT' && s.caller.purpose !== 'EMERGENCY' && !s.child.breakGlass,
    legalBasis: 'UK GDPR Arts 24 and 26; ICO data sharing code of practice.',
    text: 'No sharing agreement with this organisation is in force.',
  },
  {
    id: '8',
    code: 'W_HOLDER_DETRIMENT',
    outcome: 'WITHHOLD',
    when: (s) => s.row.hold === 'DETRIMENT',
    legalBasis:
      'Children Act 2004 s.16LA(3) in substance; DPA 2018 Sch 3 para 5: the holder judged disclosure the greater harm.',
    text: 'The holder recorded that disclosure would be more detrimental to the child. Nobody else overrides it; it is escalated.',
    obligations: () => ['ESCALATE_TO_HOLDER'],
  },
  {
    id: '9',
    code: 'W_HOLDER_EMBARGO',
    outcome: 'WITHHOLD',
    when: (s) => s.row.hold === 'EMBARGO' && !s.harmPath,
    legalBasis: 'Common-law duty of confidence; holder embargo with an end.',
    text: 'The holder withholds this until a day. Harm lifts it at once.',
  },
  {
    id: '10',
    code: 'W_NO_RELATIONSHIP',
    outcome: 'WITHHOLD',
    when: (s) =>
      s.child.relationship === 'NONE' && !s.child.breakGlass && s.pack.purposes[s.caller.purpose].needsRelationship,
    legalBasis: 'UK GDPR Art 5(1)(b) and (c); Caldicott principle 4: access on a need to know.',
    text: 'The organisation has no relationship with the child.',
  },
  {
    id: '11a',
    code: 'W_PURPOSE_NOT_PERMITTED',
    outcome: 'WITHHOLD',
    when: (s) => !s.pack.purposes[s.caller.purpose].openTo.includes(s.caller.agencyType),
    legalBasis: 'UK GDPR Art 5(1)(b): purpose limitation.',
    text: 'This purpose is not open to this type of organisation.',
  },
  {
    id: '11b',
    code: (s) => (s.access.otherPurpose ? 'W_PURPOSE_NOT_PERMITTED' : 'W_ROLE_NOT_PERMITTED'),
    outcome: 'WITHHOLD',
    // A third person's identity is opened by a headline too: rule 14 then gives a pseudonym in its place.
    when: (s) => !s.listed && !(s.policy.class === 'THIRD_PARTY' && s.access.headline),
    legalBasis: 'Working Together 2023; UK GDPR Art 5(1)(c): only what the role needs.',
    text: 'The label table does not give this role this much of this kind of record for this purpose.',
  },
  {
    id: '12a',
    code: 'W_NOT_RELEVANT',
    outcome: 'WITHHOLD',
    when: (s) => s.row.relevance === 'NOT_RELEVANT',
    legalBasis: 'UK GDPR Art 5(1)(c); information sharing advice, golden rule 6.',
    text: 'The holder judged the record not relevant.',
  },
  {
    id: '12b',
    code: 'W_RELEVANCE_UNDECIDED',
    outcome: 'WITHHOLD',
    when: (s) => s.row.relevance === 'UNDECIDED' && needsRelevance.has(s.policy.class) && !s.harmPath,
    legalBasis: 'UK GDPR Art 5(1)(c); information sharing advice, golden rule 6.',
    text: 'Nobody has judged yet whether the record is relevant; the holder is asked to.',
    obligations: () => ['QUEUE_FOR_HOLDER'],
  },
  {
    id: '13',
    code: 'W_HANDLING_CONDITIONS',
    outcome: 'WITHHOLD',
    when: (s) => s.row.conditions && s.policy.class === 'INTELLIGENCE' && !mayReadUnderConditions(s),
    legalBasis: 'Handling conditions of the intelligence report; DPA 2018 s.45(4).',
    text: 'The originator set handling conditions; ask the originator.',
  },
  {
    id: '14',
    code: 'R_THIRD_PARTY_PSEUDONYMISED',
    outcome: 'REDACT',
    when: (s) => s.policy.class === 'THIRD_PARTY' && s.level === 'CONTENT' && !mayReadThirdParty(s),
    legalBasis: 'DPA 2018 Sch 2 para 16; information sharing advice, golden rule 5.',
    text: 'Another person is shown under a pseudonym that is stable within the disclosure.',
  },
  {
    id: '15',
    code: 'R_LOCATION_COARSENED',
    outcome: 'REDACT',
    when: (s) => s.policy.class === 'LOCATION' && !(['HARM', 'DUTY', 'COURT'].includes(s.path) && s.actsOnRisk),
    legalBasis: 'Children Act 1989 s.17; Family Law Act 1996 Part IV.',
    text: 'A protected place is shown as its area only.',
  },
  {
    id: '16a',
    code: 'OK_COURT_ORDER',
    outcome: 'PERMIT',
    when: (s) => s.path === 'COURT',
    legalBasis: 'Order of the court; UK GDPR Art 6(1)(c); DPA 2018 Sch 2 para 5.',
    text: 'A court ordered disclosure. Consent is not consulted.',
    obligations: refusalOnFile,
  },
  {
    id: '16b',
    code: 'OK_EMERGENCY',
    outcome: 'PERMIT',
    when: (s) => s.caller.purpose === 'EMERGENCY',
    legalBasis: 'UK GDPR Art 6(1)(d) and Art 9(2)(c); Children Act 1989 ss.44 and 46.',
    text: 'A child is in immediate danger. Consent is not consulted.',
    obligations: refusalOnFile,
  },
  {
    id: '16c',
    code: 'OK_MISSING_RESPONSE',
    outcome: 'PERMIT',
    when: (s) => s.caller.purpose === 'MISSING_RESPONSE',
    legalBasis: 'Statutory guidance on children who run away or go missing (2014); Children Act 2004 s.11.',
    text: 'The child is missing or has been. Consent is not consulted.',
    obligations: refusalOnFile,
  },
  {
    id: '16d',
    code: 'OK_S47',
    outcome: 'PERMIT',
    when: (s) => s.path === 'HARM',
    legalBasis: 'Children Act 1989 s.47; UK GDPR Art 6(1)(c) and (e); DPA 2018 Sch 1 para 18.',
    text: 'An enquiry into significant harm. Consent is not consulted.',
    obligations: unsupportedHarm,
  },
  {
    id: '17',
    code: 'W_DETRIMENT_PRESUMED_SENSITIVE',
    outcome: 'WITHHOLD',
    // Harm UNKNOWN, social care out of reach, counts as none: the holder decides at once rather than nobody.
    when: (s) =>
      s.path === 'DUTY' &&
      s.policy.class === 'SENSITIVE' &&
      (s.child.harm === 'NONE' || s.child.harm === 'UNKNOWN') &&
      s.child.ageBand !== 'UNDER_13' &&
      s.consent !== 'NONE' &&
      blockedOnDuty.has(s.consent.state) &&
      decidedByChild(s.consent, s.child.ageBand) &&
      !s.child.breakGlass,
    legalBasis:
      'Gillick v West Norfolk [1986] AC 112; GMC 0-18 years paras 47 to 50; Children Act 2004 s.16LA(3) in substance.',
    text: 'A young person able to decide has refused a sensitive service to share, and there is no sign of harm. The holder decides.',
    obligations: () => ['HOLDER_TO_DECIDE'],
  },
  {
    id: '18',
    code: (s) => {
      if (s.caller.purpose === 'TRANSFER_SEND' || s.caller.purpose === 'TRANSFER_RECEIVE') return 'OK_TRANSFER'
      return dutyCode(s)
    },
    outcome: 'PERMIT',
    when: (s) => s.path === 'DUTY',
    legalBasis: dutyBasis,
    text: 'A duty to safeguard and promote welfare is being carried out. Consent is not consulted.',
    obligations: refusalOnFile,
  },
  {
    id: '19',
    code: dutyCode,
    outcome: 'PERMIT',
    when: (s) =>
      s.path === 'CONSENT' || s.path === 'POLICING'
        ? s.reasonableCause || (s.policy.class === 'SENSITIVE' && s.child.ageBand === 'UNDER_13')
        : false,
    legalBasis: 'Children Act 1989 s.47; GMC 0-18 years paras 57 and 58; information sharing advice, golden rule 3.',
    text: 'There is reasonable cause to suspect significant harm, or a child under 13 uses a sensitive service, whatever purpose was declared. Consent is not consulted.',
    obligations: (s) => ['RAISE_S47_PROMPT', ...refusalOnFile(s)],
  },
  {
    id: '20',
    code: 'OK_BREAK_GLASS',
    outcome: 'PERMIT',
    when: (s) => s.child.breakGlass,
    legalBasis: 'UK GDPR Art 6(1)(d); local break-glass procedure with review.',
    text: 'A named person broke the glass with a reason; it is reviewed.',
    obligations: () => ['ALERT_PRIVACY_OFFICER', 'NOTIFY_RESPONSIBLE_LA'],
  },
  {
    id: '21',
    code: 'OK_BASE',
    outcome: 'PERMIT',
    when: (s) => s.path === 'CONSENT' && s.policy.base === true,
    legalBasis: 'UK GDPR Art 6(1)(e): the least needed to work with the child at all.',
    text: 'Who the child is and who works with them is open to those who work with them.',
  },
  {
    id: '21a',
    code: 'W_PURPOSE_NOT_PERMITTED',
    outcome: 'WITHHOLD',
    when: (s) => s.policy.gate !== 'consent' || s.path !== 'CONSENT',
    legalBasis: 'UK GDPR Art 5(1)(b): consent of one person does not open what protects another or the public.',
    text: 'This kind of record is opened by a duty and never by consent, or the purpose opens only an own record.',
  },
  {
    id: '22',
    code: 'OK_CONSENT',
    outcome: 'PERMIT',
    when: (s) => s.consent !== 'NONE' && s.consent.state === 'GIVEN' && validGiver(s.consent, s.child.ageBand),
    legalBasis: 'Common-law duty of confidence, met by consent; UK GDPR Art 6(1)(e) and Art 9(2)(h).',
    text: 'Someone who could give consent gave it.',
  },
  {
    id: '23',
    code: (s) =>
      s.consent !== 'NONE' && validGiver(s.consent, s.child.ageBand)
        ? consentCodes[s.consent.state]
        : 'W_CONSENT_NOT_SOUGHT',
    outcome: 'WITHHOLD',
    when: (s) => s.path === 'CONSENT',
    legalBasis: 'Common-law duty of confidence; Working Together 2023: early help rests on consent.',
    text: 'Consent is needed for this purpose and was refused, withdrawn, has run out or was not sought.',
  },
]

/** Deny by default: a case that no rule speaks of. */
export const lastRule: Rule = {
  id: '24',
  code: 'W_UNCLASSIFIED',
  outcome: 'WITHHOLD',
  when: () => true,
  legalBasis: 'UK GDPR Art 25: protection by default.',
  text: 'No rule permits it.',
}

const needsRelevance: ReadonlySet<string> = new Set(['SENSITIVE', 'ADULT', 'INTELLIGENCE'])

const consentCodes = {
  // A consent that was given is rule 22's; here it would stand for one that nobody could give.
  GIVEN: 'W_CONSENT_NOT_SOUGHT',
  NOT_SOUGHT: 'W_CONSENT_NOT_SOUGHT',
  REFUSED: 'W_CONSENT_REFUSED',
  WITHDRAWN: 'W_CONSENT_WITHDRAWN',
  EXPIRED: 'W_CONSENT_EXPIRED',
} as const satisfies Record<string, ReasonCode>

function dutyCode(s: Situation): ReasonCode {
  return s.pack.statutoryDuty16LA.inForce ? 'OK_DUTY_S16LA' : 'OK_DUTY'
}

/** Only the hub and social care, and only where there is harm to act on, read past an originator's handling conditions. */
export function mayReadUnderConditions(s: Situation): boolean {
  return s.harmPath && (s.caller.agencyType === 'MASH' || s.caller.agencyType === 'SOCIAL_CARE')
}

/** Conferences count with the harm path here: the label table opens third persons "for s47 and child protection". */
function mayReadThirdParty(s: Situation): boolean {
  return s.access.content && s.actsOnRisk && (s.harmPath || s.caller.purpose === 'CP_CONFERENCE')
}
