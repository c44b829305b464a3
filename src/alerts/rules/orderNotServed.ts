import { spoken } from '../../foundation/codeInWords.ts'
import { calendarDays, millisecondsOf } from '../../records/calendarDays.ts'
import { textOf } from '../../records/currentRows.ts'
import { home, police, socialWorker } from '../audience.ts'
import { counted, dayWords, found } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { hoursLater } from '../ruleDeadlines.ts'

/** A notice that nobody was given protects nobody. */
export const orderNotServed = rule({
  code: 'ORDER_NOT_SERVED',
  version: 1,
  rule: 'A notice about a child is served within 72 hours of its issue.',
  source: 'Serious case review of Child Q and Child S (2016), 59: unserved for fifteen days',
  audience: [police, socialWorker, home],
  clears: 'The day on which it was served.',
  needs: { police: { notices: ['issuedAt', 'servedAt'] } },
  on: [['police.notices']],
  also: { police: { notices: ['kind'] } },
  find: ({ rows, parameters, asOf }) =>
    rows('police', 'notices').flatMap((notice) => {
      const issued = textOf(notice, 'issuedAt', 'eventAt')
      const at = millisecondsOf(issued)
      if (textOf(notice, 'servedAt') !== null || issued === null || at === null) return []
      const daysUnserved = calendarDays(at, Date.parse(asOf))
      return [
        found({
          of: [notice],
          due: hoursLater(issued, parameters.ORDER_NOT_SERVED.hours),
          details: { daysUnserved },
          text: `${spoken(textOf(notice, 'kind') ?? 'a notice')} notice issued on ${dayWords(issued)}, not served for ${counted(daysUnserved, 'day')}.`,
        }),
      ]
    }),
})
