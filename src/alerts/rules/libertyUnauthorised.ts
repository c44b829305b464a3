import { spoken } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { home, manager, reviewer, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** A locked door takes a child’s liberty: somebody must have allowed it. */
export const libertyUnauthorised = rule({
  code: 'LIBERTY_RESTRICTION_UNAUTHORISED',
  version: 1,
  rule: 'A restriction of a child’s liberty rests on an order that permits it.',
  source: 'Serious case review of Child Q and Child S (2016), 67, 75, 153, 155, 197, LP15 and LP18',
  audience: [socialWorker, manager, reviewer, home],
  clears: 'An order that permits it, or the restriction ended.',
  needs: { socialCare: { libertyRestrictions: ['kind', 'authorised'] } },
  on: [['socialCare.libertyRestrictions']],
  find: ({ rows }) => {
    const taken = inOrder(rows('socialCare', 'libertyRestrictions').filter((row) => row.authorised === false))
    const first = taken[0]
    if (!first) return []
    const kinds = new Set(
      rows('socialCare', 'libertyRestrictions')
        .filter((row) => row.authorised === false)
        .flatMap((row) => textOf(row, 'kind') ?? []),
    )
    return [
      found({
        of: [first],
        more: taken.slice(1),
        anchor: first.id,
        count: taken.length,
        text: `${listWords([...kinds].map(spoken))}: ${counted(taken.length, 'time')} since ${dayWords(whenOf(first))}, with no order that permits it.`,
      }),
    ]
  },
})
