import type { Knex } from 'knex'

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

const make = async (trx: Knex, named: Readonly<Record<string, string>>) => {
  for (const [name, on] of Object.entries(named)) await trx.raw(`create index ${name} on ${on}`)
}
const drop = async (trx: Knex, named: Readonly<Record<string, string>>) => {
  for (const name of Object.keys(named)) await trx.raw(`drop index gateway.${name}`)
}

/**
 * With whom an organisation works is walked child by child, and every list in its own order: neither goes through what
 * is over.
 */
export const listsInOrder: Knex.Migration = {
  async up(trx) {
    await make(trx, indexes)
    await drop(trx, before)
  },
  async down(trx) {
    await make(trx, before)
    await drop(trx, indexes)
  },
}
