import type { Knex } from 'knex'

/** When the people of a holder were last taken into the register: before that nobody was looked for there. */
export const holderIndex: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.holder_index (
      holder text collate "C" primary key, indexed_at timestamptz not null)`)
  },
  async down(trx) {
    await trx.raw('drop table gateway.holder_index')
  },
}
