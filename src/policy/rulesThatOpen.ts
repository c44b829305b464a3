import type { Situation } from './decisionInput.ts'
import { refusalOnFile, unsupportedHarm, withoutConsent } from './obligationsOfDecision.ts'
import type { ReasonCode } from './reasonCodes.ts'
import type { Rule } from './rule.ts'
import { decidedByChild, validGiver } from './validConsent.ts'

/**
 * What a sensitive service's young person said no with. Consent that ran out is a no only where the pack still takes it
 * for one.
 */
const saidNo = ({ consent, ruled }: Situation): boolean => {
  if (consent === 'NONE') return false
  if (consent.state === 'EXPIRED') return !ruled.expiredIsNotSought
  return consent.state === 'REFUSED' || consent.state === 'WITHDRAWN'
}

/**
 * UNKNOWN, social care out of reach, counts as none only where the pack lets it: the holder then decides at once rather
 * than nobody.
 */
const noSignOfHarm = ({ child, ruled }: Situation): boolean =>
  child.harm === 'NONE' || (child.harm === 'UNKNOWN' && !ruled.unknownHarmIsNotNone)

/** A child able to decide said no. That consent ran out, or was never asked, is no refusal. */
const refusedByChild = ({ consent, child }: Situation): boolean =>
  consent !== 'NONE' &&
  (consent.state === 'REFUSED' || consent.state === 'WITHDRAWN') &&
  decidedByChild(consent, child.ageBand)

const dutyBasis =
  'Children Act 2004 ss.10 and 11 (s.16LA only where the pack says it is in force: announced for 30 September 2026, commencement not verified); UK GDPR Art 6(1)(c) and (e); DPA 2018 Sch 1 para 18.'

/** Rules 16 to 23: which path opens what the limits left, and where consent is asked. */
export const rulesThatOpen: readonly Rule[] = [
  {
    id: '16a',
    code: 'OK_COURT_ORDER',
    outcome: 'PERMIT',
    when: (s) => s.path === 'COURT',
    legalBasis: 'Order of the court; UK GDPR Art 6(1)(c); DPA 2018 Sch 2 para 5.',
    text: 'The caller states that a court ordered disclosure. Consent is not consulted.',
    obligations: refusalOnFile,
  },
  {
    id: '16b',
    code: 'OK_EMERGENCY',
    outcome: 'PERMIT',
    when: (s) => s.caller.purpose === 'EMERGENCY',
    legalBasis: 'UK GDPR Art 6(1)(d) and Art 9(2)(c); Children Act 1989 ss.44 and 46.',
    text: 'A child is in immediate danger. Consent is not consulted.',
    obligations: (s) => [
      // To declare an emergency opens what broken glass does, so it is answered for alike: reason, notice, review.
      ...(s.ruled.emergencyIsConfirmed ? (['CONFIRM_EMERGENCY', 'ALERT_PRIVACY_OFFICER'] as const) : []),
      ...withoutConsent(s),
    ],
  },
  {
    id: '16c',
    code: 'OK_MISSING_RESPONSE',
    outcome: 'PERMIT',
    when: (s) => s.caller.purpose === 'MISSING_RESPONSE' && s.path === 'HARM',
    legalBasis: 'Statutory guidance on children who run away or go missing (2014); Children Act 2004 s.11.',
    text: 'The caller answers for a child who is missing or came back. Consent is not consulted.',
    obligations: withoutConsent,
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
    // An adult who can decide is heard whatever is feared for them: danger to life is another purpose.
    when: (s) =>
      s.policy.class === 'SENSITIVE' &&
      (s.path === 'ADULT' || (s.path === 'DUTY' && noSignOfHarm(s))) &&
      s.child.ageBand !== 'UNDER_13' &&
      s.consent !== 'NONE' &&
      saidNo(s) &&
      decidedByChild(s.consent, s.child.ageBand) &&
      !s.glassBroken,
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
    obligations: withoutConsent,
  },
  {
    id: '18a',
    code: 'OK_ADULT_SAFEGUARDING',
    outcome: 'PERMIT',
    when: (s) => s.path === 'ADULT',
    legalBasis: 'Care Act 2014 ss.42 to 45; UK GDPR Art 6(1)(c) and (e); DPA 2018 Sch 1 para 19.',
    text: 'An enquiry into the abuse or neglect of an adult who needs care and support. Their refusal of a sensitive service is heard.',
    obligations: withoutConsent,
  },
  {
    id: '19',
    code: dutyCode,
    outcome: 'PERMIT',
    when: (s) => {
      if (s.path !== 'CONSENT' && s.path !== 'POLICING') return false
      return s.reasonableCause || (s.openedByAge && !(s.path === 'POLICING' && s.ruled.policingStandsApart))
    },
    legalBasis: 'Children Act 1989 s.47; GMC 0-18 years paras 57 and 58; information sharing advice, golden rule 3.',
    text: 'There is reasonable cause to suspect significant harm, or it is a record that an age under 13 opens, whatever purpose was declared. Consent is not consulted.',
    obligations: (s) => ['RAISE_S47_PROMPT', ...withoutConsent(s)],
  },
  {
    id: '20',
    code: 'OK_BREAK_GLASS',
    outcome: 'PERMIT',
    when: (s) => s.glassBroken,
    legalBasis: 'UK GDPR Art 6(1)(d); local break-glass procedure with review.',
    text: 'A named person broke the glass with a reason; it is reviewed.',
    obligations: () => ['ALERT_PRIVACY_OFFICER', 'NOTIFY_RESPONSIBLE_LA'],
  },
  {
    id: '21',
    code: 'OK_BASE',
    outcome: 'PERMIT',
    when: (s) =>
      s.path === 'CONSENT' &&
      (s.policy.base === true || (s.level === 'HEADLINE' && s.policy.headlineFor?.includes(s.caller.purpose) === true)),
    legalBasis: 'UK GDPR Art 6(1)(e): the least needed to work with the child at all.',
    text: 'Who the child is and who works with them, and what the pack names beside it, is open to those who work with them.',
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
    obligations: (s) => (s.ruled.consentToldToHolder === true ? ['TELL_HOLDER_OF_CONSENT'] : []),
  },
  {
    id: '22a',
    code: 'OK_DIRECT_CARE',
    outcome: 'PERMIT',
    when: (s) => s.directCare && !refusedByChild(s),
    legalBasis: 'UK GDPR Art 9(2)(h); common-law duty of confidence, met by what those who treat a child share.',
    text: 'Health organisations that treat the child share what care needs, unless a child able to decide refused.',
  },
  {
    id: '23',
    code: (s) =>
      s.consent !== 'NONE' && validGiver(s.consent, s.child.ageBand)
        ? consentCodes[s.consent.state]
        : 'W_CONSENT_NOT_SOUGHT',
    outcome: 'WITHHOLD',
    when: (s) => s.path === 'CONSENT',
    legalBasis: 'Common-law duty of confidence; Working Together: early help rests on consent.',
    text: 'Consent is needed for this purpose and was refused, withdrawn, has run out or was not sought.',
  },
]

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
