import type { Rule } from './rule.ts'
import { attendancePattern } from './rules/absencesWhileMissing.ts'
import { agencyNonParticipation } from './rules/agencyNonParticipation.ts'
import { allegationNoStrategy } from './rules/allegationNoStrategy.ts'
import { assessmentIgnoresHistory } from './rules/assessmentIgnoresHistory.ts'
import { carerInCustody } from './rules/carerInCustody.ts'
import { crossBoundaryInvitee } from './rules/crossBoundaryInvitee.ts'
import { startAgain } from './rules/earlierFactorsLeftOut.ts'
import { exploitationUnassessed } from './rules/exploitationUnassessed.ts'
import { fatherUnknown } from './rules/fatherOrMaleCarerUnknown.ts'
import { gpNotInvited } from './rules/gpNotInvited.ts'
import { gpReportOutstanding } from './rules/gpReportOutstanding.ts'
import { healthHistory } from './rules/healthHistoryNotTransferred.ts'
import { homeEducationDuringEnquiry } from './rules/homeEducationDuringEnquiry.ts'
import { interpreterRequired } from './rules/interpreterRequired.ts'
import { interventionNoOutcome } from './rules/interventionNoOutcome.ts'
import { kinUnassessed } from './rules/kinUnassessed.ts'
import { levelDisagreement } from './rules/levelDisagreement.ts'
import { libertyUnauthorised } from './rules/libertyUnauthorised.ts'
import { lowScoreRepeated } from './rules/lowScoreRepeated.ts'
import { managedOffender } from './rules/managedOffender.ts'
import { meetingCancelled } from './rules/meetingCancelled.ts'
import { missingNotice } from './rules/missingNotice.ts'
import { missingPattern } from './rules/missingPattern.ts'
import { coMissing } from './rules/missingTogether.ts'
import { moveDuringEnquiry } from './rules/moveDuringEnquiry.ts'
import { noLeadProfessional } from './rules/noLeadProfessional.ts'
import { nonCarePlacement } from './rules/nonCarePlacement.ts'
import { notInSchool } from './rules/notInSchool.ts'
import { noticeBreach } from './rules/noticeBreachNoAction.ts'
import { orderNotServed } from './rules/orderNotServed.ts'
import { outcomeNotFiled } from './rules/outcomeNotFiled.ts'
import { outOfHoursItemUntriaged } from './rules/outOfHoursItemUntriaged.ts'
import { penaltyPaid } from './rules/penaltyPaidReasonUnknown.ts'
import { personAtAddress } from './rules/personAtAddress.ts'
import { placementNotReconsidered } from './rules/placementNotReconsidered.ts'
import { planActionUnacknowledged } from './rules/planActionUnacknowledged.ts'
import { planDrift } from './rules/planDrift.ts'
import { policeEventNotNotified } from './rules/policeEventNotNotified.ts'
import { forceNotTold } from './rules/policeForceNotTold.ts'
import { shareLag } from './rules/policeRecordSharedLate.ts'
import { preventionInterviewMissing } from './rules/preventionInterviewMissing.ts'
import { priorEpisodeElsewhere } from './rules/priorEpisodeElsewhere.ts'
import { protectionTeamIncomplete } from './rules/protectionTeamIncomplete.ts'
import { referralFeedbackOverdue } from './rules/referralFeedbackOverdue.ts'
import { reescalation } from './rules/referredAgainAfterStepDown.ts'
import { repeatCare } from './rules/repeatCareEpisode.ts'
import { repeatContacts } from './rules/repeatContacts.ts'
import { restraintPattern } from './rules/restraintPattern.ts'
import { returnHomeDuringInvestigation } from './rules/returnHomeDuringInvestigation.ts'
import { rhiOverdue } from './rules/returnInterviewOverdue.ts'
import { reviewWithoutHealth } from './rules/reviewWithoutHealth.ts'
import { supportNetLost } from './rules/schoolSupportLost.ts'
import { selfHarmNoReferral } from './rules/selfHarmNoReferral.ts'
import { seniorOversightDue } from './rules/seniorOversightDue.ts'
import { stepDownWithoutReview } from './rules/stepDownWithoutReview.ts'
import { strategyNotQuorate } from './rules/strategyNotQuorate.ts'
import { techniqueAge } from './rules/techniqueAge.ts'
import { techniqueConflict } from './rules/techniqueConflict.ts'
import { therapeuticProviders } from './rules/therapeuticProviders.ts'
import { transitionPlanMissing } from './rules/transitionPlanMissing.ts'
import { triggerPlanAbsent } from './rules/triggerPlanAbsent.ts'
import { unaddressedRiskFactor } from './rules/unaddressedRiskFactor.ts'
import { unallocatedHighRisk } from './rules/unallocatedHighRisk.ts'
import { attendanceCluster } from './rules/unscheduledAttendances.ts'
import { voiceNotRecorded } from './rules/voiceNotRecorded.ts'
import { wasNotBrought } from './rules/wasNotBrought.ts'
import { withdrawalWithoutReview } from './rules/withdrawalWithoutReview.ts'

/**
 * Every rule, in the order in which alerts are told: what is live first, then the case, its meetings, health, school,
 * home.
 */
export const alertRules: readonly Rule[] = [
  unaddressedRiskFactor,
  repeatContacts,
  referralFeedbackOverdue,
  outOfHoursItemUntriaged,
  moveDuringEnquiry,
  personAtAddress,
  returnHomeDuringInvestigation,
  homeEducationDuringEnquiry,
  missingNotice,
  missingPattern,
  coMissing,
  rhiOverdue,
  preventionInterviewMissing,
  triggerPlanAbsent,
  seniorOversightDue,
  exploitationUnassessed,
  lowScoreRepeated,
  managedOffender,
  allegationNoStrategy,
  orderNotServed,
  noticeBreach,
  shareLag,
  policeEventNotNotified,
  noLeadProfessional,
  protectionTeamIncomplete,
  levelDisagreement,
  planDrift,
  planActionUnacknowledged,
  withdrawalWithoutReview,
  stepDownWithoutReview,
  reescalation,
  startAgain,
  assessmentIgnoresHistory,
  unallocatedHighRisk,
  interventionNoOutcome,
  strategyNotQuorate,
  crossBoundaryInvitee,
  meetingCancelled,
  outcomeNotFiled,
  reviewWithoutHealth,
  gpNotInvited,
  gpReportOutstanding,
  agencyNonParticipation,
  attendanceCluster,
  selfHarmNoReferral,
  wasNotBrought,
  therapeuticProviders,
  healthHistory,
  priorEpisodeElsewhere,
  attendancePattern,
  penaltyPaid,
  supportNetLost,
  notInSchool,
  restraintPattern,
  techniqueConflict,
  techniqueAge,
  libertyUnauthorised,
  kinUnassessed,
  carerInCustody,
  fatherUnknown,
  voiceNotRecorded,
  interpreterRequired,
  repeatCare,
  placementNotReconsidered,
  transitionPlanMissing,
  forceNotTold,
  nonCarePlacement,
]
