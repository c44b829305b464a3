import { spoken } from '../../foundation/codeInWords.ts'
import { nestedUnder } from '../../records/agencyAnswers.ts'
import { textOf } from '../../records/currentRows.ts'
import { healthLead, socialWorker } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { isSilent, isUnsaid } from '../participationNotRecorded.ts'
import { rule } from '../rule.ts'

const conferences: ReadonlySet<unknown> = new Set(['ICPC', 'REVIEW_CONFERENCE'])

/** A practice that is invited and cannot come sends a report. */
export const gpReportOutstanding = rule({
  code: 'GP_REPORT_OUTSTANDING',
  version: 1,
  rule: 'A practice that was invited to a conference took part or sent a report.',
  source: 'Serious case review of Child Q and Child S (2016), 167 and LP23',
  audience: [socialWorker, healthLead],
  clears: 'The report.',
  needs: { socialCare: { meetings: ['type', 'status'], invitees: ['agency', 'invited', 'attended', 'reported'] } },
  on: [['socialCare.meetings'], ['socialCare.invitees']],
  find: ({ rows }) =>
    rows('socialCare', 'meetings').flatMap((meeting) => {
      if (!conferences.has(meeting.type) || meeting.status !== 'HELD') return []
      return nestedUnder(rows('socialCare', 'invitees'), meeting)
        .filter((row) => row.agency === 'HEALTH_GP' && isSilent(row))
        .map((row) =>
          found({
            of: [meeting, row],
            text: `The practice was invited to the ${spoken(textOf(meeting, 'type') ?? '')} of ${dayWords(whenOf(meeting))}, did not come, and no report is recorded.`,
          }),
        )
    }),
  unsaid: ({ rows }) =>
    rows('socialCare', 'meetings')
      .filter(({ type, status }) => conferences.has(type) && status === 'HELD')
      .flatMap((meeting) => nestedUnder(rows('socialCare', 'invitees'), meeting))
      .filter((row) => row.agency === 'HEALTH_GP' && isUnsaid(row)),
})
