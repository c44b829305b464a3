import type { Knex } from 'knex'

/** Of which format the file was that said a record: what a whole return no longer says is told by it. */
export const importedFormat: Knex.Migration = {
  async up(trx) {
    await trx.raw('alter table gateway.imported_record add column format text')
  },
  async down(trx) {
    await trx.raw('alter table gateway.imported_record drop column format')
  },
}
