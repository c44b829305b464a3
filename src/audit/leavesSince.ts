import type { Database } from '../store/database.ts'
import { leafFrom } from './bytes.ts'
import type { Leaf } from './leaf.ts'

export interface NumberedLeaf {
  readonly seq: number
  readonly leaf: Leaf
}

/** Leaves from a place in the log on, oldest first: for readers that keep their own place and read each leaf once. */
export async function leavesSince(
  database: Pick<Database, 'rows'>,
  seq: number,
  most: number,
): Promise<readonly NumberedLeaf[]> {
  const text =
    'select seq::text, leaf::text from gateway.audit_leaf where seq >= $1::bigint order by audit_leaf.seq limit $2::int'
  const rows = await database.rows({ name: 'audit-since', text, values: [seq, most] })
  return rows.map(([at, leaf]) => ({ seq: Number(at), leaf: leafFrom(leaf ?? '') }))
}
