import type { PlanLevel } from '../facts/caseStatus.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import type { RequiredFields } from '../records/requiredFields.ts'

/** What a threshold document ties to a level. */
export interface IndicatorRule {
  readonly code: string
  readonly text: string
  readonly level: PlanLevel
  readonly agency: AgencyName
  readonly list: string
  /** Fields of which one must match; every record of the list, where there are none. */
  readonly fields: readonly string[]
  readonly matches: RegExp
  readonly from: number
  readonly withinDays: number
}

type ListIn<Agency extends AgencyName> = keyof Omit<NonNullable<RequiredFields[Agency]>, 'holdings'> & string

const rule = <Agency extends AgencyName>(
  agency: Agency,
  list: ListIn<Agency>,
  of: Pick<IndicatorRule, 'code' | 'text' | 'level' | 'from' | 'withinDays'> &
    Partial<Pick<IndicatorRule, 'fields' | 'matches'>>,
): IndicatorRule => ({ fields: [], matches: /./, ...of, agency, list })

/**
 * An example, put together from threshold documents that partnerships publish under Working Together to Safeguard
 * Children (2023), chapter 3: what each of its indicators is tied to is a partnership's own decision.
 */
export const thresholdDocument = {
  title: 'Example threshold document, not your area’s',
  source: 'After documents that partnerships publish under Working Together to Safeguard Children 2023, chapter 3',
  version: '2026-11',
  indicators: [
    rule('health', 'unscheduledAttendances', {
      ...{ code: 'SELF_HARM', text: 'Attendances after harm to self', level: 'CHILD_PROTECTION' },
      ...{ fields: ['safeguardingRelevance', 'reason'], matches: /harm to self|self.?harm|overdose|poison/i },
      ...{ from: 2, withinDays: 730 },
    }),
    rule('police', 'missingEpisodes', {
      ...{ code: 'MISSING', text: 'Missing episodes reported to a force', level: 'CHILD_PROTECTION' },
      ...{ from: 3, withinDays: 365 },
    }),
    rule('police', 'events', {
      ...{ code: 'URGENT_POLICE_EVENT', text: 'Urgent police events', level: 'CHILD_PROTECTION' },
      ...{ fields: ['kind'], matches: /^URGENT_CALL$/, from: 3, withinDays: 730 },
    }),
    rule('police', 'domesticAbuse', {
      ...{ code: 'DOMESTIC_ABUSE', text: 'Domestic abuse incidents in the household', level: 'CHILD_IN_NEED' },
      ...{ from: 1, withinDays: 365 },
    }),
    rule('socialCare', 'exploitation', {
      ...{
        code: 'EXPLOITATION',
        text: 'Exploitation assessed as high by tool or judgement',
        level: 'CHILD_PROTECTION',
      },
      ...{ fields: ['toolLevel', 'professionalLevel'], matches: /HIGH/, from: 1, withinDays: 365 },
    }),
    rule('socialCare', 'assessments', {
      ...{ code: 'NEGLECT_ASSESSED', text: 'Assessments that found neglect', level: 'CHILD_IN_NEED' },
      ...{ fields: ['factors'], matches: /\b16A\b/, from: 1, withinDays: 730 },
    }),
    rule('socialCare', 'contacts', {
      ...{ code: 'CONTACTS', text: 'Contacts about the child', level: 'CHILD_IN_NEED', from: 3, withinDays: 183 },
    }),
    rule('education', 'concerns', {
      ...{ code: 'SCHOOL_CONCERNS', text: 'Concerns logged by schools', level: 'EARLY_HELP', from: 2, withinDays: 183 },
    }),
    rule('education', 'suspensions', {
      ...{ code: 'EXCLUDED', text: 'Permanent exclusions', level: 'EARLY_HELP' },
      ...{ fields: ['kind'], matches: /^PERM$/, from: 1, withinDays: 730 },
    }),
    rule('health', 'appointments', {
      ...{ code: 'WAS_NOT_BROUGHT', text: 'Appointments to which the child was not brought', level: 'EARLY_HELP' },
      ...{ fields: ['outcome'], matches: /^WAS_NOT_BROUGHT$/, from: 2, withinDays: 365 },
    }),
  ],
} satisfies {
  readonly title: string
  readonly source: string
  readonly version: string
  readonly indicators: readonly IndicatorRule[]
}
