import type { Knex } from 'knex'

/**
 * Alerts that somebody cleared: which rule, over which record, and why. The record is named by its id and nothing of
 * it is kept. An alert itself is stored nowhere: it is found anew from what each reader may read.
 */
export const alertTables: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.alert_clearance (
      id uuid primary key default gen_random_uuid(), child_id text not null references gateway.child (child_id),
      code text not null, version int not null, anchor text not null, reason text not null, note text,
      role text not null, organisation text not null, cleared_by text not null, cleared_at timestamptz not null)`)
    await trx.raw('create index alert_clearance_child on gateway.alert_clearance (child_id, cleared_at)')
  },
  async down(trx) {
    await trx.raw('drop table gateway.alert_clearance')
  },
}
