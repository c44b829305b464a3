import { spoken } from '../../foundation/codeInWords.ts'
import { nestedUnder } from '../../records/agencyAnswers.ts'
import { textOf } from '../../records/currentRows.ts'
import { healthLead, police, school, socialWorker } from '../audience.ts'
import { dayWords, found, listWords, meetingWords, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

/** What a meeting decided stands on the file of everybody who was there. */
export const outcomeNotFiled = rule({
  code: 'OUTCOME_NOT_FILED',
  version: 1,
  rule: 'Each agency that took part in a meeting confirms that it has filed the outcome.',
  source: 'Sonia briefing, line 76',
  audience: [socialWorker, healthLead, school, police],
  clears: 'The acknowledgement of each agency.',
  needs: { socialCare: { meetings: ['status', 'outcome'], invitees: ['agency', 'attended', 'acknowledgedAt'] } },
  on: [['socialCare.meetings'], ['socialCare.invitees']],
  also: { socialCare: { meetings: ['type'] } },
  find: ({ rows, parameters }) =>
    rows('socialCare', 'meetings').flatMap((meeting) => {
      const was = whenOf(meeting)
      if (meeting.status !== 'HELD' || textOf(meeting, 'outcome') === null || was === null) return []
      const invitees = nestedUnder(rows('socialCare', 'invitees'), meeting)
      // Where nobody's acknowledgement is recorded, the holder does not keep them: that is not known, and not late.
      if (!invitees.some((row) => textOf(row, 'acknowledgedAt') !== null)) return []
      const silent = invitees.filter(
        (row) =>
          row.attended === true &&
          row.agency !== 'CHILDRENS_SOCIAL_CARE' &&
          textOf(row, 'agency') !== null &&
          textOf(row, 'acknowledgedAt') === null,
      )
      if (silent.length === 0) return []
      return [
        found({
          of: [meeting, ...silent],
          due: endOfWorkingDays(was, parameters.OUTCOME_NOT_FILED.workingDays),
          anchor: meeting.id,
          count: silent.length,
          details: { agencies: silent.flatMap((row) => textOf(row, 'agency') ?? []).join(' ') },
          text: `The outcome of the ${meetingWords(textOf(meeting, 'type'))} of ${dayWords(was)} is not acknowledged by ${listWords(silent.map((row) => spoken(textOf(row, 'agency') ?? '')))}.`,
        }),
      ]
    }),
  unsaid: ({ rows }) =>
    rows('socialCare', 'meetings')
      .filter((meeting) => meeting.status === 'HELD' && textOf(meeting, 'outcome') !== null)
      .flatMap((meeting) => nestedUnder(rows('socialCare', 'invitees'), meeting))
      .filter(
        (row) =>
          typeof row.attended !== 'boolean' &&
          row.agency !== 'CHILDRENS_SOCIAL_CARE' &&
          textOf(row, 'acknowledgedAt') === null,
      ),
})
