import type { Situation } from './decisionInput.ts'
import { escalation, passesHold, refusalOnFile } from './obligationsOfDecision.ts'
import { purposeIn } from './pack.ts'
import type { Rule } from './rule.ts'

/**
 * Rules 1 to 15: what is closed or shown under a pseudonym, whatever the purpose would open. Only an own record passes
 * here.
 */
export const rulesThatLimit: readonly Rule[] = [
  {
    id: '1',
    code: 'W_STATUTORY_PROHIBITION',
    outcome: 'WITHHOLD',
    when: (s) =>
      s.policy.class === 'STATUTORY' && s.path !== 'COURT' && !(s.ownRecord && s.listed) && s.path !== 'METADATA',
    legalBasis: 'Adoption and Children Act 2002 ss.56 to 65.',
    text: 'Statute prohibits disclosure outside the team that it names, save to those whom it names and by order of a court.',
  },
  {
    id: '2',
    code: 'W_LEGAL_PRIVILEGE',
    outcome: 'WITHHOLD',
    when: (s) => s.policy.class === 'PRIVILEGE' && !(s.ownRecord && s.listed) && s.path !== 'METADATA',
    legalBasis: 'Legal professional privilege.',
    text: 'Legal advice never leaves the legal team of the authority that took it.',
  },
  {
    id: '2a',
    code: 'OK_COURT_ORDER',
    outcome: 'PERMIT',
    when: (s) =>
      s.path === 'COURT' &&
      s.ruled.courtOrderIsRecorded === true &&
      s.ordered === true &&
      s.row.hold !== 'COURT_PROHIBITED',
    legalBasis: 'Order of the court on record; UK GDPR Art 6(1)(c); DPA 2018 Sch 2 para 5.',
    text: 'A court ordered this disclosure, and the order is on record for this recipient. What its holder decided does not stand before it: an objection goes to the court.',
    obligations: refusalOnFile,
  },
  {
    id: '3',
    code: 'S_NCND',
    outcome: 'SILENT',
    when: (s) => s.row.ncnd && !s.own,
    legalBasis: 'Common-law duty of confidence; the originator’s handling conditions: neither confirm nor deny.',
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
    legalBasis: 'UK GDPR Art 6(1)(e) and Art 9(2)(h): an organisation working with its own record.',
    text: 'The organisation that holds this record works with the child, and the role reads this kind of record.',
  },
  {
    id: '6a',
    code: 'W_NO_COURT_ORDER',
    outcome: 'WITHHOLD',
    when: (s) => s.path === 'COURT' && s.ruled.courtOrderIsRecorded === true && s.ordered !== true,
    legalBasis:
      'Family Procedure Rules 2010 r.12.73 and PD 12G; UK GDPR Art 5(2): an order is on record, or it opens nothing.',
    text: 'No order of a court is on record that covers this for this recipient.',
  },
  {
    id: '7',
    code: 'W_NO_AGREEMENT',
    outcome: 'WITHHOLD',
    when: (s) =>
      !s.child.agreement &&
      s.path !== 'COURT' &&
      s.caller.purpose !== 'EMERGENCY' &&
      !s.glassBroken &&
      !(s.ruled.agreementNeverBarsDuty && (s.path === 'DUTY' || s.path === 'ADULT' || s.harmPath)),
    legalBasis:
      'ICO data sharing code of practice: an agreement is good practice between partners, and no condition of law.',
    text: 'No sharing agreement with this organisation is in force.',
  },
  {
    id: '10',
    code: 'W_NO_RELATIONSHIP',
    outcome: 'WITHHOLD',
    when: (s) =>
      s.child.relationship === 'NONE' && !s.glassBroken && purposeIn(s.pack, s.caller.purpose).needsRelationship,
    legalBasis: 'UK GDPR Art 5(1)(b) and (c); Caldicott principle 4: access on a need to know.',
    text: 'The organisation has no relationship with the child.',
  },
  {
    id: '11a',
    code: 'W_PURPOSE_NOT_PERMITTED',
    outcome: 'WITHHOLD',
    when: (s) => !purposeIn(s.pack, s.caller.purpose).openTo.includes(s.caller.agencyType),
    legalBasis: 'UK GDPR Art 5(1)(b): purpose limitation.',
    text: 'This purpose is not open to this type of organisation.',
  },
  {
    id: '11b',
    code: (s) => (s.access.otherPurpose ? 'W_PURPOSE_NOT_PERMITTED' : 'W_ROLE_NOT_PERMITTED'),
    outcome: 'WITHHOLD',
    // A third person and a protected place are opened by a headline too: rules 14 and 15 then give a substitute in
    // their place.
    when: (s) => !s.listed && !(hasSubstitute.has(s.policy.class) && s.access.headline),
    legalBasis:
      'The label table of the partnership: a local list and not law. UK GDPR Art 5(1)(c): only what the role needs.',
    text: 'The local label table does not give this role this much of this kind of record for this purpose. It can be asked for: ring the holder, out of hours who is on call there.',
  },
  {
    id: '11c',
    code: 'W_NO_TRANSFER',
    outcome: 'WITHHOLD',
    // A protected place has its area in its stead: rule 15.
    when: (s) => s.notifiedAlone && s.policy.class !== 'LOCATION' && !isNotified(s),
    legalBasis:
      'Care Planning, Placement and Case Review (England) Regulations 2010 reg 13; UK GDPR Art 5(1)(b) and (c).',
    text: 'Another authority placed the child in this area, and no transfer is on record: the authority of the area reads what it is notified of. Ring the authority that looks after the child; the record opens with a transfer that it notifies, or that a record bears out.',
  },
  {
    id: '8a',
    code: 'W_COURT_PROHIBITED',
    outcome: 'WITHHOLD',
    when: (s) => s.row.hold === 'COURT_PROHIBITED',
    legalBasis: 'Order of the court that forbids disclosure; contempt of court.',
    text: 'A court forbade this disclosure. Only a later order lifts it, neither harm nor broken glass.',
  },
  {
    id: '8',
    code: 'W_HOLDER_DETRIMENT',
    outcome: 'WITHHOLD',
    when: (s) => s.row.hold === 'DETRIMENT' && !(s.level === 'HEADLINE' && passesHold(s)),
    legalBasis: 'Children Act 2004 s.16LA(3) in substance: the holder judged disclosure the greater harm.',
    text: 'The holder recorded that disclosure would be more detrimental to the child. Only the holder releases it; it is escalated.',
    obligations: escalation,
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
    legalBasis:
      'Handling conditions of the intelligence report; Code of Practice on Police Information and Records Management.',
    text: 'The originator set handling conditions; ask the originator.',
  },
  {
    id: '14',
    code: 'R_THIRD_PARTY_PSEUDONYMISED',
    outcome: 'REDACT',
    when: (s) =>
      s.policy.class === 'THIRD_PARTY' && s.level === 'CONTENT' && !mayReadThirdParty(s) && !closedWithoutDuty(s),
    legalBasis: 'UK GDPR Art 5(1)(c); information sharing advice, golden rule 5.',
    text: 'Another person is shown under a pseudonym that is stable within the disclosure.',
  },
  {
    id: '15',
    code: 'R_LOCATION_COARSENED',
    outcome: 'REDACT',
    when: (s) =>
      s.policy.class === 'LOCATION' &&
      (s.notifiedAlone || !(['HARM', 'DUTY', 'COURT'].includes(s.path) && s.actsOnRisk && s.listed)),
    legalBasis: 'Children Act 1989 s.17; Family Law Act 1996 Part IV.',
    text: 'A protected place is shown as its area only.',
  },
]

