import type { Database } from '../store/database.ts'
import type { AuditEntry } from './entry.ts'
import { entryFrom } from './readEntry.ts'

/** A span of the log, latest first. */
export interface Span {
  readonly from: string
  readonly to: string
  /** Entries before the one with this id alone. */
  readonly after: string | null
  readonly most: number
}

/** Entries of a span of time, latest first. What of them a reader may know is for whoever asks. */
export async function entriesWithin(
  database: Pick<Database, 'rows'>,
  { after, from, most, to }: Span,
): Promise<readonly AuditEntry[]> {
  const rows = await database.rows({
    name: 'audit-span',
    text: `select leaf.leaf::text, kept.payload::text
      from gateway.audit_payload kept join gateway.audit_leaf leaf on leaf.seq = kept.seq
      where kept.at >= $1::timestamptz and kept.at < $2::timestamptz
        and ($3::text is null or kept.seq < (select min(seq) from gateway.audit_payload where id = $3::text))
      order by kept.seq desc limit $4::int`,
    values: [from, to, after, most],
  })
  return rows.map(([leaf, payload]) => entryFrom(leaf ?? '', payload ?? null))
}
