import type { Knex } from 'knex'

/**
 * Whose person a record of the identity register is, and whose a protected place: two holders of a kind may give one id
 * to two people. Empty where it was noted before holders were told apart.
 */
export const holdersOfPersons: Knex.Migration = {
  async up(trx) {
    const holder = `add column holder text collate "C" not null default ''`
    await trx.raw(`alter table gateway.person_record ${holder}`)
    await trx.raw('alter table gateway.person_record drop constraint person_record_agency_local_id_key')
    await trx.raw('alter table gateway.person_record add unique (agency, local_id, holder)')
    await trx.raw(`alter table gateway.protected_place ${holder}`)
    await trx.raw('alter table gateway.protected_place drop constraint protected_place_pkey')
    await trx.raw('alter table gateway.protected_place add primary key (agency, person_id, holder)')
  },
  async down() {
    throw new Error('Two holders may have given one id: whose it is is not dropped.')
  },
}
