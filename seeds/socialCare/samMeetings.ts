import { holders } from '../holders.ts'
import type { AgencySeed, SeedRow } from '../seedRecord.ts'
import { writer } from '../seedRowWriter.ts'

/** Agency, authority and role of one who was invited, and whether they came. */
type Invitation = readonly [agency: string, la: string, role: string, attended: boolean]

/** LA2's meeting system sends to LA2 and to the provider. The four professionals of LA5 are never on the list. */
const invited: readonly Invitation[] = [
  ['CHILDRENS_SOCIAL_CARE', 'LA2', 'ALLOCATED_WORKER', true],
  ['CHILDRENS_SOCIAL_CARE', 'LA2', 'REVIEWING_OFFICER', true],
  ['CHILDRENS_SOCIAL_CARE', 'LA2', 'PSYCHOLOGIST', true],
  ['CHILDRENS_HOME', 'LA5', 'KEY_WORKER', true],
  ['CHILDRENS_HOME', 'LA5', 'HOME_PSYCHOLOGIST', false],
  ['HEALTH_COMMUNITY', 'LA2', 'LOOKED_AFTER_NURSE', false],
]

/** Meetings since Sam went to school in LA5: at none of them was anyone of health present. */
export const samMeetings = (person: string): AgencySeed['records'] => {
  const write = writer('socialCare/sam/meetings', { ...holders.csc2, person, recordedBy: 'Meetings clerk' })
  const review = (day: string) =>
    write(day, { type: 'CLA_REVIEW', status: 'HELD', outcome: 'Placement to continue', otherLabels: [] })
  const strategy = (day: string, type: string, outcome: string) =>
    write(day, { type, status: 'HELD', outcome, otherLabels: [] })
  const meetings = [
    review('2025-11-24T13:00'),
    strategy('2026-02-24T10:00', 'MISSING_STRATEGY', 'Home to keep a log of times'),
    review('2026-05-18T13:00'),
    strategy('2026-09-28T10:00', 'STRATEGY_DISCUSSION', 'Warning notice and constant supervision'),
    strategy('2026-11-02T10:00', 'MISSING_STRATEGY', 'Await service of the notice'),
  ]
  const invitees = meetings.flatMap((meeting: SeedRow) =>
    invited.map(([agency, la, role, attended]) =>
      write((meeting.eventAt ?? meeting.recordedAt).slice(0, 16), {
        parent: meeting.id,
        agency,
        'field.la': la,
        role,
        invited: true,
        attended,
        reported: false,
      }),
    ),
  )
  return { meetings, invitees }
}
