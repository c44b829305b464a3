import type { Database, Statement } from '../store/database.ts'
import type { AuditEntry } from './entry.ts'
import { entryFrom } from './readEntry.ts'

export interface NumberedEntry {
  readonly seq: number
  readonly leaf: AuditEntry
}

/** How much is read at once: entries, and bytes of them. One entry that is larger comes alone. */
export interface PageSize {
  readonly entries: number
  readonly bytes: number
}

/**
 * Both tables are bounded on both sides, so that no plan begins at the log's start; sizes are read from where a text is
 * kept, without reading it.
 */
export const entriesSinceStatement = (seq: number, { entries, bytes }: PageSize): Statement => ({
  name: 'audit-since',
  text: `select seq::text as place, leaf::text as leaf, payload::text as payload from (
      select leaf.seq, leaf.leaf, kept.payload, octet_length(leaf.leaf) + coalesce(octet_length(kept.payload), 0) as size,
        sum(octet_length(leaf.leaf) + coalesce(octet_length(kept.payload), 0)) over (order by leaf.seq) as upto
      from gateway.audit_leaf leaf left join gateway.audit_payload kept
        on kept.seq = leaf.seq and kept.seq >= $1::bigint and kept.seq < $1::bigint + $2::bigint
      where leaf.seq >= $1::bigint and leaf.seq < $1::bigint + $2::bigint) page
    where upto <= $3::bigint or upto = size order by seq`,
  values: [seq, entries, bytes],
})

/** Entries from a place in the log on, oldest first: for readers that keep their own place and read each entry once. */
export async function entriesSince(
  { rows }: Pick<Database, 'rows'>,
  seq: number,
  most: PageSize,
): Promise<readonly NumberedEntry[]> {
  const found = await rows(entriesSinceStatement(seq, most))
  return found.map(([at, text, payload]) => {
    const leaf = entryFrom(text ?? '', payload ?? null)
    // Of whom it was is no longer kept: it gives rise to nothing more.
    return { seq: Number(at), leaf: leaf.erased ? { ...leaf, children: [] } : leaf }
  })
}
