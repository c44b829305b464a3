import type { Knex } from 'knex'

/**
 * Leaves and their payloads are compressed by lz4, where the server was built with it: it costs less than PostgreSQL's
 * own way, and every answer waits for it. What is stored already stays as it is.
 */
export const auditCompression: Knex.Migration = {
  async up(trx) {
    await trx.raw(`do $lz4$
      begin
        execute 'alter table gateway.audit_leaf alter column leaf set compression lz4';
        execute 'alter table gateway.audit_payload alter column payload set compression lz4';
      exception when feature_not_supported or syntax_error then null;
      end $lz4$`)
  },
  async down(trx) {
    await trx.raw(`do $default$
      begin
        execute 'alter table gateway.audit_leaf alter column leaf set compression default';
        execute 'alter table gateway.audit_payload alter column payload set compression default';
      exception when syntax_error then null;
      end $default$`)
  },
}
