import type { Knex } from 'knex'

/** Numbers by which holders name their people, where that is not the id of the record: it leads to the record. */
export const ownNumbers: Knex.Migration = {
  async up(trx) {
    const text = 'text collate "C" not null'
    await trx.raw(`create table gateway.own_number (agency ${text}, number ${text}, holder ${text} default '',
      person_id ${text}, primary key (agency, number, holder, person_id))`)
    await trx.raw('create index own_number_person on gateway.own_number (agency, person_id)')
  },
  async down(trx) {
    await trx.raw('drop table gateway.own_number')
  },
}
