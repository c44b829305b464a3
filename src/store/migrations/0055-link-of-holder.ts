import type { Knex } from 'knex'

/** The way from a holder to the children of whom it has a person, since its own records let it ask about them. */
export const linkOfHolder: Knex.Migration = {
  async up(trx) {
    await trx.raw('create index link_of_holder on gateway.link (holder, child_id)')
  },
  async down(trx) {
    await trx.raw('drop index gateway.link_of_holder')
  },
}
