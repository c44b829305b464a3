import { blockingKeys, searchKeys } from '../../src/identity/blockingKeys.ts'
import type { Candidate } from '../../src/identity/matchWeight.ts'
import type { Person } from '../../src/identity/person.ts'

const bits = 24

/**
 * The key table of a million children in memory, so that hundreds of thousands of searches can be measured without a
 * database.
 */
export class MemoryIndex {
  readonly #people: readonly Person[]
  readonly #starts: Uint32Array
  readonly #owners: Uint32Array
  readonly #checks: Uint32Array

  constructor(people: readonly Person[], tick: (share: number) => void) {
    this.#people = people
    const lanes: number[][] = []
    const starts = new Uint32Array(2 ** bits + 1)
    let total = 0
    for (const [at, person] of people.entries()) {
      if (at % 20_000 === 0) tick(at / people.length)
      const hashes: number[] = []
      for (const key of blockingKeys(person)) {
        const [bucket, check] = hashed(key)
        hashes.push(bucket, check)
        starts[bucket + 1] = (starts[bucket + 1] ?? 0) + 1
        total += 1
      }
      lanes.push(hashes)
    }
    for (let bucket = 0; bucket < 2 ** bits; bucket += 1)
      starts[bucket + 1] = (starts[bucket + 1] ?? 0) + (starts[bucket] ?? 0)
    const filled = starts.slice()
    this.#owners = new Uint32Array(total)
    this.#checks = new Uint32Array(total)
    for (const [at, hashes] of lanes.entries()) {
      for (let place = 0; place < hashes.length; place += 2) {
        const bucket = hashes[place] ?? 0
        const slot = filled[bucket] ?? 0
        filled[bucket] = slot + 1
        this.#owners[slot] = at
        this.#checks[slot] = hashes[place + 1] ?? 0
      }
    }
    this.#starts = starts
  }

  candidates(query: Person): readonly Candidate[] {
    const found = new Set<number>()
    for (const key of searchKeys(query)) {
      const [bucket, check] = hashed(key)
      const end = this.#starts[bucket + 1] ?? 0
      for (let slot = this.#starts[bucket] ?? 0; slot < end; slot += 1) {
        if (this.#checks[slot] === check) found.add(this.#owners[slot] ?? 0)
      }
    }
    return [...found].flatMap((at) => {
      const person = this.#people[at]
      return person ? [{ id: String(at), person }] : []
    })
  }
}

/** Two independent hashes of a key. */
function hashed(key: string): readonly [bucket: number, check: number] {
  let first = 0x811c9dc5
  let second = 0x41c6ce57
  for (let at = 0; at < key.length; at += 1) {
    const code = key.charCodeAt(at)
    first = Math.imul(first ^ code, 0x01000193)
    second = Math.imul(second ^ code, 0x5bd1e995)
    second ^= second >>> 15
  }
  first ^= first >>> 15
  return [(Math.imul(first, 0x2c1b3c6d) >>> 0) >>> (32 - bits), second >>> 0]
}
