/**
 * Reason codes of the decision model. OK permits, R redacts, W withholds and may be disclosed, S is answered as nothing
 * held.
 */
export type ReasonCode =
  | 'OK_OWN_RECORD'
  | 'OK_COURT_ORDER'
  | 'OK_EMERGENCY'
  | 'OK_S47'
  | 'OK_MISSING_RESPONSE'
  | 'OK_TRANSFER'
  | 'OK_DUTY'
  | 'OK_DUTY_S16LA'
  | 'OK_BREAK_GLASS'
  | 'OK_BASE'
  | 'OK_CONSENT'
  | 'OK_DIRECT_CARE'
  | 'OK_ADULT_SAFEGUARDING'
  | 'R_THIRD_PARTY_PSEUDONYMISED'
  | 'R_LOCATION_COARSENED'
  | 'S_NCND'
  | WithholdCode

export type WithholdCode =
  | 'W_STATUTORY_PROHIBITION'
  | 'W_LEGAL_PRIVILEGE'
  | 'W_METADATA_ONLY'
  | 'W_PURPOSE_NOT_PERMITTED'
  | 'W_ROLE_NOT_PERMITTED'
  | 'W_NO_AGREEMENT'
  | 'W_HOLDER_DETRIMENT'
  | 'W_HOLDER_EMBARGO'
  | 'W_COURT_PROHIBITED'
  | 'W_NO_COURT_ORDER'
  | 'W_NO_RELATIONSHIP'
  | 'W_NO_TRANSFER'
  | 'W_NOT_RELEVANT'
  | 'W_RELEVANCE_UNDECIDED'
  | 'W_HANDLING_CONDITIONS'
  | 'W_DETRIMENT_PRESUMED_SENSITIVE'
  | 'W_CONSENT_REFUSED'
  | 'W_CONSENT_WITHDRAWN'
  | 'W_CONSENT_EXPIRED'
  | 'W_CONSENT_NOT_SOUGHT'
  | 'W_UNCLASSIFIED'
  | 'W_CANNOT_BE_SAID'

/** What follows from a decision; each becomes an audit event with an owner and a clock. */
export type Obligation =
  | 'RAISE_S47_PROMPT'
  | 'RECORD_OVERRIDE_REASON'
  | 'INFORM_CHILD_UNLESS_UNSAFE'
  | 'ESCALATE_TO_HOLDER'
  | 'HOLDER_TO_DECIDE'
  | 'QUEUE_FOR_HOLDER'
  | 'ALERT_PRIVACY_OFFICER'
  | 'NOTIFY_RESPONSIBLE_LA'
  | 'REVIEW_AGREEMENT'
  | 'ON_CALL_NOW'
  | 'CONFIRM_EMERGENCY'
  | 'RECORD_MISSING_EPISODE'
  | 'TELL_HOLDER_OF_CONSENT'

/** Codes that asking can change: the holder, the family or a partner can still decide otherwise. */
export const requestable: ReadonlySet<ReasonCode> = new Set<ReasonCode>([
  'W_NO_AGREEMENT',
  'W_NO_COURT_ORDER',
  'W_HOLDER_DETRIMENT',
  'W_HOLDER_EMBARGO',
  'W_NO_RELATIONSHIP',
  'W_NO_TRANSFER',
  'W_PURPOSE_NOT_PERMITTED',
  'W_ROLE_NOT_PERMITTED',
  'W_RELEVANCE_UNDECIDED',
  'W_HANDLING_CONDITIONS',
  'W_DETRIMENT_PRESUMED_SENSITIVE',
  'W_CONSENT_WITHDRAWN',
  'W_CONSENT_EXPIRED',
  'W_CONSENT_NOT_SOUGHT',
  'W_UNCLASSIFIED',
  'W_CANNOT_BE_SAID',
  'R_THIRD_PARTY_PSEUDONYMISED',
  'R_LOCATION_COARSENED',
])
