import type { Database } from '../store/database.ts'
import { childrenOf, leafFrom } from './bytes.ts'
import { checkpointVerifier, type PublicKeyJwk } from './checkpoint.ts'
import { emptyFrontier, type Frontier, grow, leafHash, rootOf } from './merkle.ts'

export interface Verification {
  readonly ok: boolean
  readonly size: number
  /** Root of the leaves as they are now, hexadecimal. */
  readonly root: string
  readonly checkpoints: number
  /** Whole sentences that name places in the log and no content; the first hundred. */
  readonly problems: readonly string[]
}

const pageSize = 1000
const problemLimit = 100

/**
 * Reads the whole log and recomputes everything that it claims: each leaf's hash, that none is missing, the root and the
 * signature of every checkpoint, and that each child's access log names exactly its leaves. Leaves that are written meanwhile are
 * left for the next time. Somebody with the database *and* the signing key, or who cuts off the log's newest end whole, is found only against a checkpoint kept
 * elsewhere: give the notes that were handed out as `anchors`.
 */
export async function verifyLog(
  database: Database,
  publicJwk: PublicKeyJwk,
  onProgress: (done: number, size: number) => void = () => undefined,
  anchors: readonly string[] = [],
): Promise<Verification> {
  const problems: string[] = []
  const say = (problem: string) => {
    if (problems.length < problemLimit) problems.push(problem)
  }
  const read = openReader(database)
  const verify = checkpointVerifier(publicJwk)
  const { size, beyond, lost } = await read.end()
  if (beyond > 0) say(`${beyond} leaves stand beyond the last checkpoint, which is at ${size}.`)
  if (lost > 0) say(`The access log names ${lost} leaves that are not in the log.`)

  const kept = keptRoots(anchors, verify, size, say)
  let origin: string | undefined
  let checkpoints = 0
  let frontier: Frontier = emptyFrontier
  for (let from = 0; from < size; from += pageSize) {
    const to = Math.min(size, from + pageSize)
    const [leaves, notes, children] = await Promise.all([
      read.leaves(from, to),
      read.checkpoints(from, to),
      read.children(from, to),
    ])
    for (let seq = from; seq < to; seq++) {
      const leaf = leaves.get(seq)
      if (!leaf) {
        say(`Leaf ${seq} is missing.`)
        frontier = grow(frontier, [Buffer.alloc(32)])
      } else {
        const hash = leafHash(leaf.text)
        if (hash.toString('hex') !== leaf.hash) say(`Leaf ${seq} is not what was recorded: its hash differs.`)
        if (!namesChildren(leaf.text, children.get(seq) ?? []))
          say(`The access log does not name the children of leaf ${seq}.`)
        frontier = grow(frontier, [hash])
      }
      const reached = seq + 1
      const root = rootOf(frontier)
      const anchor = kept.get(reached)
      if (anchor && !anchor.equals(root))
        say(`The log at ${reached} is not the one of the checkpoint that was kept elsewhere.`)
      const stored = notes.get(reached)
      if (!stored) continue
      checkpoints++
      const checkpoint = verify(stored.note)
      if (!checkpoint) say(`Checkpoint ${reached} is not signed with this key.`)
      else {
        origin ??= checkpoint.origin
        if (checkpoint.origin !== origin) say(`Checkpoint ${reached} is of another log, ${checkpoint.origin}.`)
        if (checkpoint.size !== reached) say(`Checkpoint ${reached} was signed for size ${checkpoint.size}.`)
        if (!checkpoint.root.equals(root)) say(`The leaves do not give the root that checkpoint ${reached} signed.`)
      }
      if (stored.root !== root.toString('hex'))
        say(`The leaves do not give the root stored with checkpoint ${reached}.`)
    }
    onProgress(to, size)
  }
  return { ok: problems.length === 0, size, root: rootOf(frontier).toString('hex'), checkpoints, problems }
}

/** Roots by size, from notes that were handed out earlier. */
function keptRoots(
  anchors: readonly string[],
  verify: ReturnType<typeof checkpointVerifier>,
  size: number,
  say: (problem: string) => void,
): ReadonlyMap<number, Buffer> {
  const roots = new Map<number, Buffer>()
  for (const note of anchors) {
    const checkpoint = verify(note)
    if (!checkpoint) say('A checkpoint that was kept elsewhere is not signed with this key.')
    else if (checkpoint.size > size)
      say(`The log ends at ${size}, before the checkpoint kept elsewhere, ${checkpoint.size}: leaves were removed.`)
    else roots.set(checkpoint.size, checkpoint.root)
  }
  return roots
}

function namesChildren(text: string, named: readonly string[]): boolean {
  try {
    const expected = childrenOf(leafFrom(text))
    return expected.length === named.length && expected.every((child) => named.includes(child))
  } catch {
    return false
  }
}

function openReader(database: Database) {
  const run = (name: string, text: string, values: readonly unknown[] = []) => database.rows({ name, text, values })
  return {
    end: async () => {
      const [row] = await run(
        'audit-verify-end',
        `with last as (select coalesce(max(size), 0) as size from gateway.audit_checkpoint)
         select last.size::text, (select count(*) from gateway.audit_leaf where seq >= last.size or seq < 0)::text,
           (select count(*) from gateway.audit_child child
             where not exists (select from gateway.audit_leaf leaf where leaf.seq = child.seq))::text from last`,
      )
      return { size: Number(row?.[0] ?? 0), beyond: Number(row?.[1] ?? 0), lost: Number(row?.[2] ?? 0) }
    },
    leaves: async (from: number, to: number) => {
      const text =
        'select seq::text, leaf::text, leaf_hash::text from gateway.audit_leaf where seq >= $1::bigint and seq < $2::bigint'
      const rows = await run('audit-verify-leaves', text, [from, to])
      return new Map(rows.map(([seq, leaf, hash]) => [Number(seq), { text: leaf ?? '', hash: hash ?? '' }]))
    },
    checkpoints: async (from: number, to: number) => {
      const text =
        'select size::text, root::text, note::text from gateway.audit_checkpoint where size > $1::bigint and size <= $2::bigint'
      const rows = await run('audit-verify-checkpoints', text, [from, to])
      return new Map(rows.map(([size, root, note]) => [Number(size), { root: root ?? '', note: note ?? '' }]))
    },
    children: async (from: number, to: number) => {
      const text =
        'select seq::text, child_id::text from gateway.audit_child where seq >= $1::bigint and seq < $2::bigint'
      const found = new Map<number, string[]>()
      for (const [seq, child] of await run('audit-verify-children', text, [from, to])) {
        const named = found.get(Number(seq))
        if (named) named.push(child ?? '')
        else found.set(Number(seq), [child ?? ''])
      }
      return found
    },
  }
}
