import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { dayOf, openOn, textOf, uncorrected } from '../records/currentRows.ts'
import { enquiryEnd } from '../records/enquiryEnd.ts'
import type { RequiredFields } from '../records/requiredFields.ts'

/** What tells of a section 47 enquiry that it is open, and since when its holder says so. */
export const enquiryNeeds = {
  socialCare: {
    s47Enquiries: [
      'eventAt',
      'startedOn',
      'endedOn',
      'provenance.recordedAt',
      'provenance.supersedes',
      'provenance.la',
    ],
    referrals: ['eventAt', 'closedOn', 'provenance.la', 'provenance.supersedes'],
  },
} as const satisfies RequiredFields

/**
 * When the latest section 47 enquiry that is open came on record, among those that this reader may know of; null where
 * there is none. A record that corrects another is no new enquiry.
 */
export function enquiryOnRecordSince(answers: AnswersTo<typeof enquiryNeeds>, asOf: string): string | null {
  const referrals = uncorrected(rowsOf(answers, 'socialCare', 'referrals'))
  const known = uncorrected(rowsOf(answers, 'socialCare', 's47Enquiries'))
    .filter((row) => openOn(dayOf(asOf), textOf(row, 'startedOn', 'eventAt'), enquiryEnd(row, referrals)))
    .filter((row) => textOf(row, 'provenance.supersedes') === null)
    .flatMap((row) => textOf(row, 'provenance.recordedAt') ?? [])
    .sort((one, other) => (millisecondsOf(one) ?? 0) - (millisecondsOf(other) ?? 0))
  return known.at(-1) ?? null
}
