import type { Knex } from 'knex'

/**
 * Roots of whole blocks of the audit log's tree, so that a start does not go through every entry. A shortcut and no
 * proof: it is held against the signed checkpoint, and against the entries afterwards.
 */
export const auditBlocks: Knex.Migration = {
  async up(trx) {
    await trx.raw('create table gateway.audit_block (place bigint primary key, root text not null)')
  },
  async down(trx) {
    await trx.raw('drop table gateway.audit_block')
  },
}
