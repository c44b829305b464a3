import type { Knex } from 'knex'

/**
 * Whose person a link names: each holder of a kind gives its own ids, and two may give the same. Empty where the link
 * was made before holders were told apart; it then stands for every holder of the kind.
 */
export const linkHolder: Knex.Migration = {
  async up(trx) {
    await trx.raw(`alter table gateway.link add column holder text collate "C" not null default ''`)
    await trx.raw('alter table gateway.link drop constraint link_pkey')
    await trx.raw('alter table gateway.link add primary key (agency, person_id, child_id, holder)')
  },
  async down() {
    throw new Error('Two holders may have given one id: whose it is is not dropped.')
  },
}
