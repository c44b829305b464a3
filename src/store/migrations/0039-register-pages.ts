import type { Knex } from 'knex'

const indexes = {
  consent_in_order: 'gateway.consent (child_id, recorded_at desc, id)',
  hold_in_order: 'gateway.hold (child_id, agency, organisation, recorded_at desc, id)',
  relationship_in_order: 'gateway.relationship (child_id, from_on desc nulls last, id)',
} as const

/** Registers are read page by page, in the order in which they are told. */
export const registerPages: Knex.Migration = {
  async up(trx) {
    for (const [name, on] of Object.entries(indexes)) await trx.raw(`create index ${name} on ${on}`)
  },
  async down(trx) {
    for (const name of Object.keys(indexes)) await trx.raw(`drop index gateway.${name}`)
  },
}
