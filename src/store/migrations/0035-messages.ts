import type { Knex } from 'knex'

/**
 * What agencies say to each other about a child. A message and its events are only ever added: what stood on a day is a
 * fold over them. Columns beside the events (`due_at`, `answered_at`, `closed_at`) say the same for filters, in one
 * transaction with them. `child_id` is the text that the sender gave: there may be no such child. A recipient without a
 * mailbox was to be told and was not.
 */
export const messages: Knex.Migration = {
  async up(trx) {
    await trx.raw(`create table gateway.message (
      seq bigint generated always as identity unique, id text primary key, child_id text, kind text not null,
      kind_version integer not null, from_organisation text not null, from_role text not null, from_person text not null,
      from_mailbox text not null, procedures text not null, fields json not null, labels text[] not null default '{}',
      sent_at timestamptz not null, first_due_at timestamptz, first_due_rule text, due_at timestamptz, due_rule text,
      closed_at timestamptz, idempotency_key text,
      content_hash text not null, audit_id text not null)`)
    await trx.raw(
      `create unique index message_key on gateway.message (from_organisation, from_person, idempotency_key)`,
    )
    await trx.raw(`create index message_of_child on gateway.message (child_id, seq desc)`)
    await trx.raw(`create index message_outbox on gateway.message (from_mailbox, seq desc)`)
    await trx.raw(`create table gateway.message_recipient (
      message_id text not null references gateway.message on delete cascade, place integer not null, seq bigint not null,
      mailbox text, party text not null, service text not null, role text, duty text not null, added_at timestamptz not null,
      first_due_at timestamptz, due_at timestamptz, answered_at timestamptz, primary key (message_id, place))`)
    await trx.raw(
      `create index message_inbox on gateway.message_recipient (mailbox, seq desc) where mailbox is not null`,
    )
    await trx.raw(`create table gateway.message_event (
      seq bigint generated always as identity primary key, id text not null unique,
      message_id text not null references gateway.message on delete cascade, at timestamptz not null, kind text not null,
      recipient integer, by_organisation text not null, by_role text not null, by_person text not null, fields json not null,
      due_at timestamptz, due_rule text, idempotency_key text, content_hash text not null, audit_id text not null)`)
    await trx.raw(`create unique index message_event_key
      on gateway.message_event (by_organisation, by_person, idempotency_key)`)
    await trx.raw(`create index message_event_of on gateway.message_event (message_id, seq)`)
  },
  async down(trx) {
    await trx.raw('drop table gateway.message_event, gateway.message_recipient, gateway.message')
  },
}
