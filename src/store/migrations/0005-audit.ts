import type { Knex } from 'knex'

/**
 * Who stands in a leaf is kept beside the log, where it can be erased when its time is over; the log keeps salted
 * hashes. Witnesses' signatures, what was erased, and receipts of transfers. The older append function stays for
 * gateways that are not yet replaced.
 */
export const auditTables: Knex.Migration = {
  async up(trx) {
    for (const statement of [...tables, placesOfOlderLeaves, appendLeaves]) await trx.raw(statement)
  },
  async down() {
    throw new Error('The payloads of the audit log are not dropped: restore the database instead.')
  },
}

const tables = [
  `create table gateway.audit_payload (seq bigint primary key, id text not null, at timestamptz not null, payload text)`,
  `create index audit_payload_id on gateway.audit_payload using hash (id)`,
  `create table gateway.audit_erasure (
    size bigint not null, before timestamptz not null, at timestamptz not null, leaf_id text primary key)`,
  `create table gateway.audit_cosignature (
    size bigint not null, witness text not null, line text not null, at timestamptz not null, primary key (size, witness))`,
  `create table gateway.transfer_receipt (
    transfer_id text not null, version integer not null, receipt text not null, primary key (transfer_id, version))`,
]

/** Leaves of the first version hold everything themselves: only their place is noted. */
const placesOfOlderLeaves = `
  insert into gateway.audit_payload (seq, id, at)
    select seq, leaf::json ->> 'id', (leaf::json ->> 'at')::timestamptz from gateway.audit_leaf`

const appendLeaves = `
  create function gateway.audit_append(
    expected_size bigint, expected_root text, leaves text[], hashes text[], child_ids text[], child_offsets bigint[],
    new_root text, new_note text, new_at timestamptz, ids text[], ats timestamptz[], payloads text[])
  returns boolean language plpgsql as $append$
  begin
    if not gateway.audit_append(expected_size, expected_root, leaves, hashes, child_ids, child_offsets, new_root, new_note, new_at)
      then return false;
    end if;
    insert into gateway.audit_payload (seq, id, at, payload)
      select expected_size + entry.place - 1, entry.id, entry.at, entry.payload
      from unnest(ids, ats, payloads) with ordinality as entry (id, at, payload, place);
    return true;
  end $append$`
