import type { Database } from '../store/database.ts'
import { blockSize } from './blockRoots.ts'
import { emptyFrontier, grow, rootOf } from './merkle.ts'

type Rows = Database['rows']

/** A whole block of the log's tree: which one it is, counted from none, and its root. */
export interface Block {
  readonly place: number
  readonly root: Buffer
}

/** Stored roots of whole blocks from the first on, as far as none is missing and a checkpoint reaches. */
export async function readBlocks(rows: Rows): Promise<readonly Buffer[]> {
  const text = `select place::text, root::text from gateway.audit_block
    where (place + 1) * ${blockSize} <= (select coalesce(max(size), 0) from gateway.audit_checkpoint) order by audit_block.place`
  const stored = await rows({ name: 'audit-blocks', text, values: [] })
  const gap = stored.findIndex(([place], at) => place !== String(at))
  return stored.slice(0, gap < 0 ? stored.length : gap).map(([, root]) => Buffer.from(root ?? '', 'hex'))
}

/** Stores roots of blocks. Another gateway may have stored the same; one that was wrong is put right. */
export async function keepBlocks(rows: Rows, blocks: readonly Block[]): Promise<void> {
  if (blocks.length === 0) return
  await rows({
    name: 'audit-blocks-keep',
    text: `insert into gateway.audit_block (place, root)
      select place, root from unnest($1::bigint[], $2::text[]) as block (place, root)
      on conflict (place) do update set root = excluded.root returning place`,
    values: [blocks.map(({ place }) => place), blocks.map(({ root }) => root.toString('hex'))],
  })
}

/** Takes roots as `grow` gives them, and keeps those of single blocks. */
export const blocksInto =
  (blocks: Block[]) =>
  (from: number, size: number, root: Buffer): void => {
    if (size === blockSize) blocks.push({ place: from / blockSize, root })
  }

/** Blocks that are read at once where nobody waits for them: few, since the loop is held while they are looked at. */
const together = 4

/**
 * Whether the entries are still those of the roots that a start took over. A few blocks at a time, with a rest between.
 *
 * @param goesOn waits; false ends it, and nothing is said.
 */
export async function hasAlteredBlock(
  rows: Rows,
  roots: readonly Buffer[],
  goesOn: () => Promise<boolean>,
): Promise<boolean> {
  const text =
    'select leaf_hash::text from gateway.audit_leaf where seq >= $1::bigint and seq < $2::bigint order by seq'
  for (let first = 0; first < roots.length; first += together) {
    if (!(await goesOn())) return false
    const some = roots.slice(first, first + together)
    const [from, to] = [first * blockSize, (first + some.length) * blockSize]
    const hashes = (await rows({ name: 'audit-tree-hashes', text, values: [from, to] })).map(([hash]) =>
      Buffer.from(hash ?? '', 'hex'),
    )
    if (hashes.length !== to - from) return true
    for (const [at, root] of some.entries())
      if (!rootOf(grow(emptyFrontier, hashes.slice(at * blockSize, (at + 1) * blockSize))).equals(root)) return true
  }
  return false
}
