import { textOf } from '../../records/currentRows.ts'
import { manager, reviewer, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder, latestOf, whenOf } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

/** Many people spoke about the child, and for half a year nobody wrote down what the child said. */
export const voiceNotRecorded = rule({
  code: 'VOICE_NOT_RECORDED',
  version: 1,
  rule: 'While a case is open, what the child says is recorded at least every six months, the first time within four weeks.',
  source: 'Sonia briefing, lines 102 to 106; serious case review of Child Q and Child S (2016), 23, 176 and 183',
  audience: [socialWorker, manager, reviewer],
  clears: 'What the child said, with its day; or why the child could not be asked.',
  needs: {
    socialCare: {
      voice: [],
      person: ['dateOfBirth', 'expectedDate'],
      plans: ['from', 'to'],
      referrals: ['closedOn', 'noFurtherAction'],
    },
  },
  on: [['socialCare.plans', 'socialCare.referrals'], ['socialCare.person']],
  absent: ['socialCare.voice'],
  find: ({ rows, parameters, asOf }) => {
    const { withinDays, afterDays } = parameters.VOICE_NOT_RECORDED
    const open = inOrder([
      ...openAt(rows('socialCare', 'plans'), asOf),
      ...rows('socialCare', 'referrals').filter(
        (row) => textOf(row, 'closedOn') === null && row.noFurtherAction !== true,
      ),
    ])[0]
    const from = open ? whenOf(open) : null
    const isBorn = rows('socialCare', 'person').some((row) => textOf(row, 'dateOfBirth') !== null)
    if (!open || from === null || !isBorn) return []
    const last = inOrder(rows('socialCare', 'voice')).at(-1)
    const said = last ? whenOf(last) : null
    return [
      found({
        of: [open, ...(last ? [last] : [])],
        due: latestOf(daysLater(from, afterDays), said === null ? null : daysLater(said, withinDays)),
        anchor: open.id,
        text:
          said === null
            ? `Open since ${dayWords(from)}, and nothing that the child said is recorded.`
            : `What the child said was last recorded on ${dayWords(said)}.`,
      }),
    ]
  },
  unsaid: ({ rows }) => {
    const persons = rows('socialCare', 'person')
    // A child who is not yet born says nothing.
    const isKnown = persons.some((row) => textOf(row, 'dateOfBirth') !== null || textOf(row, 'expectedDate') !== null)
    return isKnown ? [] : persons
  },
})
