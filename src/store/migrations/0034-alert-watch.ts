import type { Knex } from 'knex'

/**
 * When each child is to be looked at again, who looks just now, and which audience was told of what. A notice is the
 * rule's code and the id of the record that made it fire: nothing of a record is kept.
 */
export const alertWatchTables: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.alert_watch (
      child_id text primary key,
      due_at timestamptz not null, leased_until timestamptz)`)
    await trx.raw('create index alert_watch_due on gateway.alert_watch (due_at)')
    await trx.raw(`create table gateway.alert_notified (
      child_id text not null, code text not null, anchor text not null,
      organisation text not null, role text not null, version int not null, notified_at timestamptz not null,
      primary key (child_id, code, anchor, organisation, role))`)
  },
  async down(trx) {
    await trx.raw('drop table gateway.alert_notified')
    await trx.raw('drop table gateway.alert_watch')
  },
}
