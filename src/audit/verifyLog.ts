import type { Database } from '../store/database.ts'
import type { PublicKeyJwk } from './checkpoint.ts'
import { cosignaturesIn, type WitnessPolicy } from './cosignature.ts'
import { erasedUpTo } from './erasureEntry.ts'
import { type KeyRing, ringOf, ringVerifier } from './keyRing.ts'
import { emptyFrontier, type Frontier, grow, leafHash, rootOf } from './merkle.ts'
import { opens } from './personsMatchEntry.ts'
import { childrenOf, payloadFrom, storedAuditEntry } from './readEntry.ts'
import { openReader, pageSize } from './readLogToVerify.ts'

export interface Verification {
  readonly ok: boolean
  readonly size: number
  /** Root of the leaves as they are now, hexadecimal. */
  readonly root: string
  readonly checkpoints: number
  /** Leaves whose persons were erased, as the log itself records. */
  readonly erased: number
  /**
   * Size of the newest checkpoint that enough witnesses have signed; null when none has, or when no witness is known.
   */
  readonly witnessed: number | null
  /** Whole sentences that name places in the log and no content; the first hundred. */
  readonly problems: readonly string[]
}

export interface VerificationOptions {
  readonly onProgress?: (done: number, size: number) => void
  /** Notes that were handed out earlier and kept elsewhere. */
  readonly anchors?: readonly string[]
  readonly witnesses?: WitnessPolicy
}

const problemLimit = 100

/**
 * Reads the whole log and recomputes everything that it claims: each leaf's hash, that none is missing, the root and
 * the signature of every checkpoint, that each child's access log names exactly its leaves, and that the persons kept
 * beside a leaf are those it was made with, or were erased as a leaf of the log records. Leaves that are written
 * meanwhile are left for the next time. Somebody with the database *and* the signing key, or who cuts off the log's
 * newest end whole, is found only against a checkpoint kept elsewhere: by witnesses, or in notes that were handed out,
 * given as `anchors`.
 */
export async function verifyLog(
  database: Database,
  keys: PublicKeyJwk | KeyRing,
  { onProgress = () => undefined, anchors = [], witnesses }: VerificationOptions = {},
): Promise<Verification> {
  const problems: string[] = []
  const say = (problem: string) => {
    if (problems.length < problemLimit) problems.push(problem)
  }
  const read = openReader(database)
  const verify = ringVerifier(isRing(keys) ? keys : ringOf(keys))
  const { size, beyond, lost, erased } = await read.end()
  if (beyond > 0) say(`${beyond} entries stand beyond the last checkpoint, which is at ${size}.`)
  if (lost > 0) say(`The access log names ${lost} entries that are not in the log.`)

  const kept = keptRoots(anchors, verify, size, say)
  const count = { checkpoints: 0, erased: 0, erasureRecorded: 0, erasureUsed: 0 }
  let witnessed: number | null = null
  let origin: string | undefined
  let frontier: Frontier = emptyFrontier
  const page = (from: number) => {
    const to = Math.min(size, from + pageSize)
    const reading = Promise.all([
      read.leaves(from, to),
      read.checkpoints(from, to),
      read.children(from, to),
      read.cosignatures(from, to),
    ])
    // What fails is told to whoever waits for the page.
    reading.catch(() => undefined)
    return reading
  }
  let next = page(0)
  for (let from = 0; from < size; from += pageSize) {
    const to = Math.min(size, from + pageSize)
    const [leaves, notes, children, cosignatures] = await next
    // The database reads a page while the one before it is looked at.
    if (to < size) next = page(to)
    let added: Buffer[] = []
    for (let seq = from; seq < to; seq++) {
      const leaf = leaves.get(seq)
      if (!leaf) {
        say(`Entry ${seq} is missing.`)
        added.push(Buffer.alloc(32))
      } else {
        const hash = leafHash(leaf.text)
        if (hash.toString('hex') !== leaf.hash) say(`Entry ${seq} is not what was recorded: its hash differs.`)
        const persons = personsOf(leaf.text, leaf.payload, children.get(seq) ?? [])
        if (persons.state === 'WRONG') say(persons.problem(seq))
        if (persons.state === 'GONE') {
          count.erased++
          count.erasureUsed = seq + 1
          if (seq >= erased) say(`The persons of entry ${seq} are missing, and no erasure up to it is recorded.`)
        }
        count.erasureRecorded = Math.max(count.erasureRecorded, persons.erasesUpTo)
        added.push(hash)
      }
      const reached = seq + 1
      const anchor = kept.get(reached)
      const stored = notes.get(reached)
      // A root is put together of as many hashes as the tree is high: only where something is said of it.
      if (!stored && !anchor) continue
      frontier = grow(frontier, added)
      added = []
      const root = rootOf(frontier)
      if (anchor && !anchor.equals(root))
        say(`The log at ${reached} is not the one of the checkpoint that was kept elsewhere.`)
      if (!stored) continue
      count.checkpoints++
      const checkpoint = verify(stored.note)
      if (!checkpoint) say(`Checkpoint ${reached} is not signed with this key.`)
      else {
        origin ??= checkpoint.origin
        if (checkpoint.origin !== origin) say(`Checkpoint ${reached} is of another log, ${checkpoint.origin}.`)
        if (checkpoint.size !== reached) say(`Checkpoint ${reached} was signed for size ${checkpoint.size}.`)
        if (!checkpoint.root.equals(root)) say(`The entries do not give the root that checkpoint ${reached} signed.`)
        else if (witnesses && hasQuorum(stored.note, cosignatures.get(reached) ?? [], witnesses)) witnessed = reached
      }
      if (stored.root !== root.toString('hex'))
        say(`The entries do not give the root stored with checkpoint ${reached}.`)
    }
    frontier = grow(frontier, added)
    onProgress(to, size)
  }
  if (count.erasureUsed > count.erasureRecorded)
    say(
      `The persons of entries before ${count.erasureUsed} are missing, and no entry of the log records their erasure.`,
    )
  if (witnesses && witnessed === null && size > 0)
    say(`No checkpoint is signed by ${witnesses.threshold} of the ${witnesses.witnesses.length} witnesses.`)
  return {
    ok: problems.length === 0,
    ...{ size, root: rootOf(frontier).toString('hex'), witnessed, problems },
    ...{ checkpoints: count.checkpoints, erased: count.erased },
  }
}

