import { calendarDays, millisecondsOf } from '../../records/calendarDays.ts'
import { textOf } from '../../records/currentRows.ts'
import { mash, police, socialWorker } from '../audience.ts'
import { counted, dayWords, found, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

/** The police knew on Monday; social care could see it on Friday. */
export const shareLag = rule({
  code: 'SHARE_LAG',
  version: 1,
  rule: 'What the police record about a child reaches social care by the end of the next working day.',
  source: 'Multi-agency case audit, case 3 and two others; Sonia briefing, line 46',
  audience: [police, socialWorker, mash],
  clears: 'The reason for the delay, and how it is kept from happening again.',
  needs: { police: { crimes: ['sharedAt'] } },
  on: [['police.crimes']],
  find: ({ rows, parameters }) =>
    rows('police', 'crimes').flatMap((crime) => {
      const [was, shared] = [whenOf(crime), textOf(crime, 'sharedAt')]
      const due = was === null ? null : endOfWorkingDays(was, parameters.SHARE_LAG.workingDays)
      const [wasAt, sharedAt] = [millisecondsOf(was), millisecondsOf(shared)]
      if (due === null || wasAt === null || sharedAt === null || sharedAt <= Date.parse(due)) return []
      const days = calendarDays(wasAt, sharedAt)
      return [
        found({
          of: [crime],
          due: shared,
          details: { daysToShare: days },
          text: `Recorded for ${dayWords(was)}, to be seen by social care from ${dayWords(shared)}: ${counted(days, 'day')} later.`,
        }),
      ]
    }),
})
