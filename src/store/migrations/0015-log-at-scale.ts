import type { Knex } from 'knex'

/**
 * Appending tells a gateway that came too late what the others wrote, so that it appends with its next round trip. The
 * access log of a child knows which of its entries tell those outside governance nothing, so that a page of it is read
 * and no more. Appends by gateways that are not yet replaced leave that open, and it is then told from the entry.
 */
export const logAtScale: Knex.Migration = {
  async up(trx) {
    for (const statement of [...table, untoldOfOlder, append]) await trx.raw(statement)
  },
  async down(trx) {
    await trx.raw('drop function gateway.audit_append_or_tell')
    await trx.raw('drop index gateway.audit_child_told')
    await trx.raw('alter table gateway.audit_child drop column untold')
  },
}

const table = [
  'alter table gateway.audit_child add column untold boolean',
  'create index audit_child_told on gateway.audit_child (child_id, seq) where untold is not true',
]

/**
 * As `isUntold` decides: acts on the own agency's holds and duties and searches, where nothing was opened of the child.
 * Told from the exact text that was written, since the text may hold what PostgreSQL's JSON does not; where it is not
 * of that form, it is left open.
 */
const untoldOfOlder = `
  update gateway.audit_child child set untold = true
  from gateway.audit_leaf leaf, gateway.audit_payload kept
  where leaf.seq = child.seq and kept.seq = child.seq
    and leaf.leaf ~ ('^[{]"actions":[[][^]]*"((holds|recordHold|releaseHold|reviewHold|escalateHold|decideRelevance|obligations)"'
      || '|(findChild|matchChild)[^A-Za-z0-9_])')
    and strpos(kept.payload, '"id":' || to_json(child.child_id)::text || ',"facts":{}') > 0
    and strpos(kept.payload, '"id":' || to_json(child.child_id)::text || ',"facts":{"') = 0`

/**
 * Appends as `audit_append` does. When the log has grown meanwhile it answers, with the lock still held, where it ends
 * and the hashes that were added, unless they are very many.
 */
const append = `
  create function gateway.audit_append_or_tell(
    expected_size bigint, expected_root text, leaves text[], hashes text[], child_ids text[], child_offsets bigint[],
    new_root text, new_note text, new_at timestamptz, ids text[], ats timestamptz[], payloads text[], untold boolean[])
  returns table (written boolean, ended_at bigint, ended_root text, added text) language plpgsql as $append$
  #variable_conflict use_variable
  begin
    if gateway.audit_append(expected_size, expected_root, leaves, hashes, child_ids, child_offsets, new_root, new_note, new_at,
      ids, ats, payloads)
    then
      update gateway.audit_child child set untold = entry.untold
        from unnest(child_ids, child_offsets, untold) as entry (id, place, untold)
        where entry.untold and child.child_id = entry.id and child.seq = expected_size + entry.place;
      return query select true, null::bigint, null::text, null::text;
      return;
    end if;
    select checkpoint.size, checkpoint.root into ended_at, ended_root
      from gateway.audit_checkpoint checkpoint order by checkpoint.size desc limit 1;
    if ended_at - expected_size between 0 and 10000 then
      select string_agg(leaf.leaf_hash, chr(10) order by leaf.seq) into added
        from gateway.audit_leaf leaf where leaf.seq >= expected_size and leaf.seq < ended_at;
    end if;
    return query select false, ended_at, ended_root, added;
  end $append$`
