import { blockingKeys } from '../../src/identity/blockingKeys.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { isWhole, outward, soundKey } from '../../src/identity/normalise.ts'
import { PairSet } from './pairSet.ts'

export interface Blocks {
  /** Pairs of places of rows, flat and in order: first, second, first, second. */
  readonly pairs: Uint32Array
  readonly keys: number
  /** Largest block that was compared, and how many were passed over as too large. */
  readonly largest: number
  readonly passedOver: number
}

const largestBlock = 400

/** A file this small is compared as a whole: no key can then hide a pair. */
const fewRows = 1500

/** Pairs that one evaluation looks at, however large the file: what it holds of each pair must fit beside the rows. */
const mostPairs = 16_000_000

function allPairs(rows: readonly Row[], linksFiles: boolean): Blocks {
  const pairs: number[] = []
  for (let first = 0; first < rows.length; first += 1) {
    for (let second = first + 1; second < rows.length; second += 1) {
      if (!linksFiles || rows[first]?.file !== rows[second]?.file) pairs.push(first, second)
    }
  }
  return { pairs: Uint32Array.from(pairs), keys: 1, largest: rows.length, passedOver: 0 }
}

/**
 * The pairs that share a key, smallest blocks first, until the budget is spent: a file of a million Smiths costs no
 * more.
 */
export function candidatePairs(rows: readonly Row[], linksFiles: boolean, tick: (share: number) => void): Blocks {
  if (rows.length <= fewRows) return allPairs(rows, linksFiles)
  const index = sortedKeys(rows, (share) => tick(share / 2))
  const blocks = blocksOf(index)
  const budget = Math.min(mostPairs, Math.max(1_000_000, rows.length * 80))
  const pairs = new PairSet(budget)
  let largest = 0
  let used = 0
  for (const { from, size } of blocks.smallestFirst()) {
    if (pairs.isFull) break
    if (used % 50_000 === 0) tick(0.5 + used / blocks.count / 2)
    used += 1
    largest = size
    for (let i = from; i < from + size; i += 1) {
      for (let j = i + 1; j < from + size; j += 1) {
        const [first, second] = [index[2 * i] ?? 0, index[2 * j] ?? 0]
        if (linksFiles && rows[first]?.file === rows[second]?.file) continue
        pairs.add(first, second)
      }
    }
  }
  return { pairs: pairs.taken(), keys: blocks.keys, largest, passedOver: blocks.useful - used }
}

/**
 * Every key of every row as a number of 64 bits, the key's hash above the row, in order: words two by two, the row
 * first. Two keys of one hash make a block too many and lose none.
 */
function sortedKeys(rows: readonly Row[], tick: (share: number) => void): Uint32Array {
  let words = new Uint32Array(rows.length * 48)
  let at = 0
  for (const row of rows) {
    if (row.at % 5000 === 0) tick(row.at / rows.length)
    for (const key of new Set([...blockingKeys(row), ...furtherKeys(row)])) {
      if (at + 2 > words.length) words = grown(words)
      words[at] = row.at
      words[at + 1] = hashOf(key)
      at += 2
    }
  }
  new BigUint64Array(words.buffer, 0, at / 2).sort()
  return words.subarray(0, at)
}

const grown = (words: Uint32Array<ArrayBuffer>): Uint32Array<ArrayBuffer> => {
  const more = new Uint32Array(2 * Math.ceil(words.length * 0.75))
  more.set(words)
  return more
}

/** 32 bits of a key. FNV-1a, mixed. */
function hashOf(key: string): number {
  let hash = 0x811c9dc5
  for (let at = 0; at < key.length; at += 1) hash = Math.imul(hash ^ key.charCodeAt(at), 0x01000193)
  hash = Math.imul(hash ^ (hash >>> 16), 0x2c1b3c6d)
  return (hash ^ (hash >>> 13)) >>> 0
}

/** Runs of one key, by their size. */
function blocksOf(index: Uint32Array) {
  const length = index.length / 2
  const starts: number[][] = Array.from({ length: largestBlock + 1 }, () => [])
  let keys = 0
  let useful = 0
  for (let from = 0; from < length; ) {
    let to = from + 1
    while (to < length && index[2 * to + 1] === index[2 * from + 1]) to += 1
    keys += 1
    if (to - from > 1) useful += 1
    if (to - from > 1 && to - from <= largestBlock) starts[to - from]?.push(from)
    from = to
  }
  return {
    keys,
    useful,
    count: starts.reduce((sum, list) => sum + list.length, 0),
    *smallestFirst() {
      for (const [size, list] of starts.entries()) for (const from of list) yield { from, size }
    },
  }
}

/** Keys of what a file may hold besides a child's facts: each further column with each other fact. */
function furtherKeys(row: Row): readonly string[] {
  const given = soundKey(row.given)
  const families = row.familyWords.map(soundKey).filter(Boolean)
  const code = isWhole(row.postcode) ? row.postcode : ''
  const keys: string[] = []
  const year = row.birth.slice(0, 4)
  for (const family of families) {
    if (given) keys.push(`n ${[family, given].sort().join(' ')}`)
    if (year) keys.push(`fy ${family} ${year} ${row.given.slice(0, 1)}`)
    if (row.postcode) keys.push(`fo ${family} ${outward(row.postcode)}`)
  }
  if (row.birth.length >= 8) keys.push(`b ${row.birth}`, `bd ${row.birth.slice(4)} ${row.given.slice(0, 3)}`)
  if (code) keys.push(`p ${code}`, `pb ${code} ${year}`)
  if (given && year) keys.push(`gy ${given} ${year} ${outward(row.postcode)}`)
  for (const [at, value] of row.extra.entries()) {
    if (value.length < 2) continue
    keys.push(`e ${value}`)
    if (given) keys.push(`eg ${value} ${given}`)
    for (const family of families) keys.push(`ef ${value} ${family}`)
    if (year) keys.push(`ey ${value} ${year}`)
    if (code) keys.push(`ep ${value} ${code}`)
    for (const other of row.extra.slice(at + 1)) if (other) keys.push(`ee ${[value, other].sort().join('|')}`)
  }
  return keys
}
