import { createHash } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import {
  consistencyProof,
  emptyFrontier,
  grow,
  inclusionProof,
  leafHash,
  provesConsistency,
  provesInclusion,
  rootOf,
} from '../../src/audit/merkle.ts'

/** RFC 9162, 2.1.1, written down from its definition alone. */
const sha = (...parts: Buffer[]) => createHash('sha256').update(Buffer.concat(parts)).digest()
const definition = (leaves: string[]): Buffer => {
  if (leaves.length === 0) return sha()
  if (leaves.length === 1) return sha(Buffer.from([0]), Buffer.from(leaves[0] ?? ''))
  const half = 2 ** Math.ceil(Math.log2(leaves.length) - 1)
  return sha(Buffer.from([1]), definition(leaves.slice(0, half)), definition(leaves.slice(half)))
}

const texts = Array.from({ length: 64 }, (_, at) => `leaf ${at}`)
const hashes = texts.map(leafHash)
const roots = Array.from({ length: 65 }, (_, size) => definition(texts.slice(0, size)))
const rootAt = (size: number): Buffer => roots[size] ?? Buffer.alloc(32)
const flipped = (hash: Buffer): Buffer => Buffer.from(hash.map((byte, at) => (at === 0 ? byte ^ 1 : byte)))

describe('a tree', () => {
  it('has the root of the definition at every size, however it was grown', () => {
    let frontier = emptyFrontier
    for (let size = 0; size <= 64; size++) {
      expect(rootOf(frontier)).toEqual(rootAt(size))
      expect(rootOf(grow(emptyFrontier, hashes.slice(0, size)))).toEqual(rootAt(size))
      frontier = grow(frontier, hashes.slice(size, size + 1))
    }
  })

  it('proves every leaf of every tree, and refuses every altered proof', () => {
    for (let size = 1; size <= 64; size++) {
      for (let index = 0; index < size; index++) {
        const leaf = hashes[index] ?? Buffer.alloc(0)
        const proof = inclusionProof(index, hashes.slice(0, size))
        const outcome = [
          provesInclusion(index, size, leaf, proof, rootAt(size)),
          provesInclusion(index, size, flipped(leaf), proof, rootAt(size)),
          provesInclusion(index, size, leaf, proof, flipped(rootAt(size))),
          provesInclusion(index, size, leaf, [...proof, leaf], rootAt(size)),
          proof.length > 0 && provesInclusion(index, size, leaf, proof.slice(1), rootAt(size)),
          size > 1 && provesInclusion((index + 1) % size, size, leaf, proof, rootAt(size)),
          proof.some((_, at) =>
            provesInclusion(
              index,
              size,
              leaf,
              proof.map((part, place) => (place === at ? flipped(part) : part)),
              rootAt(size),
            ),
          ),
        ]
        if (outcome.join() !== 'true,false,false,false,false,false,false')
          expect([size, index, outcome]).toEqual('only the true proof')
      }
    }
  })

  it('proves that it began as every earlier tree, and refuses every altered proof', () => {
    for (let second = 1; second <= 64; second++) {
      for (let first = 1; first <= second; first++) {
        const proof = consistencyProof(first, hashes.slice(0, second))
        const outcome = [
          provesConsistency(first, second, proof, rootAt(first), rootAt(second)),
          provesConsistency(first, second, proof, flipped(rootAt(first)), rootAt(second)),
          provesConsistency(first, second, proof, rootAt(first), flipped(rootAt(second))),
          provesConsistency(first, second, [...proof, rootAt(1)], rootAt(first), rootAt(second)),
          proof.length > 0 && provesConsistency(first, second, proof.slice(1), rootAt(first), rootAt(second)),
          proof.some((_, at) =>
            provesConsistency(
              first,
              second,
              proof.map((part, place) => (place === at ? flipped(part) : part)),
              rootAt(first),
              rootAt(second),
            ),
          ),
        ]
        if (outcome.join() !== 'true,false,false,false,false,false')
          expect([first, second, outcome]).toEqual('only the true proof')
      }
    }
  })

  it('refuses places that are not in it', () => {
    const leaf = leafHash('leaf 0')
    for (const [index, size] of [
      [1, 1],
      [-1, 1],
      [0, 0],
      [0.5, 1],
      [Number.NaN, 1],
    ] as const) {
      expect(provesInclusion(index, size, leaf, [], leaf)).toBe(false)
    }
    for (const [first, second] of [
      [0, 1],
      [2, 1],
      [0.5, 1],
    ] as const) {
      expect(provesConsistency(first, second, [], leaf, leaf)).toBe(false)
    }
    expect(provesInclusion(0, 1, Buffer.alloc(31), [], Buffer.alloc(31))).toBe(false)
    expect(() => inclusionProof(1, [leaf])).toThrow(RangeError)
    expect(() => consistencyProof(0, [leaf])).toThrow(RangeError)
  })
})
