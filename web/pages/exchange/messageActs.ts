/** Messages that begin something: one operation each. Who may send which, the gateway says (`messageKinds`). */
export const sendings: readonly string[] = [
  ...['reportConcern', 'tellImminentRisk', 'askAbout', 'openEnquiry', 'raiseDisagreement', 'inviteToMeeting'],
  ...['assignPlanAction', 'tellMissing', 'offerReturnInterview', 'shareTriggerPlan', 'requestSeniorOversight'],
  ...['tellMove', 'decideReunification', 'closeReferral', 'tellDomesticAbuse', 'reportBreach', 'assignLearningAction'],
  'copyForFamily',
]

/** What can be said to a message: to some kinds, and the last four to every kind. */
export const answerings: readonly string[] = [
  ...['recordReferralOutcome', 'respondToDisagreement', 'resolveDisagreement', 'answerEnquiry', 'rerateEnquiry'],
  ...['decideEnquiry', 'answerQuestion', 'declineMessage', 'acknowledgeMessage', 'acceptInvitation'],
  ...['recordMeetingOutcome', 'fileOutcome', 'acceptPlanAction', 'cannotDeliverAction', 'recordReturnInterview'],
  ...['recordReturnInterviewDeclined', 'endTriggerPlan', 'recordSeniorOversight', 'recordBreachFollowUp'],
  ...['completeLearningAction', 'seeMessage', 'replyToMessage', 'assignMessage', 'escalateMessage'],
]

export const always: readonly string[] = ['replyToMessage', 'assignMessage', 'escalateMessage']

/** About no child, or about one of whom the gateway may know nothing: the form asks who it is. */
export const withoutChild: ReadonlySet<string> = new Set([
  ...['reportConcern', 'tellImminentRisk', 'reportBreach', 'assignLearningAction'],
])

/** Replies that end a message for everybody, and not for their writer alone. */
export const endings: ReadonlySet<string> = new Set([
  ...['OUTCOME', 'DECISION', 'RESOLUTION', 'OVERSIGHT', 'HELD', 'CHILD_DECLINED', 'FOLLOW_UP', 'ENDED'],
])
