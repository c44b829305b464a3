import type { Knex } from 'knex'

/**
 * The index by person no longer begins as the key does, by holder and list. While an import fills the table nothing is
 * known of how it is filled: either seemed as good for finding one record, and by person that reads a whole list.
 */
export const importedByPerson: Knex.Migration = {
  async up(trx) {
    await trx.raw('drop index gateway.imported_record_person')
    await trx.raw('create index imported_record_person on gateway.imported_record (holder, person_id, list)')
  },
  async down(trx) {
    await trx.raw('drop index gateway.imported_record_person')
    await trx.raw('create index imported_record_person on gateway.imported_record (holder, list, person_id)')
  },
}