const hasSubstitute: ReadonlySet<string> = new Set(['THIRD_PARTY', 'LOCATION'])
const needsRelevance: ReadonlySet<string> = new Set(['SENSITIVE', 'ADULT', 'INTELLIGENCE'])

/** What the authority of the area is notified of a child whom another places there. */
const isNotified = ({ level, label, ruled }: Situation): boolean =>
  level === 'HEADLINE' && ruled.notificationLabels?.includes(label) === true

/** Only MASH and social care, and only where there is harm to act on, read past an originator's handling conditions. */
export function mayReadUnderConditions(s: Situation): boolean {
  return s.harmPath && (s.caller.agencyType === 'MASH' || s.caller.agencyType === 'SOCIAL_CARE')
}

/**
 * Where not even the headline is opened, a pseudonym would be the only thing disclosed, and it discloses that there is
 * somebody.
 */
const closedWithoutDuty = (s: Situation): boolean =>
  (s.path === 'CONSENT' || s.path === 'POLICING') && !s.reasonableCause && !s.glassBroken

/** Conferences count with the harm path here: the label table opens third persons "for s47 and child protection". */
function mayReadThirdParty(s: Situation): boolean {
  if (!s.access.content || !s.actsOnRisk) return false
  return namesEveryAdult(s) || (s.ruled.namesOnDuty === true && s.path === 'DUTY')
}

/**
 * Harm, and conferences with it, name whoever is an adult; a duty names those alone who are known to be about the
 * child.
 */
export const namesEveryAdult = (s: Situation): boolean => s.harmPath || s.caller.purpose === 'CP_CONFERENCE'
