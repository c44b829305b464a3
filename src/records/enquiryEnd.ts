import { dayOf, textOf } from './currentRows.ts'

interface Enquiry {
  readonly eventAt?: unknown
  readonly startedOn: unknown
  readonly endedOn: unknown
  readonly 'provenance.la'?: unknown
}

interface Referral {
  readonly eventAt?: unknown
  readonly closedOn?: unknown
  readonly 'provenance.la'?: unknown
}

/**
 * Day on which a section 47 enquiry was over: the recorded one, else the day on which its authority closed the referral
 * in whose course it was begun. A census says when a case was closed and never how an enquiry ended: without this it
 * would be open for ever. Null where neither is on record.
 */
export function enquiryEnd(enquiry: Enquiry, referrals: readonly Referral[]): string | null {
  const recorded = textOf(enquiry, 'endedOn')
  const started = textOf(enquiry, 'startedOn', 'eventAt')
  if (recorded !== null || started === null) return recorded
  const la = textOf(enquiry, 'provenance.la')
  const closings = referrals.flatMap((referral) => {
    const [made, closed] = [textOf(referral, 'eventAt'), textOf(referral, 'closedOn')]
    if (made === null || closed === null || textOf(referral, 'provenance.la') !== la) return []
    return dayOf(made) <= dayOf(started) && dayOf(started) <= dayOf(closed) ? [dayOf(closed)] : []
  })
  return closings.sort().at(-1) ?? null
}
