import type { Knex } from 'knex'
import { createIndexes, dropIndexes } from './namedIndexes.ts'

const due = `coalesce(due_on, 'infinity'::date), id`

const indexes = {
  transfer_sent: `gateway.transfer (from_la, due_on, id) where state <> 'PENDING'`,
  transfer_received: `gateway.transfer (to_la, due_on, id) where state <> 'PENDING'`,
  transfer_asked_from: `gateway.transfer (from_la, created_at, id) where state = 'PENDING'`,
  transfer_asked_for: `gateway.transfer (to_la, created_at, id) where state = 'PENDING'`,
  break_glass_notice_page: 'gateway.break_glass_notice (recipient, at, id)',
  review_page: 'gateway.review (la, (closed_at is not null), due_on, id)',
  review_open: 'gateway.review (la, due_on, id) where closed_at is null',
  obligation_of_child: `gateway.obligation (child_id, (discharged_at is not null), ${due})`,
  obligation_of_owner: `gateway.obligation (owner, ${due}) where discharged_at is null`,
  access_notice_page: 'gateway.access_notice (la, at desc, leaf_id, child_id)',
  access_notice_of_child: 'gateway.access_notice (la, child_id, at desc, leaf_id)',
  hold_to_review: 'gateway.hold (agency, organisation, review_on, id) where released_at is null',
} as const

/** What the new ones make needless: they begin alike. */
const before = {
  transfer_pending: `gateway.transfer (from_la, to_la) where state = 'PENDING'`,
  break_glass_notice_recipient: 'gateway.break_glass_notice (recipient, at)',
  review_la: 'gateway.review (la, due_on)',
  obligation_child: 'gateway.obligation (child_id)',
  obligation_owner: 'gateway.obligation (owner) where discharged_at is null',
  access_notice_la: 'gateway.access_notice (la, at)',
  hold_organisation: 'gateway.hold (agency, organisation) where released_at is null',
} as const

/** Lists that were cut are read page by page, each page for what it holds and not for what stands behind it. */
export const listPages: Knex.Migration = {
  async up(trx) {
    await createIndexes(trx, indexes)
    await dropIndexes(trx, before)
  },
  async down(trx) {
    await createIndexes(trx, before)
    await dropIndexes(trx, indexes)
  },
}
