import type { Database } from '../store/database.ts'
import { BlockRoots, blockSize } from './blockRoots.ts'
import { consistencyProof, emptyFrontier, grow, inclusionProof, nodeHash, rootOf } from './merkle.ts'

/**
 * Proofs over the stored log without reading all of it: roots of whole blocks never change, so each is computed once in
 * the life of this process. What is read is not trusted: whoever hands a proof out verifies it first against a signed
 * checkpoint.
 *
 * @param known roots that were computed already, by whoever read the log to its end.
 */
export function openTreeReader(database: Database, known: BlockRoots = new BlockRoots()) {
  const hashes = async (from: number, to: number): Promise<Buffer[]> => {
    const text =
      'select leaf_hash::text from gateway.audit_leaf where seq >= $1::bigint and seq < $2::bigint order by seq'
    const rows = await database.rows({ name: 'audit-tree-hashes', text, values: [from, to] })
    if (rows.length !== to - from) throw new RangeError('Entries are missing from the log.')
    return rows.map(([hash]) => Buffer.from(hash ?? '', 'hex'))
  }

  /** Root over the leaves from `from` to before `to`, where `from` stands at a split of the tree. */
  const rootBetween = async (from: number, to: number): Promise<Buffer> => {
    const size = to - from
    const whole = size >= blockSize && isPowerOfTwo(size)
    const found = whole ? known.root(from, size) : null
    if (found) return found
    const root =
      size <= blockSize
        ? rootOf(grow(emptyFrontier, await hashes(from, to)))
        : nodeHash(await rootBetween(from, from + split(size)), await rootBetween(from + split(size), to))
    if (whole) known.add(from, size, root)
    return root
  }

  const inclusionBetween = async (index: number, from: number, to: number): Promise<Buffer[]> => {
    const size = to - from
    if (size <= blockSize) return [...inclusionProof(index - from, await hashes(from, to))]
    const middle = from + split(size)
    return index < middle
      ? [...(await inclusionBetween(index, from, middle)), await rootBetween(middle, to)]
      : [...(await inclusionBetween(index, middle, to)), await rootBetween(from, middle)]
  }

  const consistencyBetween = async (first: number, from: number, to: number, isKnown: boolean): Promise<Buffer[]> => {
    const size = to - from
    if (first === to) return isKnown ? [] : [await rootBetween(from, to)]
    if (size <= blockSize && isKnown) return [...consistencyProof(first - from, await hashes(from, to))]
    const middle = from + split(size)
    return first <= middle
      ? [...(await consistencyBetween(first, from, middle, isKnown)), await rootBetween(middle, to)]
      : [...(await consistencyBetween(first, middle, to, false)), await rootBetween(from, middle)]
  }

  return {
    hashes,
    root: (size: number) => rootBetween(0, size),
    /** RFC 9162, 2.1.3.1. @throws RangeError when there is no such leaf in a tree of this size. */
    inclusion: async (index: number, size: number): Promise<readonly Buffer[]> => {
      if (!(index >= 0 && index < size)) throw new RangeError('There is no such leaf.')
      return inclusionBetween(index, 0, size)
    },
    /** RFC 9162, 2.1.4.1. @throws RangeError when there is no such earlier tree. */
    consistency: async (first: number, size: number): Promise<readonly Buffer[]> => {
      if (!(first >= 1 && first <= size)) throw new RangeError('There is no such earlier tree.')
      return consistencyBetween(first, 0, size, true)
    },
  }
}

export type TreeReader = ReturnType<typeof openTreeReader>

/** The largest power of two below `size`. */
function split(size: number): number {
  let half = 1
  while (half * 2 < size) half *= 2
  return half
}

const isPowerOfTwo = (size: number): boolean => Number.isInteger(Math.log2(size))
