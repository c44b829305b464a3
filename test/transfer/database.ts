import { PGlite } from '@electric-sql/pglite'
import knex from 'knex'
import ClientPGLite from 'knex-pglite'
import type { Database } from '../../src/store/database.ts'
import { PlainRow } from '../../src/store/plainRow.ts'

const tables = `
  create schema gateway;
  create table gateway.transfer (
    id text primary key, child_id text not null, type text not null, from_la text not null, to_la text not null,
    state text not null, version integer not null default 0, notified_at timestamptz, clock_start timestamptz,
    clock_rule text, working_days integer, due_on date, created_at timestamptz not null default now(), created_by text,
    notified_by text, asked_by text, kept_for text);
  create unique index transfer_not_ended on gateway.transfer (child_id, type, from_la, to_la, coalesce(kept_for, ''))
    where state not in ('CLOSED', 'REJECTED', 'WITHDRAWN');
  create table gateway.transfer_version (
    transfer_id text not null, version integer not null, content text, jws text not null,
    fingerprint text not null, at timestamptz not null default now(), opened text, difference text,
    primary key (transfer_id, version));
  create table gateway.transfer_event (
    id bigserial primary key, transfer_id text not null, at timestamptz not null default now(),
    state text not null, by text, note text, step integer not null, unique (transfer_id, step));
  create table gateway.transfer_contribution (
    transfer_id text not null, agency text not null, la text, force text, state text not null, reason text,
    at timestamptz not null default now(), by text);
  create table gateway.transfer_receipt (
    transfer_id text not null, version integer not null, receipt text not null, primary key (transfer_id, version));
  create unique index transfer_contribution_supplier
    on gateway.transfer_contribution (transfer_id, agency, coalesce(la, ''), coalesce(force, ''));`

/** A real PostgreSQL in memory with the tables of transfers. */
export const openTransferDatabase = async (): Promise<Database> => {
  const pglite = await PGlite.create()
  await pglite.exec(tables)
  const configuration: object = { client: ClientPGLite, dialect: 'postgres', connection: () => ({ pglite }) }
  const builder = knex(configuration)
  const rows: Database['rows'] = async ({ text, values }) =>
    (await pglite.query<(string | null)[]>(text, [...values], { rowMode: 'array' })).rows
  return {
    kind: 'embedded',
    knex: builder,
    rows,
    wireRows: async (statement) => (await rows(statement)).map((texts) => new PlainRow(texts)),
    close: async () => {
      await builder.destroy()
      if (!pglite.closed) await pglite.close()
    },
  }
}
