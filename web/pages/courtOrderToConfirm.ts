import { partyName } from '../../src/foundation/partyName.ts'
import type { Asked } from '../askGateway.ts'
import type { ChildAtHand, Visit } from '../pageVisit.ts'
import { labelInWords, within } from '../words/codes.ts'
import { longDay } from '../words/dates.ts'

interface CourtOrder {
  readonly id: string
  readonly court: string | null
  readonly reference: string | null
  readonly madeOn: string
  readonly labels: readonly string[]
  readonly recipient: string | null
  readonly effect: string
  readonly expiresOn: string
}

const effects: Readonly<Record<string, string>> = {
  DISCLOSES: 'May have the records',
  FORBIDS: 'May not disclose its records',
  LIFTS: 'May disclose its records again',
}

const hidden = 'Not for you to read'

/** One order by its number, for whoever is to say that it was recorded as it was made. */
export const askOrder = (
  visit: Visit,
  id: string,
  { purpose }: ChildAtHand,
): Promise<Asked<{ courtOrder: CourtOrder | null }>> =>
  visit.ask<{ courtOrder: CourtOrder | null }>('courtOrder', { id }, purpose)

/** What an order says, line by line: nobody confirms what they have not read. */
export const orderSaid = ({ parts }: Pick<Visit, 'parts'>, order: CourtOrder) => [
  { name: 'court', value: order.court ?? hidden },
  { name: 'reference', value: order.reference ?? hidden },
  { name: 'madeOn', value: longDay(order.madeOn) ?? '' },
  {
    name: 'covers',
    value:
      order.labels
        .map((label, place) => (place === 0 ? labelInWords(label) : within(labelInWords(label))))
        .join(', ') ||
      (order.effect === 'DISCLOSES'
        ? 'Everything but legal advice, a protected address and an adoption'
        : 'Everything but legal advice'),
  },
  {
    name: effects[order.effect] ?? order.effect,
    value: order.recipient === null ? hidden : partyName(parts.registry, order.recipient),
  },
  { name: 'lastDay', value: longDay(order.expiresOn) ?? '' },
]
