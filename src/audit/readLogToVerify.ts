import type { Database } from '../store/database.ts'

/** Entries of one page. */
export const pageSize = 1000

/** What verification reads, in pages, from the tables of the log. */
export function openReader(database: Database) {
  const run = (name: string, text: string, values: readonly unknown[] = []) => database.rows({ name, text, values })
  return {
    end: async () => {
      const [row] = await run(
        'audit-verify-end',
        `with last as (select coalesce(max(size), 0) as size from gateway.audit_checkpoint)
         select last.size::text, (select count(*) from gateway.audit_leaf where seq >= last.size or seq < 0)::text,
           (select count(*) from gateway.audit_child child
             where not exists (select from gateway.audit_leaf leaf where leaf.seq = child.seq))::text,
           (select coalesce(max(size), 0) from gateway.audit_erasure)::text from last`,
      )
      const [size, beyond, lost, erased] = [row?.[0], row?.[1], row?.[2], row?.[3]].map((text) => Number(text ?? 0))
      return { size: size ?? 0, beyond: beyond ?? 0, lost: lost ?? 0, erased: erased ?? 0 }
    },
    leaves: async (from: number, to: number) => {
      // A plan for any span takes a long log for much to read and starts workers for each page: the limit says how few.
      const text = `select leaf.seq::text, leaf.leaf::text, leaf.leaf_hash::text, kept.payload::text
        from (select seq, leaf, leaf_hash from gateway.audit_leaf
          where seq >= $1::bigint and seq < $2::bigint order by seq limit ${pageSize}) leaf
        left join gateway.audit_payload kept on kept.seq = leaf.seq`
      const rows = await run('audit-verify-leaves', text, [from, to])
      return new Map(
        rows.map(([seq, leaf, hash, payload]) => [
          Number(seq),
          { text: leaf ?? '', hash: hash ?? '', payload: payload ?? null },
        ]),
      )
    },
    checkpoints: async (from: number, to: number) => {
      const text =
        'select size::text, root::text, note::text from gateway.audit_checkpoint where size > $1::bigint and size <= $2::bigint'
      const rows = await run('audit-verify-checkpoints', text, [from, to])
      return new Map(rows.map(([size, root, note]) => [Number(size), { root: root ?? '', note: note ?? '' }]))
    },
    children: async (from: number, to: number) =>
      grouped(
        await run(
          'audit-verify-children',
          'select seq::text, child_id::text from gateway.audit_child where seq >= $1::bigint and seq < $2::bigint',
          [from, to],
        ),
      ),
    cosignatures: async (from: number, to: number) =>
      grouped(
        await run(
          'audit-verify-cosignatures',
          'select size::text, line::text from gateway.audit_cosignature where size > $1::bigint and size <= $2::bigint',
          [from, to],
        ),
      ),
  }
}

function grouped(rows: readonly (readonly (string | null)[])[]): ReadonlyMap<number, readonly string[]> {
  const found = new Map<number, string[]>()
  for (const [key, value] of rows) {
    const known = found.get(Number(key))
    if (known) known.push(value ?? '')
    else found.set(Number(key), [value ?? ''])
  }
  return found
}
