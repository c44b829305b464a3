import type { Knex } from 'knex'
import { watch } from '../changeVersions.ts'
import { registerChanges, watchedDecisions } from '../registerChanges.ts'

/**
 * What a decision on disclosure rests on besides consents and holds: orders of courts, who is barred from a child, who
 * has parental responsibility, and that an agency knows of harm before social care does. A hold may stand before one
 * recipient alone.
 */
export const decisions: Knex.Migration = {
  async up(trx) {
    for (const statement of statements) await trx.raw(statement)
    await watch(trx, registerChanges, watchedDecisions)
  },
  async down() {
    throw new Error('Orders, bars and holds are a record of accountability: they are not undone.')
  },
}

const recorded = `recorded_by text not null, recorded_subject text not null, recorded_issuer text not null,
  recorded_at timestamptz not null`
const ended = 'ended_by text, ended_at timestamptz, end_reason text'

const statements = [
  // In force once a second person has seen it, and until it runs out or is revoked.
  `create table gateway.court_order (
    id text primary key, child_id text not null, court text not null, reference text not null, made_on date not null,
    labels text[] not null, recipient text not null, expires_on date not null, ${recorded},
    confirmed_by text, confirmed_at timestamptz, ${ended})`,
  'create index court_order_child on gateway.court_order (child_id)',
  `create table gateway.bar (
    id text primary key, child_id text not null, subject text not null, issuer text, kind text not null, reason text not null,
    ${recorded}, ${ended})`,
  'create index bar_child on gateway.bar (child_id)',
  `create table gateway.parental_responsibility (
    id text primary key, child_id text not null, holder text not null, source text not null, limits text, from_on date not null,
    disputed boolean not null, not_to_be_asked boolean not null, reason text, ${recorded}, ${ended})`,
  'create index parental_responsibility_child on gateway.parental_responsibility (child_id)',
  `create table gateway.harm_signal (
    id text primary key, child_id text not null, organisation text not null, basis text not null, ends_at timestamptz not null,
    ${recorded}, ${ended})`,
  'create index harm_signal_child on gateway.harm_signal (child_id)',
  'alter table gateway.hold add column recipient text, add column recipient_organisation text',
  'alter table gateway.consent add column given_by text',
]
