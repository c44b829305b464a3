import { z } from 'zod'
import { madeOnce } from '../foundation/madeOnce.ts'

/**
 * The counts and clocks of the alert rules, in force where a pack gives no others. A number of a review or of
 * guidance stands with its source in the rule; the others are starting values that a partnership is to decide.
 */
export const alertDefaults = {
  REPEAT_CONTACTS: { contacts: 3, withinDays: 183, sources: 3, sourcesWithinDays: 365 },
  REFERRAL_FEEDBACK_OVERDUE: { workingDays: 1 },
  OUT_OF_HOURS_ITEM_UNTRIAGED: { workingDays: 1 },
  STEP_DOWN_WITHOUT_REVIEW: { reviewWithinDays: 28 },
  WITHDRAWAL_WITHOUT_REVIEW: { meetingWithinDays: 28 },
  /** The day from which a law asks for it, as YYYYMMDD; 0: none is made. */
  PROTECTION_TEAM_INCOMPLETE: { statutoryFrom: 0 },
  REESCALATION_WITHIN_6M: { withinDays: 183 },
  ASSESSMENT_IGNORES_HISTORY: { olderThanDays: 365 },
  PLAN_DRIFT: { withoutActionDays: 90, sameLevelDays: 273 },
  MEETING_CANCELLED_NOT_REBOOKED: { workingDays: 5 },
  OUTCOME_NOT_FILED: { workingDays: 5 },
  PLAN_ACTION_UNACKNOWLEDGED: { hours: 24 },
  AGENCY_NON_PARTICIPATION: { invitations: 2 },
  UNALLOCATED_HIGH_RISK: { hours: 48 },
  MISSING_PATTERN: { episodes: 3, withinDays: 90 },
  MISSING_NOTICE: { forDays: 2 },
  RHI_OVERDUE: { hours: 72 },
  PREVENTION_INTERVIEW_MISSING: { hours: 24 },
  SENIOR_OVERSIGHT_DUE: { episodes: 3, withinDays: 30 },
  TRIGGER_PLAN_ABSENT: { episodes: 3, withinDays: 90 },
  EXPLOITATION_ASSESSMENT_MISSING: { indicators: 2, withinDays: 90, indicatorsWithinDays: 730 },
  LOW_SCORE_REPEATED: { results: 3 },
  ORDER_NOT_SERVED: { hours: 72 },
  NOTICE_BREACH_NO_ACTION: { workingDays: 2 },
  ALLEGATION_NO_STRATEGY: { workingDays: 2 },
  SHARE_LAG: { workingDays: 1 },
  ATTENDANCE_CLUSTER: { attendances: 4, withinDays: 213 },
  SELF_HARM_NO_MH_REFERRAL: { workingDays: 5 },
  WNB_PATTERN: { appointments: 2, withinDays: 90 },
  MULTIPLE_THERAPEUTIC_PROVIDERS: { providers: 2 },
  ATTENDANCE_PATTERN: { episodes: 2 },
  SUPPORT_NET_LOST: { support: 5, beforeDays: 365, afterDays: 60 },
  RESTRAINT_PATTERN: { incidents: 5, withinDays: 90, settings: 2 },
  TECHNIQUE_CONFLICT: { withinDays: 183 },
  KIN_PLACEMENT_UNASSESSED: { days: 10, assessedWithinDays: 183 },
  VOICE_NOT_RECORDED: { withinDays: 183, afterDays: 28 },
  TRANSITION_PLAN_MISSING: { months: 198 },
  PLACEMENT_PLAN_NOT_RECONSIDERED: { fallPercent: 50 },
  INTERVENTION_NO_OUTCOME: { days: 28 },
  EHE_WITHDRAWAL_DURING_S47: { afterDays: 90 },
  NOT_IN_SCHOOL_GAP: { days: 14 },
  NON_CARE_PLACEMENT_3M: { days: 91 },
} as const satisfies Readonly<Record<string, Readonly<Record<string, number>>>>

type Defaults = typeof alertDefaults

/** Every parameter of every rule that has any. */
export type AlertParameters = {
  readonly [Code in keyof Defaults]: { readonly [Name in keyof Defaults[Code]]: number }
}

const ofRule = (defaults: Readonly<Record<string, number>>) =>
  z.strictObject(Object.fromEntries(Object.keys(defaults).map((name) => [name, z.number().int().min(0)]))).partial()

/** What a pack may say of them. A rule or a number that no rule has refuses the pack. */
export const alertParametersSchema = z
  .strictObject(Object.fromEntries(Object.entries(alertDefaults).map(([code, numbers]) => [code, ofRule(numbers)])))
  .partial()

interface Numbered {
  readonly alerts?: Readonly<Record<string, unknown>> | undefined
}

/** The parameters in force: the pack's own numbers over the defaults. */
export const alertParametersOf = madeOnce(
  ({ alerts }: Numbered): AlertParameters =>
    Object.fromEntries(
      Object.entries(alertDefaults).map(([code, numbers]) => [code, { ...numbers, ...(alerts?.[code] as object) }]),
      // Every rule's numbers were just put into it, under their names.
    ) as unknown as AlertParameters,
)
