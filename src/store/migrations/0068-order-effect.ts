import type { Knex } from 'knex'

/**
 * What an order of a court does: lets an organisation have records, forbids it to disclose them, or lifts what was
 * forbidden. Every order from before there was the difference lets somebody have records.
 */
export const orderEffect: Knex.Migration = {
  async up(trx) {
    await trx.raw("alter table gateway.court_order add column effect text not null default 'DISCLOSES'")
  },
  async down(trx) {
    await trx.raw('alter table gateway.court_order drop column effect')
  },
}
