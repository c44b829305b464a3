import type { Database } from '../store/database.ts'
import type { AuditEntry } from './entry.ts'
import { endOfLog, placeOf } from './log.ts'
import { entryFrom } from './readEntry.ts'

/** A span of the log, latest first. */
export interface Span {
  readonly from: string
  readonly to: string
  /** Entries before the one with this id alone. */
  readonly after: string | null
  readonly most: number
}

/**
 * Entries of a span of time, latest first. What of them a reader may know is for whoever asks.
 *
 * @throws Refusal BAD_INPUT for an entry to go on after that there is not.
 */
export async function entriesWithin(
  database: Pick<Database, 'rows'>,
  { after, from, most, to }: Span,
): Promise<readonly AuditEntry[]> {
  const rows = await database.rows({
    name: 'audit-span',
    text: `select leaf.leaf::text, kept.payload::text
      from gateway.audit_payload kept join gateway.audit_leaf leaf on leaf.seq = kept.seq
      where kept.at >= $1::timestamptz and kept.at < $2::timestamptz
        and kept.seq < $3::bigint
      order by kept.seq desc limit $4::int`,
    values: [from, to, after === null ? endOfLog : await placeOf(database, after), most],
  })
  return rows.map(([leaf, payload]) => entryFrom(leaf ?? '', payload ?? null))
}
