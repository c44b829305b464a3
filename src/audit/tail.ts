import type { Knex } from 'knex'
import { StartupError } from '../errors.ts'
import { abortable } from '../store/abortable.ts'
import type { Database } from '../store/database.ts'
import type { Stopping } from '../store/stopping.ts'
import { emptyFrontier, type Frontier, grow, rootOf } from './merkle.ts'

/** Leaves of one transaction, and the checkpoint after them. */
export interface Batch {
  readonly leaves: readonly BatchLeaf[]
  readonly root: string
  readonly note: string
  readonly at: string
}

export interface BatchLeaf {
  readonly id: string
  readonly at: string
  readonly text: string
  readonly hash: string
  readonly children: readonly string[]
  /** Who stands in the leaf, kept beside the log. */
  readonly payload: string
}

/** The end of the stored log. */
export interface Tail {
  /** Writes the batch that `make` builds on the log's true end. Wholly or not at all, though after a failure it may not be known which. */
  append(make: (before: Frontier) => { batch: Batch; after: Frontier }, signal: Stopping): Promise<void>
}

/** Reads the log to its end and compares it with its last checkpoint: a log that was altered is not appended to. */
export async function openTail(database: Database): Promise<Tail> {
  const read: Read = ({ name, text }, values) => database.rows({ name, text: numbered(text), values })
  let frontier = await catchUp(read, emptyFrontier)

  /** One round trip: written if no other gateway has appended since. */
  const appendHere: Tail['append'] = async (make, signal) => {
    const { batch, after } = make(frontier)
    const written = await database.rows(
      { name: appendQuery.name, text: numbered(appendQuery.text), values: valuesOf(frontier, batch) },
      signal,
    )
    if (written[0]?.[0] === 'true') frontier = after
    else await abortable(appendInTurn(make, signal), signal)
  }

  /** Another gateway has appended, or an earlier write's fate is unknown: takes the lock first, then looks. */
  const appendInTurn: Tail['append'] = async (make, signal) => {
    const next = await database.knex.transaction(async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(7311542640218)')
      const current = await catchUp(readerOf(trx), frontier)
      signal.throwIfAborted()
      const { batch, after } = make(current)
      const written = await readerOf(trx)(appendQuery, valuesOf(current, batch))
      if (written[0]?.[0] !== 'true') throw new Error('The end of the audit log moved under its own lock.')
      return after
    })
    frontier = next
  }

  return { append: appendHere }
}

type Rows = Awaited<ReturnType<Database['rows']>>
type Values = readonly (string | number | string[] | number[])[]
type Read = (query: Query, values: Values) => Promise<Rows>

interface Query {
  /** PostgreSQL cuts names of prepared statements at 63 bytes. */
  readonly name: string
  readonly text: string
}

/** `?` of knex as `$1`, `$2`. */
const numbered = (text: string): string => {
  let at = 0
  return text.replace(/\?/g, () => `$${++at}`)
}

const readerOf =
  (trx: Knex.Transaction): Read =>
  async ({ text }, values) => {
    const result: unknown = await trx.raw(text, [...values])
    if (typeof result !== 'object' || result === null || !('rows' in result) || !Array.isArray(result.rows)) return []
    return result.rows.map((row: Record<string, unknown>) =>
      Object.values(row).map((value) => (value == null ? null : String(value))),
    )
  }

const endQuery: Query = {
  name: 'audit-end',
  text: 'select size::text as size, root::text as root from gateway.audit_checkpoint order by audit_checkpoint.size desc limit 1',
}

const hashesQuery: Query = {
  name: 'audit-hashes',
  text: 'select leaf_hash::text as leaf_hash from gateway.audit_leaf where seq >= ?::bigint and seq < ?::bigint order by seq',
}

const appendQuery: Query = {
  name: 'audit-append',
  // Lines, for JSON that is written as an item of a list is escaped whole, and canonical JSON has no line end in it.
  text: `select gateway.audit_append(?::bigint, ?::text, string_to_array(?::text, chr(10)), ?::text[], ?::text[], ?::bigint[],
    ?::text, ?::text, ?::timestamptz, ?::text[], ?::timestamptz[], string_to_array(?::text, chr(10)))::text as written`,
}

/** Adds to what is known the leaves that were committed since, and compares the result with the last checkpoint. */
async function catchUp(read: Read, known: Frontier): Promise<Frontier> {
  const [last] = await read(endQuery, [])
  const size = Number(last?.[0] ?? 0)
  if (size < known.size)
    throw new Error(`The audit log ends at ${size}, before its known size ${known.size}: leaves were removed.`)
  let frontier = known
  while (frontier.size < size) {
    const wanted = Math.min(size, frontier.size + 10_000)
    const hashes = await read(hashesQuery, [frontier.size, wanted])
    if (hashes.length !== wanted - frontier.size) throw altered()
    frontier = grow(
      frontier,
      hashes.map(([hash]) => Buffer.from(hash ?? '', 'hex')),
    )
  }
  if (last && rootOf(frontier).toString('hex') !== last[1]) throw altered()
  return frontier
}

const altered = (): StartupError =>
  new StartupError([
    'The audit log does not match its last checkpoint, so nothing can be disclosed. Run: npm run wholeview -- audit verify.',
  ])

function valuesOf(before: Frontier, batch: Batch): Values {
  const children = batch.leaves.flatMap((leaf, at) => leaf.children.map((child) => ({ child, at })))
  return [
    before.size,
    rootOf(before).toString('hex'),
    batch.leaves.map((leaf) => leaf.text).join('\n'),
    batch.leaves.map((leaf) => leaf.hash),
    children.map(({ child }) => child),
    children.map(({ at }) => at),
    batch.root,
    batch.note,
    batch.at,
    batch.leaves.map((leaf) => leaf.id),
    batch.leaves.map((leaf) => leaf.at),
    batch.leaves.map((leaf) => leaf.payload).join('\n'),
  ]
}
