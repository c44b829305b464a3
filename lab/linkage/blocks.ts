import { blockingKeys } from '../../src/identity/blockingKeys.ts'
import type { Row } from '../../src/identity/files/dataset.ts'
import { isWhole, outward, soundKey } from '../../src/identity/normalise.ts'

export interface Blocks {
  /** Pairs of places of rows, flat: first, second, first, second. */
  readonly pairs: Uint32Array
  readonly keys: number
  /** Largest block that was compared, and how many were passed over as too large. */
  readonly largest: number
  readonly passedOver: number
}

const largestBlock = 400

/** A file this small is compared as a whole: no key can then hide a pair. */
const fewRows = 1500

function allPairs(rows: readonly Row[], linksFiles: boolean): Blocks {
  const pairs: number[] = []
  for (let first = 0; first < rows.length; first += 1) {
    for (let second = first + 1; second < rows.length; second += 1) {
      if (!linksFiles || rows[first]?.file !== rows[second]?.file) pairs.push(first, second)
    }
  }
  return { pairs: Uint32Array.from(pairs), keys: 1, largest: rows.length, passedOver: 0 }
}

/** The pairs that share a key, smallest blocks first, until the budget is spent: a file of a million Smiths costs no more. */
export function candidatePairs(rows: readonly Row[], linksFiles: boolean, tick: (share: number) => void): Blocks {
  if (rows.length <= fewRows) return allPairs(rows, linksFiles)
  const blocks = new Map<string, number[]>()
  for (const row of rows) {
    if (row.at % 2000 === 0) tick(row.at / rows.length / 2)
    for (const key of new Set([...blockingKeys(row), ...furtherKeys(row)])) {
      const block = blocks.get(key)
      if (!block) blocks.set(key, [row.at])
      else if (block.length <= largestBlock) block.push(row.at)
    }
  }
  const useful = [...blocks.values()].filter((block) => block.length > 1)
  const ordered = useful.filter((block) => block.length <= largestBlock).sort((a, b) => a.length - b.length)
  const budget = Math.max(1_000_000, rows.length * 80)
  const seen = new Set<number>()
  let largest = 0
  let used = 0
  for (const block of ordered) {
    if (seen.size >= budget) break
    if (used % 5000 === 0) tick(0.5 + used / ordered.length / 2)
    used += 1
    largest = block.length
    for (let i = 0; i < block.length; i += 1) {
      for (let j = i + 1; j < block.length; j += 1) {
        const first = block[i] ?? 0
        const second = block[j] ?? 0
        if (linksFiles && rows[first]?.file === rows[second]?.file) continue
        seen.add(first * rows.length + second)
      }
    }
  }
  const pairs = new Uint32Array(seen.size * 2)
  let at = 0
  for (const pair of seen) {
    pairs[at] = Math.floor(pair / rows.length)
    pairs[at + 1] = pair % rows.length
    at += 2
  }
  return { pairs, keys: blocks.size, largest, passedOver: useful.length - used }
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
