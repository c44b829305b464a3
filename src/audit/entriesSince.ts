import type { Database } from '../store/database.ts'
import { leafFrom } from './bytes.ts'
import type { AuditEntry } from './entry.ts'

export interface NumberedEntry {
  readonly seq: number
  readonly leaf: AuditEntry
}

/** Leaves from a place in the log on, oldest first: for readers that keep their own place and read each leaf once. */
export async function entriesSince(
  database: Pick<Database, 'rows'>,
  seq: number,
  most: number,
): Promise<readonly NumberedEntry[]> {
  const text = `select leaf.seq::text, leaf.leaf::text, kept.payload::text from gateway.audit_leaf leaf
      left join gateway.audit_payload kept on kept.seq = leaf.seq where leaf.seq >= $1::bigint order by leaf.seq limit $2::int`
  const rows = await database.rows({ name: 'audit-since', text, values: [seq, most] })
  return rows.map(([at, text, payload]) => {
    const leaf = leafFrom(text ?? '', payload ?? null)
    // Of whom it was is no longer kept: it gives rise to nothing more.
    return { seq: Number(at), leaf: leaf.erased ? { ...leaf, children: [] } : leaf }
  })
}
