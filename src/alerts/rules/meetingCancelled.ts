import { textOf } from '../../records/currentRows.ts'
import { manager, school, socialWorker } from '../audience.ts'
import { dayWords, found, meetingWords, timeOf, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

/** A meeting cancelled because a parent did not come is still needed. */
export const meetingCancelled = rule({
  code: 'MEETING_CANCELLED_NOT_REBOOKED',
  version: 1,
  rule: 'A meeting that was cancelled is booked again within five working days.',
  source: 'Serious case review of Child Q and Child S (2016), 118 and 131',
  audience: [socialWorker, manager, school],
  clears: 'A new date, or the meeting held.',
  needs: { socialCare: { meetings: ['type', 'status'] } },
  on: [['socialCare.meetings']],
  absent: ['socialCare.meetings'],
  also: { socialCare: { meetings: ['outcome'] } },
  find: ({ rows, parameters }) => {
    const meetings = rows('socialCare', 'meetings')
    return meetings.flatMap((meeting) => {
      const was = whenOf(meeting)
      if (meeting.status !== 'CANCELLED' || was === null) return []
      const isRebooked = meetings.some(
        (other) => other.status !== 'CANCELLED' && other.type === meeting.type && timeOf(other) > timeOf(meeting),
      )
      if (isRebooked) return []
      const due = endOfWorkingDays(was, parameters.MEETING_CANCELLED_NOT_REBOOKED.workingDays)
      return [
        found({
          of: [meeting],
          due,
          text: `The ${meetingWords(textOf(meeting, 'type'))} of ${dayWords(was)} was cancelled and is not booked again.`,
        }),
      ]
    })
  },
})
