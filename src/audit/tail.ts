import type { Knex } from 'knex'
import { StartupError } from '../foundation/errors.ts'
import { abortable } from '../store/abortable.ts'
import type { Database } from '../store/database.ts'
import type { Stopping } from '../store/stopping.ts'
import { emptyFrontier, type Frontier, grow, rootOf } from './merkle.ts'

/** Leaves of one transaction, and the checkpoint after them. */
export interface Batch {
  readonly leaves: readonly BatchEntry[]
  readonly root: string
  readonly note: string
  readonly at: string
}

export interface BatchEntry {
  readonly id: string
  readonly at: string
  readonly text: string
  readonly hash: Buffer
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
  const read: Read = ({ name, numbered }, values, signal) => database.rows({ name, text: numbered, values }, signal)
  let end = await catchUp(read, { frontier: emptyFrontier, root: '' })

  /** One round trip: written if no other gateway has appended since. */
  const appendHere: Tail['append'] = async (make, signal) => {
    const { batch, after } = make(end.frontier)
    const written = await read(appendQuery, valuesOf(end, batch), signal)
    if (written[0]?.[0] === 'true') end = { frontier: after, root: batch.root }
    else await abortable(appendInTurn(make, signal), signal)
  }

  /** Another gateway has appended, or an earlier write's fate is unknown: takes the lock first, then looks. */
  const appendInTurn: Tail['append'] = async (make, signal) => {
    end = await database.knex.transaction(async (trx) => {
      await trx.raw('select pg_advisory_xact_lock(7311542640218)')
      const current = await catchUp(readerOf(trx), end)
      signal.throwIfAborted()
      const { batch, after } = make(current.frontier)
      const written = await readerOf(trx)(appendQuery, valuesOf(current, batch))
      if (written[0]?.[0] !== 'true') throw new Error('The end of the audit log moved under its own lock.')
      return { frontier: after, root: batch.root }
    })
  }

  return { append: appendHere }
}

type Rows = Awaited<ReturnType<Database['rows']>>
type Values = readonly (string | number | string[] | number[])[]
type Read = (query: Query, values: Values, signal?: Stopping) => Promise<Rows>

/** How far the log is known: its tree, and the tree's root as it is stored. */
interface End {
  readonly frontier: Frontier
  readonly root: string
}

interface Query {
  /** PostgreSQL cuts names of prepared statements at 63 bytes. */
  readonly name: string
  /** For knex, whose parameters are `?`. */
  readonly text: string
  /** The same with `$1`, `$2`. */
  readonly numbered: string
}

const query = (name: string, text: string): Query => {
  let at = 0
  return { name, text, numbered: text.replace(/\?/g, () => `$${++at}`) }
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

const endQuery = query(
  'audit-end',
  'select size::text as size, root::text as root from gateway.audit_checkpoint order by audit_checkpoint.size desc limit 1',
)

const hashesQuery = query(
  'audit-hashes',
  'select leaf_hash::text as leaf_hash from gateway.audit_leaf where seq >= ?::bigint and seq < ?::bigint order by seq',
)

const appendQuery = query(
  'audit-append',
  // Lines, for JSON that is written as an item of a list is escaped whole, and neither canonical JSON nor a hash has a line end in it.
  `select gateway.audit_append(?::bigint, ?::text, string_to_array(?::text, chr(10)), string_to_array(?::text, chr(10)), ?::text[],
    ?::bigint[], ?::text, ?::text, ?::timestamptz, ?::text[], ?::timestamptz[], string_to_array(?::text, chr(10)))::text as written`,
)

/** Adds to what is known the leaves that were committed since, and compares the result with the last checkpoint. */
async function catchUp(read: Read, known: End): Promise<End> {
  const [last] = await read(endQuery, [])
  const size = Number(last?.[0] ?? 0)
  let { frontier } = known
  if (size < frontier.size)
    throw new Error(`The audit log ends at ${size}, before its known size ${frontier.size}: leaves were removed.`)
  while (frontier.size < size) {
    const wanted = Math.min(size, frontier.size + 10_000)
    const hashes = await read(hashesQuery, [frontier.size, wanted])
    if (hashes.length !== wanted - frontier.size) throw altered()
    frontier = grow(
      frontier,
      hashes.map(([hash]) => Buffer.from(hash ?? '', 'hex')),
    )
  }
  const root = rootOf(frontier).toString('hex')
  if (last && root !== last[1]) throw altered()
  return { frontier, root }
}

const altered = (): StartupError =>
  new StartupError([
    'The audit log does not match its last checkpoint, so nothing can be disclosed. Run: wholeview audit verify.',
  ])

function valuesOf({ frontier, root }: End, { leaves, ...batch }: Batch): Values {
  const [children, places]: [string[], number[]] = [[], []]
  for (const [at, leaf] of leaves.entries())
    for (const child of leaf.children) {
      children.push(child)
      places.push(at)
    }
  return [
    frontier.size,
    root,
    leaves.map(({ text }) => text).join('\n'),
    leaves.map(({ hash }) => hash.toString('hex')).join('\n'),
    children,
    places,
    batch.root,
    batch.note,
    batch.at,
    leaves.map(({ id }) => id),
    leaves.map(({ at }) => at),
    leaves.map(({ payload }) => payload).join('\n'),
  ]
}
