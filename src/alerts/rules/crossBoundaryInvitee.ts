import { meetingGapNeeds, meetingGaps } from '../../childView/meetingGaps.ts'
import { spoken } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { healthLead, manager, police, reviewer, socialWorker } from '../audience.ts'
import { dayWords, found, listWords, meetingWords } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** Invitations go out inside one authority and reach nobody of the other. */
export const crossBoundaryInvitee = rule({
  code: 'CROSS_BOUNDARY_INVITEE_MISSING',
  version: 1,
  rule: 'Everyone who works with the child, in the area where the child lives too, is invited to strategy discussions and reviews.',
  source:
    'Serious case review of Child Q and Child S (2016), 25 and 81: electronic invitations that do not cross the boundary',
  audience: [socialWorker, manager, reviewer, healthLead, police],
  clears: 'An invitation of each to the next meeting, and the outcome sent to them.',
  needs: meetingGapNeeds,
  on: [['socialCare.meetings'], ['health.registrations', 'health.involvements', 'education.enrolments']],
  absent: ['socialCare.invitees'],
  find: ({ rows, answers, ground, registry }) => {
    const meetings = new Map(rows('socialCare', 'meetings').map((row) => [row.id, row]))
    const gaps = meetingGaps(answers as Parameters<typeof meetingGaps>[0], ground, registry) ?? []
    return gaps.flatMap(({ meetingId, type, eventAt, missingInvitees }) => {
      const meeting = meetings.get(meetingId)
      const convening = meeting ? textOf(meeting, 'provenance.la') : null
      const beyond = missingInvitees.filter(({ la }) => la !== convening)
      if (!meeting || beyond.length === 0) return []
      const said = beyond.map(({ agency, la, force, role }) =>
        `the ${spoken(role)} of ${force ?? la ?? spoken(agency)}`.trim(),
      )
      return [
        found({
          of: [meeting],
          count: beyond.length,
          details: {
            missing: beyond.map(({ agency, la }) => `${agency}:${la ?? ''}`).join(' '),
            contacts: beyond.flatMap(({ contact }) => contact ?? []).join('; '),
          },
          text: `Not invited to the ${meetingWords(type)} of ${dayWords(eventAt)}: ${listWords(said)}.`,
        }),
      ]
    })
  },
})
