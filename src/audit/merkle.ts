import { hash } from 'node:crypto'

/** RFC 9162, 2.1.1: leaves and nodes are hashed with different first bytes, so that neither can pass for the other. */
export const leafHash = (text: string): Buffer => sha256(`\0${text}`)

export function nodeHash(left: Buffer, right: Buffer): Buffer {
  // What was altered where it is stored may be of any length; of nothing else is a node made here.
  if (!isHash(left) || !isHash(right)) return sha256(Buffer.concat([node.subarray(0, 1), left, right]))
  node.set(left, 1)
  node.set(right, 33)
  return sha256(node)
}

/** The bytes of a node, made again for each. */
const node = Buffer.alloc(65, 1)

/** By way of a text: a buffer that the hash itself gives has memory of its own, which costs more than the hash. */
const sha256 = (value: string | Buffer): Buffer => Buffer.from(hash('sha256', value, 'binary'), 'binary')

/**
 * A tree as far as appending needs it: its size and the roots of its perfect subtrees, largest first. Never changed in
 * place.
 */
export interface Frontier {
  readonly size: number
  readonly roots: readonly Buffer[]
}

export const emptyFrontier: Frontier = { size: 0, roots: [] }

/**
 * The tree after these leaf hashes are added.
 *
 * @param onSubtree receives the root of each whole subtree that they complete: where it begins, and its leaves.
 * @param each leaves of each of what is added, where that is roots of whole blocks and not leaves: a power of two.
 */
export function grow(
  frontier: Frontier,
  hashes: Iterable<Buffer>,
  onSubtree?: (from: number, size: number, root: Buffer) => void,
  each = 1,
): Frontier {
  const roots = [...frontier.roots]
  let size = frontier.size
  for (const hash of hashes) {
    let node = hash
    let leaves = each
    if (each > 1) onSubtree?.(size, each, node)
    for (let rest = size / each; rest % 2 === 1; rest = (rest - 1) / 2) {
      const left = roots.pop()
      if (!left) throw new Error('The frontier does not fit its size.')
      node = nodeHash(left, node)
      leaves *= 2
      onSubtree?.(size + each - leaves, leaves, node)
    }
    roots.push(node)
    size += each
  }
  return { size, roots }
}

/** The root; of an empty tree, the hash of nothing. */
export function rootOf({ roots }: Frontier): Buffer {
  let made = roots.at(-1) ?? sha256('')
  for (let at = roots.length - 2; at >= 0; at -= 1) made = nodeHash(roots[at] ?? made, made)
  return made
}

const rootOfHashes = (hashes: readonly Buffer[]): Buffer => rootOf(grow(emptyFrontier, hashes))

/** The largest power of two below `size`. */
function split(size: number): number {
  let half = 1
  while (half * 2 < size) half *= 2
  return half
}

/** Proof that the leaf at `index` is in the tree of these hashes (RFC 9162, 2.1.3.1). */
export function inclusionProof(index: number, hashes: readonly Buffer[]): readonly Buffer[] {
  if (!(index >= 0 && index < hashes.length)) throw new RangeError('There is no such leaf.')
  if (hashes.length === 1) return []
  const half = split(hashes.length)
  const [left, right] = [hashes.slice(0, half), hashes.slice(half)]
  return index < half
    ? [...inclusionProof(index, left), rootOfHashes(right)]
    : [...inclusionProof(index - half, right), rootOfHashes(left)]
}

/** Proof that the tree of the first `size` hashes is the beginning of the tree of all of them (RFC 9162, 2.1.4.1). */
export function consistencyProof(size: number, hashes: readonly Buffer[]): readonly Buffer[] {
  if (!(size >= 1 && size <= hashes.length)) throw new RangeError('There is no such earlier tree.')
  return partOfProof(size, hashes, true)
}

function partOfProof(size: number, hashes: readonly Buffer[], known: boolean): readonly Buffer[] {
  if (size === hashes.length) return known ? [] : [rootOfHashes(hashes)]
  const half = split(hashes.length)
  const [left, right] = [hashes.slice(0, half), hashes.slice(half)]
  return size <= half
    ? [...partOfProof(size, left, known), rootOfHashes(right)]
    : [...partOfProof(size - half, right, false), rootOfHashes(left)]
}

/** RFC 9162, 2.1.3.2. Nothing in the proof is trusted; only `root` must come from a checkpoint that was verified. */
export function provesInclusion(
  index: number,
  size: number,
  leaf: Buffer,
  proof: readonly Buffer[],
  root: Buffer,
): boolean {
  if (!isPlace(index) || !isPlace(size) || index >= size || ![leaf, ...proof].every(isHash)) return false
  let [at, last, node] = [index, size - 1, leaf]
  for (const part of proof) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      node = nodeHash(part, node)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else node = nodeHash(node, part)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && node.equals(root)
}

/** RFC 9162, 2.1.4.2. */
export function provesConsistency(
  first: number,
  second: number,
  proof: readonly Buffer[],
  firstRoot: Buffer,
  secondRoot: Buffer,
): boolean {
  if (!isPlace(first) || !isPlace(second) || first < 1 || first > second || !proof.every(isHash)) return false
  if (first === second) return proof.length === 0 && firstRoot.equals(secondRoot)
  if (proof.length === 0) return false
  const [start, ...rest] = isPowerOfTwo(first) ? [firstRoot, ...proof] : proof
  if (!start) return false
  let [at, last, before, after] = [first - 1, second - 1, start, start]
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  for (const part of rest) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      before = nodeHash(part, before)
      after = nodeHash(part, after)
      while (at % 2 === 0 && at !== 0) [at, last] = [half(at), half(last)]
    } else after = nodeHash(after, part)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && before.equals(firstRoot) && after.equals(secondRoot)
}

const half = (value: number): number => Math.floor(value / 2)
const isPlace = (value: number): boolean => Number.isSafeInteger(value) && value >= 0
const isHash = (value: Buffer): boolean => value.length === 32

function isPowerOfTwo(value: number): boolean {
  let rest = value
  while (rest > 1 && rest % 2 === 0) rest /= 2
  return rest === 1
}
