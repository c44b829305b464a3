import { dayLength } from '../../foundation/london.ts'
import { textOf } from '../../records/currentRows.ts'
import { mash, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, timeOf, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/**
 * Eleven contacts were each looked at alone: the third within half a year, or from a third source, is never one more.
 */
export const repeatContacts = rule({
  code: 'REPEAT_CONTACTS',
  version: 1,
  rule: 'Several contacts about the child within a few months, or from several organisations, are looked at together.',
  source: 'Serious case review of Child Q and Child S (2016), 117 to 138: eleven contacts assessed one by one',
  audience: [mash, socialWorker],
  clears: 'An assessment that looks at all of the contacts together, or a manager’s reason why they stand apart.',
  needs: { socialCare: { contacts: ['outcome'] } },
  on: [['socialCare.contacts']],
  also: { socialCare: { contacts: ['fromAgency', 'fromOrganisation'] } },
  find: ({ rows, parameters }) => {
    const { contacts, withinDays, sources, sourcesWithinDays } = parameters.REPEAT_CONTACTS
    const all = inOrder(
      rows('socialCare', 'contacts').filter((row) => row.outcome !== 'DUPLICATE' && whenOf(row) !== null),
    )
    const sourceOf = (row: (typeof all)[number]) => textOf(row, 'fromOrganisation', 'fromAgency')
    const sourcesOf = (some: typeof all) => new Set(some.flatMap((row) => sourceOf(row) ?? []))
    for (const [index, row] of all.entries()) {
      const within = (days: number) =>
        all.slice(0, index + 1).filter((earlier) => timeOf(row) - timeOf(earlier) <= days * dayLength)
      const recent = within(withinDays)
      const year = within(sourcesWithinDays)
      const made = recent.length >= contacts ? recent : sourcesOf(year).size >= sources ? year : null
      if (!made) continue
      const first = made[0] ?? row
      const later = all.slice(index + 1)
      const whole = [...made, ...later]
      const from = sourcesOf(whole).size
      return [
        found({
          of: made,
          more: later,
          anchor: row.id,
          count: whole.length,
          details: { contacts: whole.length, ...(from > 0 ? { sources: from } : {}) },
          text:
            `${counted(whole.length, 'contact')}${from > 0 ? ` from ${counted(from, 'source')}` : ''} since ` +
            `${dayWords(whenOf(first))}, the last on ${dayWords(whenOf(whole.at(-1) ?? row))}.`,
        }),
      ]
    }
    return []
  },
})
