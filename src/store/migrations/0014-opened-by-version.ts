import type { Knex } from 'knex'

/**
 * What the recipient's grants opened when a version was compiled: once one of it is closed, that version is served no
 * more.
 */
export const openedByVersion: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.transfer_version add column opened text')
  },
  async down(trx) {
    await trx.raw('alter table gateway.transfer_version drop column opened')
  },
}
