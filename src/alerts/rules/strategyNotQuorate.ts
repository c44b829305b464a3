import { quorumOf } from '../../childView/quorum.ts'
import { spoken } from '../../foundation/codeInWords.ts'
import { nestedUnder } from '../../records/agencyAnswers.ts'
import { textOf } from '../../records/currentRows.ts'
import { healthLead, manager, police } from '../audience.ts'
import { dayWords, found, listWords, meetingWords, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** A strategy made without health, or without police, is made without what they know. */
export const strategyNotQuorate = rule({
  code: 'STRATEGY_NOT_QUORATE',
  version: 1,
  rule: 'Social care, police and health take part in every strategy discussion; a conference has two further agencies.',
  source: 'Working Together to Safeguard Children, strategy discussion; Child U briefing, line 43',
  audience: [manager, police, healthLead],
  clears: 'The discussion held again with those who were missing, or a recorded reason for the exception.',
  needs: { socialCare: { meetings: ['type', 'status'], invitees: ['agency', 'attended'] } },
  on: [['socialCare.meetings']],
  absent: ['socialCare.invitees'],
  also: { socialCare: { meetings: ['outcome'] } },
  find: ({ rows }) =>
    rows('socialCare', 'meetings').flatMap((meeting) => {
      if (meeting.type === 'CLA_REVIEW') return []
      const invitees = nestedUnder(rows('socialCare', 'invitees'), meeting)
      const { quorate, missing } = quorumOf(meeting, invitees)
      if (quorate !== false) return []
      const outcome = textOf(meeting, 'outcome')
      return [
        found({
          of: [meeting, ...invitees],
          anchor: meeting.id,
          details: { missing: (missing ?? []).join(' ') },
          text: `The ${meetingWords(textOf(meeting, 'type'))} of ${dayWords(whenOf(meeting))} went on without ${listWords((missing ?? []).map(spoken))}${outcome ? ', and decided' : ''}.`,
        }),
      ]
    }),
  unsaid: ({ rows }) =>
    rows('socialCare', 'meetings').flatMap((meeting) => {
      if (meeting.type === 'CLA_REVIEW' || meeting.status !== 'HELD') return []
      const invitees = nestedUnder(rows('socialCare', 'invitees'), meeting)
      return quorumOf(meeting, invitees).quorate === null
        ? invitees.filter(({ attended }) => typeof attended !== 'boolean')
        : []
    }),
})
