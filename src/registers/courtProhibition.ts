import type { Label } from '../policy/labels.ts'
import type { HoldRecord } from './holds.ts'
import type { CourtOrder } from './legalRecords.ts'

type Held = Pick<HoldRecord, 'label' | 'recordedAt'>

const covers = ({ labels }: Pick<CourtOrder, 'labels'>, label: Label | null): boolean =>
  labels.length === 0 || (label !== null && labels.includes(label))

/**
 * Whether a holder may record that a court forbade it a disclosure: an order says so, seen by two people, neither ended
 * nor run out. Contempt is of an order, never of a word about one.
 *
 * @param orders confirmed orders about the child that name the holder.
 */
export const isForbidden = (orders: readonly CourtOrder[], label: Label | null, today: string): boolean =>
  orders.some(
    (order) => order.effect === 'FORBIDS' && order.endedAt === null && order.expiresOn >= today && covers(order, label),
  )

/**
 * Whether a court's prohibition may be released: by an order that lifts it, made later than every one that forbids.
 * That the prohibiting order has ended or run out in the register lifts nothing: one person writes that.
 */
export function isLifted(orders: readonly CourtOrder[], { label, recordedAt }: Held, today: string): boolean {
  const forbidden = orders.filter((order) => order.effect === 'FORBIDS' && covers(order, label))
  // One that was recorded before orders were needed counts from its own day.
  const days = forbidden.length > 0 ? forbidden.map(({ madeOn }) => madeOn) : [recordedAt.slice(0, 10)]
  return orders.some(
    (order) =>
      order.effect === 'LIFTS' &&
      order.endedAt === null &&
      order.expiresOn >= today &&
      covers(order, label) &&
      days.every((day) => order.madeOn > day),
  )
}
