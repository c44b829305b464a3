/**
 * A record has one day on which its holder knew of it, and some of its fields are filled in later: when a placement
 * ended, why, what came of it. As of an earlier day those were not known. A date after that day is therefore not read,
 * and neither is what came with it: what has not ended yet reads as open.
 */

/**
 * Dates that may lie after the day as of which they are read, with why: of one type as `Type.field`, else of any. The
 * day on which a thing begins is among them: without it a thing would seem to have begun when it was written down.
 */
export const looksAhead: Readonly<Record<string, string>> = {
  from: 'what begins is agreed before it does',
  startedOn: 'what begins is agreed before it does',
  tenancyFrom: 'a tenancy is agreed before it begins',
  week: 'what is required of a week is set before it',
  due: 'planned',
  dueAt: 'planned',
  nextReviewOn: 'planned',
  nextOn: 'planned',
  returnOn: 'planned',
  expectedDate: 'expected',
  'AbsentSession.date': 'leave is given before it is taken',
  'AttendancePeriod.to': 'a term has its last day from the beginning',
  'PoliceProtection.to': 'the law ends it after 72 hours at most',
  'CourtOrder.to': 'an order says until when it is in force',
}

/** Fields that are filled in with a date of the same record, and tell what it tells. */
const saidWith: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  AdultService: { endReason: 'to' },
  CamhsEpisode: { status: 'closedOn', closureReason: 'closedOn' },
  CareMissingEpisode: { interviewIndependent: 'interviewAt', interviewSummary: 'interviewAt' },
  ContactOrReferral: { feedback: 'feedbackAt' },
  CourtOrder: { servedBy: 'servedOn' },
  Crime: { outcome: 'outcomeAt' },
  HealthInvolvement: { endReason: 'to' },
  Intervention: { outcome: 'to' },
  LegalStatus: { endReason: 'to' },
  Placement: { changeReason: 'to' },
  Plan: { reviewedBy: 'to' },
  PoliceMissingEpisode: { overnight: 'to', safeAndWellCheck: 'to', foundAt: 'to', foundWith: 'to' },
  ReferralEpisode: { closureReason: 'closedOn' },
  S47Enquiry: { outcome: 'endedOn' },
  SocialCareInvolvement: { endReason: 'to' },
}

/** The date of the same record that says when a field's value came to be; null: with the record itself. */
export function datedBy(type: string, field: string, isDate: boolean): string | null {
  const with_ = saidWith[type]?.[field]
  if (with_ !== undefined) return with_
  return isDate && !(field in looksAhead) && !(`${type}.${field}` in looksAhead) ? field : null
}

/** Names of both tables, so that a name which the schema has not is found. */
export const datedNames: readonly string[] = [
  ...Object.keys(looksAhead),
  ...Object.entries(saidWith).flatMap(([type, fields]) =>
    Object.entries(fields).flatMap(([field, date]) => [`${type}.${field}`, `${type}.${date}`]),
  ),
]
