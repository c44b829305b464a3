import type { Knex } from 'knex'

/** Under which order of a court a record was opened, and for whom: its holder is told of it. */
export const dutiesOfOrders: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.obligation add column court_order text, add column opened_for text')
  },
  async down(trx) {
    await trx.raw(`delete from gateway.obligation where kind = 'TELL_HOLDER_OF_ORDER'`)
    await trx.raw('alter table gateway.obligation drop column court_order, drop column opened_for')
  },
}
