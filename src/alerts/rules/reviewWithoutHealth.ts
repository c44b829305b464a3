import { nestedUnder } from '../../records/agencyAnswers.ts'
import { textOf } from '../../records/currentRows.ts'
import { healthLead, reviewer, socialWorker } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** Reviews of looked-after children had no health information. */
export const reviewWithoutHealth = rule({
  code: 'REVIEW_WITHOUT_HEALTH',
  version: 1,
  rule: 'Somebody of health takes part in each review of a looked-after child, or sends a report.',
  source: 'Serious case review of Child Q and Child S (2016), 23, LP4 and LP22; Care Planning Regulations 2010',
  audience: [reviewer, healthLead, socialWorker],
  clears: 'A health report to the review, or a meeting of professionals where the child chose who should come.',
  needs: { socialCare: { meetings: ['type', 'status'], invitees: ['agency', 'attended', 'reported'] } },
  on: [['socialCare.meetings']],
  absent: ['socialCare.invitees'],
  also: { socialCare: { invitees: ['reason'] } },
  find: ({ rows }) =>
    rows('socialCare', 'meetings').flatMap((meeting) => {
      if (meeting.type !== 'CLA_REVIEW' || meeting.status !== 'HELD') return []
      const invitees = nestedUnder(rows('socialCare', 'invitees'), meeting)
      const health = invitees.filter((row) => (textOf(row, 'agency') ?? '').startsWith('HEALTH'))
      const isUnsaid = health.some((row) => typeof row.attended !== 'boolean')
      if (invitees.length === 0 || isUnsaid) return []
      if (health.some((row) => row.attended === true || row.reported === true)) return []
      const reasons = health.flatMap((row) => textOf(row, 'reason') ?? [])
      return [
        found({
          of: [meeting, ...health],
          anchor: meeting.id,
          text: `Nobody of health took part in the review of ${dayWords(whenOf(meeting))} or sent a report${reasons.length > 0 ? ` (${reasons.join('; ')})` : ''}.`,
        }),
      ]
    }),
  unsaid: ({ rows }) =>
    rows('socialCare', 'meetings')
      .filter(({ type, status }) => type === 'CLA_REVIEW' && status === 'HELD')
      .flatMap((meeting) => nestedUnder(rows('socialCare', 'invitees'), meeting))
      .filter((row) => (textOf(row, 'agency') ?? '').startsWith('HEALTH') && typeof row.attended !== 'boolean'),
})
