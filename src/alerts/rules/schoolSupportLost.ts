import { textOf } from '../../records/currentRows.ts'
import { school, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, whenOf } from '../findingWords.ts'
import { followsWithin } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

/** What a small school did every day, the large one does not know was done. */
export const supportNetLost = rule({
  code: 'SUPPORT_NET_LOST',
  version: 1,
  rule: 'Support with basic needs that one school gave goes on at the next, or is ended on purpose.',
  source: 'Serious case review of Child Q and Child S (2016), 104 and 133',
  audience: [school, socialWorker],
  clears: 'Support offered at the new school, or the need looked at and found gone.',
  needs: {
    education: { basicNeedsSupport: ['kind'], enrolments: ['from', 'to', 'urn'] },
  },
  on: [['education.basicNeedsSupport'], ['education.enrolments']],
  absent: ['education.basicNeedsSupport'],
  also: { education: { enrolments: ['school'] } },
  find: ({ rows, parameters }) => {
    const { support, beforeDays, afterDays } = parameters.SUPPORT_NET_LOST
    const enrolments = inOrder(rows('education', 'enrolments'))
    const given = inOrder(rows('education', 'basicNeedsSupport'))
    return enrolments.flatMap((next, index) => {
      const from = textOf(next, 'from')
      const earlier = enrolments.slice(0, index).some((row) => textOf(row, 'urn') !== textOf(next, 'urn'))
      if (from === null || !earlier) return []
      const before = given.filter((row) => followsWithin(whenOf(row), from, beforeDays))
      const isGoingOn = given.some((row) => followsWithin(from, whenOf(row), 36_500))
      if (before.length < support || isGoingOn) return []
      return [
        found({
          of: [next],
          more: before,
          due: daysLater(from, afterDays),
          count: before.length,
          text: `Support was given ${counted(before.length, 'time')} in the year before; since ${textOf(next, 'school') ?? 'the new school'} began on ${dayWords(from)}, none.`,
        }),
      ]
    })
  },
})
