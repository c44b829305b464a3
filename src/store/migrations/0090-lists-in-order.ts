import type { Knex } from 'knex'
import { createIndexes, dropIndexes } from './namedIndexes.ts'

const indexes = {
  relationship_organisation_in_order: `gateway.relationship (organisation, child_id, coalesce(to_on, 'infinity'::date))`,
  relationship_authority_in_order: `gateway.relationship (split_part(organisation, '-', 1), child_id)`,
  court_order_in_order: 'gateway.court_order (child_id, recorded_at desc, id)',
  parental_responsibility_in_order: 'gateway.parental_responsibility (child_id, recorded_at desc, id)',
  bar_in_order: 'gateway.bar (child_id, recorded_at desc, id)',
  alert_clearance_latest: 'gateway.alert_clearance (child_id, code, anchor, cleared_at desc, id desc)',
  agreement_parties: 'gateway.agreement using gin (parties)',
} as const

/** What the new ones make needless: they begin alike. */
const before = {
  relationship_of_organisation: 'gateway.relationship (organisation, child_id)',
  court_order_child: 'gateway.court_order (child_id)',
  parental_responsibility_child: 'gateway.parental_responsibility (child_id)',
  bar_child: 'gateway.bar (child_id)',
  alert_clearance_child: 'gateway.alert_clearance (child_id, cleared_at)',
} as const

/**
 * With whom an organisation works is walked child by child, and every list in its own order: neither goes through what
 * is over.
 */
export const listsInOrder: Knex.Migration = {
  async up(trx) {
    await createIndexes(trx, indexes)
    await dropIndexes(trx, before)
  },
  async down(trx) {
    await createIndexes(trx, before)
    await dropIndexes(trx, indexes)
  },
}
