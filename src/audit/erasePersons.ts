import { randomUUID } from 'node:crypto'
import type { Clock } from '../foundation/clock.ts'
import type { Database } from '../store/database.ts'
import type { AuditEntry, AuditLog } from './entry.ts'
import { erasureAction } from './erasureEntry.ts'

export interface EraseOptions {
  readonly database: Database
  readonly log: AuditLog
  readonly clock: Clock
  /** Persons of entries that were written before this instant are erased. */
  readonly before: Date
  /** Organisations whose own entries keep their persons: an inquiry needs them. */
  readonly except?: readonly string[]
  /** Who decided it and under which pack, for the entry that records the erasure. */
  readonly by: Pick<AuditEntry, 'caller' | 'pack'>
}

export interface Erased {
  /** Entries before this place no longer tell whom they concern. */
  readonly upTo: number
  /** How many did until now. */
  readonly erased: number
  /**
   * Entries of the first version among them: these hold their persons in the log itself, which nothing can take out.
   */
  readonly kept: number
}

/**
 * Erases who stands in the oldest entries: their salts, names and the access log's entries. First the log records that
 * it is done, then it is done: persons that are missing without such an entry are a fault that verification finds. The
 * oldest entries whole up to one place, so an entry that a clock set back has dated too early waits for those before
 * it.
 */
export async function erasePersons({ database, log, clock, before, by, except = [] }: EraseOptions): Promise<Erased> {
  const run = (name: string, text: string, values: readonly unknown[]) => database.rows({ name, text, values })
  const [place] = await run(
    'audit-erase-place',
    `select coalesce((select min(seq) from gateway.audit_payload where at >= $1::timestamptz),
       (select max(size) from gateway.audit_checkpoint), 0)::text`,
    [before.toISOString()],
  )
  const upTo = Number(place?.[0] ?? 0)
  const counted = await run(
    'audit-erase-count',
    `select count(*) filter (where ${isErased('$2::text[]')})::text, count(*) filter (where payload is null and seq >= coalesce(
       (select max(size) from gateway.audit_erasure), 0))::text from gateway.audit_payload where seq < $1::bigint`,
    [upTo, except],
  )
  const [erased, kept] = [Number(counted[0]?.[0] ?? 0), Number(counted[0]?.[1] ?? 0)]
  if (erased === 0) return { upTo, erased, kept }

  const id = randomUUID()
  const at = clock.now().toISOString()
  await log.append(erasureEntry(id, at, upTo, by))
  await database.knex.transaction(async (trx) => {
    await trx.raw('insert into gateway.audit_erasure (size, before, at, leaf_id) values (?, ?, ?, ?)', [
      upTo,
      before.toISOString(),
      at,
      id,
    ])
    await trx.raw(
      `delete from gateway.audit_child where seq in (
         select seq from gateway.audit_payload where seq < ? and ${isErased('?::text[]')})`,
      [upTo, [...except], [...except]],
    )
    await trx.raw(`update gateway.audit_payload set payload = null where seq < ? and ${isErased('?::text[]')}`, [
      upTo,
      [...except],
      [...except],
    ])
  })
  return { upTo, erased, kept }
}

/**
 * Whether an entry still tells whom it concerns, and its organisation is none of those that are excepted. The caller's
 * stands first in a leaf; PostgreSQL cannot take every leaf apart, as one may hold a sign that its text has not.
 */
const isErased = (except: '$2::text[]' | '?::text[]'): string =>
  `payload is not null and (cardinality(${except}) = 0 or (select substring(leaf from '"organisation":"([^"]*)"')
    from gateway.audit_leaf where audit_leaf.seq = audit_payload.seq) <> all(${except}))`

/** An erasure that the log records. */
export interface Erasure {
  /** The entry that records it. */
  readonly leafId: string
  readonly before: string
  readonly at: string
}

/** The latest erasure, for those who read an access log: what was before it is no longer there. */
export async function latestErasure(database: Database): Promise<Erasure | null> {
  const form = `'YYYY-MM-DD"T"HH24:MI:SS"Z"'`
  const text = `select to_char(before, ${form}), to_char(at, ${form}), leaf_id::text from gateway.audit_erasure order by size desc, at desc limit 1`
  const [row] = await database.rows({ name: 'audit-erasure', text, values: [] })
  return row?.[0] && row[1] && row[2] ? { before: row[0], at: row[1], leafId: row[2] } : null
}

const erasureEntry = (id: string, at: string, upTo: number, by: EraseOptions['by']): AuditEntry => ({
  version: 1,
  id,
  at,
  requestId: id,
  ...by,
  operation: { name: null, hash: '' },
  outcome: 'DISCLOSED',
  code: null,
  children: [],
  actions: [erasureAction(upTo)],
})
