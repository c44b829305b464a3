import { StartupError } from '../foundation/errors.ts'
import { abortable } from '../store/abortable.ts'
import type { Database, Statement } from '../store/database.ts'
import type { Stopping } from '../store/stopping.ts'
import { rowsIn } from '../store/transactionRows.ts'
import { BlockRoots, blockSize } from './blockRoots.ts'
import { emptyFrontier, type Frontier, grow, rootOf } from './merkle.ts'
import { type Block, blocksInto, hasAlteredBlock, keepBlocks, readBlocks } from './storedBlockRoots.ts'

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
  /** Each once, with whether the leaf tells those outside governance anything of them. */
  readonly children: readonly { readonly id: string; readonly isUndisclosed: boolean }[]
  /** Who stands in the leaf, kept beside the log. */
  readonly payload: string
}

/** The end of the stored log. */
export interface Tail {
  /**
   * Writes the batch that `make` builds on the log's true end. Wholly or not at all, though after a failure it may not
   * be known which.
   */
  append(make: (before: Frontier) => { batch: Batch; after: Frontier }, signal: Stopping): Promise<void>
  /** Whether entries behind the roots that the start took over were altered. */
  isAltered(goesOn: () => Promise<boolean>): Promise<boolean>
}

/** Appends that another gateway's came before, in a row, before the lock is taken for the next. */
const mostLost = 8

/**
 * Finds the log's end and compares it with its last checkpoint: a log that was altered is not appended to. Where roots
 * of its blocks are stored, the start takes them over, since the signed root bears them out, and reads the rest alone.
 *
 * @param passed receives the roots of the blocks that are passed on the way.
 */
export async function openTail(database: Database, passed = new BlockRoots()): Promise<Tail> {
  const begun = await firstEnd(database.rows, passed)
  let { end } = begun

  /** Whoever completes a block stores its root. Where that fails, the next start finds it out again. */
  const keepCompleted = async (before: Frontier, { leaves }: Batch): Promise<void> => {
    const completed: Block[] = []
    if (Math.floor(before.size / blockSize) === Math.floor((before.size + leaves.length) / blockSize)) return
    grow(
      before,
      leaves.map(({ hash }) => hash),
      blocksInto(completed),
    )
    await keepBlocks(database.rows, completed).catch(() => undefined)
  }

  /**
   * One round trip where no other gateway has appended since. Where one has, the answer says what it wrote, and the
   * next round trip appends on top of it.
   */
  const append: Tail['append'] = async (make, signal) => {
    for (let lost = 0; lost < mostLost; lost++) {
      const { batch, after } = make(end.frontier)
      const [row] = await database.rows(appendOf(end, batch), signal)
      if (row?.[0] === 'true') {
        const before = end.frontier
        end = { frontier: after, root: batch.root }
        await keepCompleted(before, batch)
        return
      }
      const shown = row ? endAfter(end, row) : null
      if (!shown) break
      end = shown
    }
    await abortable(appendInTurn(make, signal), signal)
  }

  /**
   * Takes the lock first, then looks: when others have added very much, or were before this gateway again and again.
   */
  const appendInTurn: Tail['append'] = async (make, signal) => {
    end = await database.knex.transaction(async (trx) => {
      const rows = rowsIn(trx)
      await trx.raw('select pg_advisory_xact_lock(7311542640218)')
      const current = await catchUp(rows, end)
      signal.throwIfAborted()
      const { batch, after } = make(current.frontier)
      const written = await rows(appendOf(current, batch))
      if (written[0]?.[0] !== 'true') throw new Error('The end of the audit log moved under its own lock.')
      return { frontier: after, root: batch.root }
    })
  }

  return { append, isAltered: (goesOn) => hasAlteredBlock(database.rows, begun.taken, goesOn) }
}

type Rows = Database['rows']

/** How far the log is known: its tree, and the tree's root as it is stored. */
interface End {
  readonly frontier: Frontier
  readonly root: string
}

/** The log's end at a start, and the roots of blocks that were taken over instead of read. */
async function firstEnd(rows: Rows, passed: BlockRoots): Promise<{ end: End; taken: readonly Buffer[] }> {
  const stored = await readBlocks(rows)
  const behind = async (taken: readonly Buffer[]) => {
    const read: Block[] = []
    const add = blocksInto(read)
    const frontier = grow(emptyFrontier, taken, passed.add, blockSize)
    const end = await catchUp(rows, { frontier, root: '' }, (from, size, root) => {
      passed.add(from, size, root)
      add(from, size, root)
    })
    await keepBlocks(rows, read).catch(() => undefined)
    return { end, taken }
  }
  if (stored.length === 0) return behind([])
  try {
    return await behind(stored)
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    // A stored root is no proof: whether the log is whole, the entries say.
    return behind([])
  }
}

/** The end as it was given to an append that came too late; null when that was not given whole. */
function endAfter({ frontier }: End, [, size, root, added]: readonly (string | null)[]): End | null {
  if (!size || root == null || added == null) return null
  const after = grow(
    frontier,
    added.split('\n').map((hash) => Buffer.from(hash, 'hex')),
  )
  if (after.size !== Number(size) || rootOf(after).toString('hex') !== root) throw altered()
  return { frontier: after, root }
}

/** Adds to what is known the leaves that were committed since, and compares the result with the last checkpoint. */
async function catchUp(rows: Rows, known: End, onSubtree?: Parameters<typeof grow>[2]): Promise<End> {
  const endText =
    'select size::text as size, root::text as root from gateway.audit_checkpoint order by audit_checkpoint.size desc limit 1'
  const hashesText =
    'select leaf_hash::text as leaf_hash from gateway.audit_leaf where seq >= $1::bigint and seq < $2::bigint order by seq'
  const [last] = await rows({ name: 'audit-end', text: endText, values: [] })
  const size = Number(last?.[0] ?? 0)
  let { frontier } = known
  if (size < frontier.size)
    throw new Error(`The audit log ends at ${size}, before its known size ${frontier.size}: entries were removed.`)
  while (frontier.size < size) {
    const wanted = Math.min(size, frontier.size + 10_000)
    const hashes = await rows({ name: 'audit-hashes', text: hashesText, values: [frontier.size, wanted] })
    if (hashes.length !== wanted - frontier.size) throw altered()
    frontier = grow(
      frontier,
      hashes.map(([hash]) => Buffer.from(hash ?? '', 'hex')),
      onSubtree,
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

/**
 * Lines, for JSON that is written as an item of a list is escaped whole, and neither canonical JSON nor a hash has a
 * line end in it.
 */
const appendText = `select written::text as written, ended_at::text as ended_at, ended_root as ended_root, added as added
  from gateway.audit_append_or_tell($1::bigint, $2::text, string_to_array($3::text, chr(10)), string_to_array($4::text, chr(10)),
    $5::text[], $6::bigint[], $7::text, $8::text, $9::timestamptz, $10::text[], $11::timestamptz[],
    string_to_array($12::text, chr(10)), $13::boolean[])`

function appendOf({ frontier, root }: End, { leaves, ...batch }: Batch): Statement {
  const [children, places, untold]: [string[], number[], boolean[]] = [[], [], []]
  for (const [at, leaf] of leaves.entries())
    for (const child of leaf.children) {
      children.push(child.id)
      places.push(at)
      untold.push(child.isUndisclosed)
    }
  const values = [
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
    untold,
  ]
  return { name: 'audit-append', text: appendText, values }
}
