import type { Knex } from 'knex'

/** Who looked within a span of time is found without reading the log from its start. */
export const auditSpan: Knex.Migration = {
  async up(trx) {
    await trx.raw('create index audit_payload_at on gateway.audit_payload using brin (at)')
  },
  async down(trx) {
    await trx.raw('drop index gateway.audit_payload_at')
  },
}
