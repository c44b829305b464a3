import type { Knex } from 'knex'

/**
 * What governance answers for and keeps: complaints, breaches and requests of the ones whom records are about, each
 * with its clock; how long registers are kept, agreed by two; and what must not be erased while an inquiry needs it.
 */
export const governanceRegisters: Knex.Migration = {
  async up(trx) {
    for (const statement of statements) await trx.raw(statement)
  },
  async down() {
    throw new Error('Complaints, breaches and requests are a record of accountability: they are not undone.')
  },
}

const statements = [
  `create table gateway.governance_case (
    id text primary key, kind text not null, controller text not null, child_id text, received_on date not null,
    due_at timestamptz not null, summary text not null, identity_checked boolean not null, recorded_by text not null,
    recorded_at timestamptz not null, closed_by text, closed_at timestamptz, outcome text)`,
  'create index governance_case_controller on gateway.governance_case (controller, due_at)',
  `create table gateway.governance_step (
    id text primary key, case_id text not null, at timestamptz not null, by text not null, note text not null)`,
  'create index governance_step_case on gateway.governance_step (case_id, at)',
  // A rule holds once a second person has agreed to it; the latest that did holds.
  `create table gateway.retention (
    id text primary key, register text not null, keep_days int not null, basis text not null, proposed_by text not null,
    proposed_at timestamptz not null, approved_by text, approved_at timestamptz)`,
  `create table gateway.legal_hold (
    id text primary key, register text not null, reason text not null, placed_by text not null,
    placed_at timestamptz not null, ended_by text, ended_at timestamptz)`,
  'alter table gateway.agreement add column version text, add column warn_days int',
]
