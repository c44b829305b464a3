import { spoken } from '../../foundation/codeInWords.ts'
import { nestedUnder } from '../../records/agencyAnswers.ts'
import { textOf } from '../../records/currentRows.ts'
import { healthLead, socialWorker } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

const conferences: ReadonlySet<unknown> = new Set(['ICPC', 'REVIEW_CONFERENCE'])

/** The practice that has known the child longest stands at the edge of the process. */
export const gpNotInvited = rule({
  code: 'GP_NOT_INVITED',
  version: 1,
  rule: 'The practice with which the child is registered is invited to each child protection conference.',
  source: 'Serious case review of Child Q and Child S (2016), 82, 83 and LP23',
  audience: [socialWorker, healthLead],
  clears: 'An invitation, or a report of the practice.',
  needs: {
    socialCare: { meetings: ['type', 'status'], invitees: ['agency', 'invited'] },
    health: { registrations: ['from', 'to'] },
  },
  on: [['socialCare.meetings'], ['health.registrations']],
  absent: ['socialCare.invitees'],
  find: ({ rows }) =>
    rows('socialCare', 'meetings').flatMap((meeting) => {
      const was = whenOf(meeting)
      if (!conferences.has(meeting.type) || meeting.status === 'CANCELLED' || was === null) return []
      const practice = openAt(rows('health', 'registrations'), was)[0]
      const isInvited = nestedUnder(rows('socialCare', 'invitees'), meeting).some(
        (row) => row.agency === 'HEALTH_GP' && row.invited !== false,
      )
      if (!practice || isInvited) return []
      return [
        found({
          of: [practice, meeting],
          text: `The practice was not invited to the ${spoken(textOf(meeting, 'type') ?? '')} of ${dayWords(was)}.`,
        }),
      ]
    }),
})
