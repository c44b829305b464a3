import { hash } from 'node:crypto'

/** How many ids there were, and the SHA-256 of them in order of their code units, one a line; null of none. */
export interface DigestedIds {
  readonly count: number
  readonly digest: string | null
}

/**
 * Digests the ids of records where they lie: a leaf has one digest for each agency and child, and to make a text of each id
 * would cost more than the rest of the leaf. One digest at a time, which holds since nothing waits between `begin` and `end`.
 */
export class IdDigest {
  /** Ids one after another, and where each ends; the first ends where it would begin. */
  #ids = Buffer.allocUnsafeSlow(1 << 14)
  #ends = new Int32Array(1 << 10)
  #count = 0
  /** The bits of all bytes together: the highest tells whether any is beyond ASCII. */
  #bits = 0
  /** How many bytes all ids begin with alike: ids of one agency mostly differ in their last digits. */
  #alike = 0
  #order = new Int32Array(1 << 10)
  #keys = new Float64Array(1 << 10)
  #lines = Buffer.allocUnsafeSlow(1 << 14)

  begin(): void {
    this.#count = 0
    this.#bits = 0
  }

  add(bytes: Uint8Array, from: number, to: number): void {
    const start = this.#ends[this.#count] ?? 0
    const end = start + to - from
    this.#makeRoom(end)
    const ids = this.#ids
    let bits = this.#bits
    for (let place = from, at = start; place < to; place += 1) {
      const byte = bytes[place] ?? 0
      ids[at++] = byte
      bits |= byte
    }
    this.#bits = bits
    this.#alike = this.#count === 0 ? to - from : this.#alikeWith(start, end)
    this.#order[this.#count] = this.#count
    this.#count += 1
    this.#ends[this.#count] = end
  }

  /** @param before stands in front of each id; ASCII, as names of agencies are. */
  end(before: string): DigestedIds {
    if (this.#count === 0) return noIds
    if (this.#bits > lastAscii || this.#count > mostIds) return this.#digestTexts(before)
    this.#sort()
    const size = (this.#ends[this.#count] ?? 0) + this.#count * (before.length + 1)
    if (this.#lines.length < size) this.#lines = Buffer.allocUnsafeSlow(size * 2)
    const [lines, ids, ends] = [this.#lines, this.#ids, this.#ends]
    let at = 0
    for (let nth = 0; nth < this.#count; nth += 1) {
      if (nth > 0) lines[at++] = lineEnd
      for (let place = 0; place < before.length; place += 1) lines[at++] = before.charCodeAt(place)
      const id = this.#order[nth] ?? 0
      const end = ends[id + 1] ?? 0
      for (let place = ends[id] ?? 0; place < end; place += 1) lines[at++] = ids[place] ?? 0
    }
    return { count: this.#count, digest: hash('sha256', lines.subarray(0, at)) }
  }

  /** Beyond ASCII the order of bytes is not that of code units, and a number has room for so many places alone. */
  #digestTexts(before: string): DigestedIds {
    const texts = Array.from({ length: this.#count }, (_, id) =>
      this.#ids.toString('utf8', this.#ends[id], this.#ends[id + 1]),
    )
    return { count: this.#count, digest: hash('sha256', before + texts.sort().join(`\n${before}`)) }
  }

  /** By the bytes in which ids begin to differ, of which each has some in one number with its place; then by the rest. */
  #sort(): void {
    const [order, keys] = [this.#order, this.#keys]
    const count = this.#count
    for (let id = 0; id < count; id += 1) keys[id] = this.#wordOf(id) * mostIds + id
    if (count > few) keys.subarray(0, count).sort()
    else insert(keys, count)
    for (let nth = 0; nth < count; nth += 1) order[nth] = (keys[nth] ?? 0) % mostIds
    for (let from = 0; from < count; ) {
      const word = wordIn(keys[from])
      let to = from + 1
      while (to < count && wordIn(keys[to]) === word) to += 1
      if (to - from > 1) order.subarray(from, to).sort((one, other) => this.#compare(one, other))
      from = to
    }
  }

  /** Four bytes from where the ids begin to differ; of a shorter one, zeros. */
  #wordOf(id: number): number {
    const end = this.#ends[id + 1] ?? 0
    let at = (this.#ends[id] ?? 0) + this.#alike
    let word = 0
    for (let nth = 0; nth < 4; nth += 1) word = word * 256 + (at < end ? (this.#ids[at++] ?? 0) : 0)
    return word
  }

  #compare(one: number, other: number): number {
    const [ids, ends] = [this.#ids, this.#ends]
    const end = ends[one + 1] ?? 0
    const otherEnd = ends[other + 1] ?? 0
    let at = (ends[one] ?? 0) + this.#alike
    let otherAt = (ends[other] ?? 0) + this.#alike
    while (at < end && otherAt < otherEnd) {
      const difference = (ids[at++] ?? 0) - (ids[otherAt++] ?? 0)
      if (difference !== 0) return difference
    }
    return end - at - (otherEnd - otherAt)
  }

  /** The first id stands at the beginning. */
  #alikeWith(start: number, end: number): number {
    const most = Math.min(this.#alike, end - start)
    let alike = 0
    while (alike < most && this.#ids[alike] === this.#ids[start + alike]) alike += 1
    return alike
  }

  #makeRoom(end: number): void {
    if (end > this.#ids.length) {
      const wider = Buffer.allocUnsafeSlow(end * 2)
      this.#ids.copy(wider)
      this.#ids = wider
    }
    if (this.#count + 1 < this.#ends.length) return
    this.#ends = twice(this.#ends)
    this.#order = twice(this.#order)
    this.#keys = new Float64Array(this.#order.length)
  }
}

const twice = (numbers: Int32Array): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(numbers.length * 2)
  wider.set(numbers)
  return wider
}

/** A number is exact up to 2⁵³: four bytes, and a place in twenty bits. */
const mostIds = 1 << 20

/** So many are put in their places one by one. */
const few = 24

const wordIn = (key = 0): number => Math.floor(key / mostIds)

function insert(keys: Float64Array, count: number): void {
  for (let place = 1; place < count; place += 1) {
    const key = keys[place] ?? 0
    let at = place
    for (; at > 0 && (keys[at - 1] ?? 0) > key; at -= 1) keys[at] = keys[at - 1] ?? 0
    keys[at] = key
  }
}

const noIds: DigestedIds = { count: 0, digest: null }
const lineEnd = 0x0a
const lastAscii = 0x7f
