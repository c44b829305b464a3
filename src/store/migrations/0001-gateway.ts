import type { Knex } from 'knex'

/**
 * What the gateway owns: links between agency persons, its registers, transfers and the audit log. No record of an
 * agency.
 */
export const gatewayTables: Knex.Migration = {
  async up(trx) {
    for (const table of [...registers, ...transfers, ...audit]) await trx.raw(table)
    for (const table of withChild) await trx.raw(`create index ${table}_child on gateway.${table} (child_id)`)
    await trx.raw(appendLeaves)
  },
  async down() {
    throw new Error('The first migration is not undone: drop the database instead.')
  },
}

const withChild = ['link', 'identifier', 'relationship', 'consent', 'hold', 'transfer'] as const

const registers = [
  `create table gateway.child (child_id text primary key, area_la text, born_on date)`,
  `create table gateway.link (
    child_id text not null, agency text not null, person_id text not null,
    since timestamptz not null default now(), ended_at timestamptz,
    primary key (agency, person_id, child_id))`,
  `create table gateway.identifier (
    scheme text not null, value text not null, child_id text not null, verified boolean not null default false,
    primary key (scheme, value, child_id))`,
  `create table gateway.relationship (
    id text primary key, child_id text not null, organisation text not null, kind text not null,
    from_on date, to_on date, basis text, recorded_by text, recorded_at timestamptz not null default now())`,
  `create table gateway.consent (
    id text primary key, child_id text not null, state text not null, labels text[] not null default '{}',
    recipient text, purpose text, giver text, competence text, evidence text,
    recorded_at timestamptz not null default now(), recorded_by text,
    expires_on date, withdrawn_at timestamptz, withdrawn_reason text)`,
  `create table gateway.hold (
    id text primary key, child_id text not null, kind text not null, agency text, record_id text, label text,
    reason text, owner text, review_on date, until timestamptz,
    recorded_at timestamptz not null default now(), released_at timestamptz, release_reason text)`,
  `create table gateway.agreement (id text primary key, organisation text not null, title text, from_on date, to_on date)`,
  `create index agreement_organisation on gateway.agreement (organisation)`,
]

const transfers = [
  `create table gateway.transfer (
    id text primary key, child_id text not null, type text not null, from_la text not null, to_la text not null,
    state text not null, version integer not null default 0, notified_at timestamptz, clock_start timestamptz,
    clock_rule text, working_days integer, due_on date, created_at timestamptz not null default now(), created_by text,
    unique (child_id, type, from_la, to_la))`,
  `create table gateway.transfer_version (
    transfer_id text not null, version integer not null, content text not null, jws text not null,
    fingerprint text not null, at timestamptz not null default now(),
    primary key (transfer_id, version))`,
  `create table gateway.transfer_event (
    id bigserial primary key, transfer_id text not null, at timestamptz not null default now(),
    state text not null, by text, note text)`,
  `create index transfer_event_transfer on gateway.transfer_event (transfer_id)`,
  `create table gateway.transfer_contribution (
    transfer_id text not null, agency text not null, la text, force text, state text not null, reason text,
    at timestamptz not null default now(), by text)`,
  // An unset authority or force counts as a value here: one line per supplier.
  `create unique index transfer_contribution_supplier
    on gateway.transfer_contribution (transfer_id, agency, coalesce(la, ''), coalesce(force, ''))`,
]

/** Leaves are text, not JSON: their hash is over the exact bytes, which jsonb would not give back. */
const audit = [
  `create table gateway.audit_leaf (seq bigint primary key, leaf text not null, leaf_hash text not null)`,
  `create table gateway.audit_checkpoint (
    size bigint primary key, root text not null, note text not null, at timestamptz not null default now())`,
  `create table gateway.audit_child (child_id text not null, seq bigint not null, primary key (child_id, seq))`,
  `create index audit_child_seq on gateway.audit_child (seq)`,
]

/**
 * Appends a batch in one round trip and one transaction, after whoever holds the log's lock. It writes only when the
 * log still ends where the caller thinks (`expected_size`, `expected_root`; an empty log has size 0), so two gateways
 * cannot fork it; it answers whether it wrote. In plpgsql every statement sees what was committed before it, so the
 * look at the end of the log comes truly after the lock.
 */
const appendLeaves = `
  create function gateway.audit_append(
    expected_size bigint, expected_root text, leaves text[], hashes text[], child_ids text[], child_offsets bigint[],
    new_root text, new_note text, new_at timestamptz) returns boolean language plpgsql as $append$
  declare ended_at bigint; ended_root text;
  begin
    perform pg_advisory_xact_lock(7311542640218);
    if current_setting('synchronous_commit') = 'off' then perform set_config('synchronous_commit', 'on', true); end if;
    select size, root into ended_at, ended_root from gateway.audit_checkpoint order by size desc limit 1;
    if coalesce(ended_at, 0) <> expected_size or (ended_at is not null and ended_root <> expected_root) then
      return false;
    end if;
    insert into gateway.audit_leaf (seq, leaf, leaf_hash)
      select expected_size + entry.place - 1, entry.leaf, entry.hash
      from unnest(leaves, hashes) with ordinality as entry (leaf, hash, place);
    insert into gateway.audit_child (child_id, seq)
      select entry.child, expected_size + entry.place from unnest(child_ids, child_offsets) as entry (child, place);
    insert into gateway.audit_checkpoint (size, root, note, at)
      values (expected_size + cardinality(leaves), new_root, new_note, new_at);
    return true;
  end $append$`
