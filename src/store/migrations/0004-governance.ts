import type { Knex } from 'knex'

/**
 * Break-glass with its notices and reviews, duties that decisions gave rise to, notices of access, and what became of
 * holds.
 */
export const governanceTables: Knex.Migration = {
  async up(trx) {
    for (const table of tables) await trx.raw(table)
  },
  async down() {
    throw new Error('Reviews and duties are a record of accountability: they are not undone.')
  },
}

const tables = [
  // A session stands for one person, not for a colleague with the same role: issuer and subject are part of it.
  `create table gateway.break_glass (
    id text primary key, child_id text not null, issuer text not null, subject text not null, organisation text not null,
    role text not null, purpose text not null, reason text not null, second_person text, needs_second boolean not null,
    confirmed_at timestamptz, opened_at timestamptz not null, expires_at timestamptz not null)`,
  `create index break_glass_child on gateway.break_glass (child_id, expires_at)`,
  `create table gateway.break_glass_notice (
    id text primary key, break_glass_id text not null, child_id text not null, recipient text not null, at timestamptz not null)`,
  `create index break_glass_notice_recipient on gateway.break_glass_notice (recipient, at)`,
  `create table gateway.review (
    id text primary key, break_glass_id text not null unique, child_id text not null, la text, opened_at timestamptz not null,
    due_on date not null, closed_at timestamptz, closed_by text, finding text, reason text)`,
  `create index review_la on gateway.review (la, due_on)`,
  `create table gateway.obligation (
    id text primary key, child_id text not null, kind text not null, owner text not null, agency text, label text,
    arisen_at timestamptz not null, due_on date, leaf_id text, discharged_at timestamptz, discharged_by text,
    discharge_reason text)`,
  `create index obligation_child on gateway.obligation (child_id)`,
  `create index obligation_owner on gateway.obligation (owner) where discharged_at is null`,
  `create table gateway.access_notice (
    leaf_id text not null, child_id text not null, la text not null, at timestamptz not null, organisation text not null,
    role text not null, purpose text not null, break_glass boolean not null, primary key (leaf_id, child_id))`,
  `create index access_notice_la on gateway.access_notice (la, at)`,
  // How far duties and notices have been read out of the log; they can be made again from it.
  `create table gateway.log_position (reader text primary key, seq bigint not null)`,
  `create table gateway.hold_event (
    id text primary key, hold_id text not null, kind text not null, at timestamptz not null, by text not null,
    to_role text, reason text not null, review_on date)`,
  `create index hold_event_hold on gateway.hold_event (hold_id, at)`,
]