const isRing = (keys: PublicKeyJwk | KeyRing): keys is KeyRing => Array.isArray(keys)

const hasQuorum = (note: string, lines: readonly string[], { witnesses, threshold }: WitnessPolicy): boolean =>
  lines.length >= threshold && cosignaturesIn(note + lines.join(''), witnesses).length >= threshold

/** Roots by size, from notes that were handed out earlier. */
function keptRoots(
  anchors: readonly string[],
  verify: ReturnType<typeof ringVerifier>,
  size: number,
  say: (problem: string) => void,
): ReadonlyMap<number, Buffer> {
  const roots = new Map<number, Buffer>()
  for (const note of anchors) {
    const checkpoint = verify(note)
    if (!checkpoint) say('A checkpoint that was kept elsewhere is not signed with this key.')
    else if (checkpoint.size > size)
      say(`The log ends at ${size}, before the checkpoint kept elsewhere, ${checkpoint.size}: entries were removed.`)
    else roots.set(checkpoint.size, checkpoint.root)
  }
  return roots
}

type Persons = { readonly erasesUpTo: number } & (
  | { readonly state: 'KEPT' | 'GONE' }
  | { readonly state: 'WRONG'; readonly problem: (seq: number) => string }
)

/** Whether who is kept beside a leaf is who it was made with, and whether the access log names them and nobody else. */
function personsOf(text: string, payload: string | null, named: readonly string[]): Persons {
  const unnamed = (seq: number) => `The access log does not name the children of entry ${seq}.`
  try {
    const leaf = storedAuditEntry(text)
    const erasesUpTo = erasedUpTo(leaf.actions) ?? 0
    const judged = (persons: Parameters<typeof childrenOf>[0]): Persons => {
      const expected = childrenOf(persons)
      const isSame = expected.length === named.length && expected.every((child) => named.includes(child))
      return isSame ? { state: 'KEPT', erasesUpTo } : { state: 'WRONG', problem: unnamed, erasesUpTo }
    }
    if (leaf.version === 1) return judged(leaf)
    if (payload === null)
      return named.length === 0 ? { state: 'GONE', erasesUpTo } : { state: 'WRONG', problem: unnamed, erasesUpTo }
    const persons = payloadFrom(payload)
    if (opens(leaf, persons)) return judged(persons)
    return {
      state: 'WRONG',
      problem: (seq) => `The persons kept with entry ${seq} are not those it was made with.`,
      erasesUpTo,
    }
  } catch {
    return {
      state: 'WRONG',
      problem: (seq) => `Entry ${seq} or what is kept with it cannot be read.`,
      erasesUpTo: 0,
    }
  }
}
