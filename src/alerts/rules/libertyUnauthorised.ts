import { isAllSeen } from '../../childView/listsWereRead.ts'
import { spoken } from '../../foundation/codeInWords.ts'
import { dayOf, openOn, textOf } from '../../records/currentRows.ts'
import { home, manager, reviewer, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

const orders = { socialCare: { orders: ['type', 'from', 'to'] } } as const

/**
 * A locked door takes a child’s liberty: somebody must have allowed it. Where the log does not say whether they did,
 * the orders do, for whoever may read them all.
 */
export const libertyUnauthorised = rule({
  code: 'LIBERTY_RESTRICTION_UNAUTHORISED',
  version: 2,
  rule: 'A restriction of a child’s liberty rests on an order that permits it.',
  source: 'Serious case review of Child Q and Child S (2016), 67, 75, 153, 155, 197, LP15 and LP18',
  audience: [socialWorker, manager, reviewer, home],
  clears: 'An order that permits it, or the restriction ended.',
  needs: { socialCare: { libertyRestrictions: ['kind', 'authorised'] } },
  on: [['socialCare.libertyRestrictions']],
  also: orders,
  find: ({ rows, ground }) => {
    const permitting = isAllSeen(orders, ground)
      ? rows('socialCare', 'orders').filter(({ type }) => /DEPRIVATION_OF_LIBERTY|SECURE/.test(type ?? ''))
      : null
    const isPermitted = (day: string): boolean =>
      permitting === null ||
      permitting.some((order) => openOn(day, textOf(order, 'from', 'eventAt'), textOf(order, 'to')))
    const taken = inOrder(
      rows('socialCare', 'libertyRestrictions').filter(
        (row) => row.authorised === false || (row.authorised === null && !isPermitted(dayOf(whenOf(row) ?? ''))),
      ),
    )
    const first = taken[0]
    if (!first) return []
    const kinds = new Set(taken.flatMap((row) => textOf(row as { kind?: unknown }, 'kind') ?? []))
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
