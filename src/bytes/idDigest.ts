import { hash } from 'node:crypto'
import { type TextBytes, textBytes } from '../execution/textBytes.ts'

/** How many ids there were, and the SHA-256 of them in order of their code units, one a line; null of none. */
export interface DigestedIds {
  readonly count: number
  readonly digest: string | null
}

/** Ids that were digested, as they came. */
export interface KeptIds {
  readonly bytes: Buffer
  readonly ends: Int32Array
  readonly digested: DigestedIds
}

/** Of a page of records and more; a record of thousands is digested each time. */
const mostKeptBytes = 1 << 15

/**
 * Digests the ids of records where they lie: a leaf has one digest for each agency and child, and to make a text of each id
 * would cost more than the rest of the leaf. One digest at a time, which holds since nothing waits between `begin` and `end`.
 */
export class IdDigest {
  /** Ids one after another, and where each ends; the first ends where it would begin. */
  #ids = roomFor(1 << 14)
  #ends = new Int32Array(1 << 10)
  #count = 0
  /** The bits of all bytes together, four and four: the highest of each tells whether any is beyond ASCII. */
  #bits = 0
  /** How many bytes all ids begin with alike: ids of one agency mostly differ in their last digits. */
  #alike = 0
  #order = new Int32Array(1 << 10)
  /** Four bytes of each id from where ids begin to differ. */
  #words = new Uint32Array(1 << 10)
  #numbers = new Float64Array(1 << 10)
  #lines = roomFor(1 << 14)

  begin(): void {
    this.#count = 0
    this.#bits = 0
  }

  add({ view }: TextBytes, from: number, to: number): void {
    const start = this.#ends[this.#count] ?? 0
    const end = start + to - from
    this.#makeRoom(end)
    const ids = this.#ids.view
    let bits = this.#bits
    let place = from
    let at = start
    for (; place + 4 <= to; place += 4, at += 4) {
      const word = view.getInt32(place)
      ids.setInt32(at, word)
      bits |= word
    }
    for (; place < to; place += 1, at += 1) {
      const byte = view.getUint8(place)
      ids.setUint8(at, byte)
      bits |= byte
    }
    this.#bits = bits
    this.#count += 1
    this.#ends[this.#count] = end
  }

  /** The ids as they came, with their digest, to know them again; null where they are too many to keep. */
  kept(digested: DigestedIds): KeptIds | null {
    const size = this.#ends[this.#count] ?? 0
    if (size > mostKeptBytes) return null
    return {
      bytes: Buffer.from(this.#ids.bytes.subarray(0, size)),
      ends: this.#ends.slice(1, this.#count + 1),
      digested,
    }
  }

  /** Whether the very ids came again, in the same order. */
  isAs({ bytes, ends }: KeptIds): boolean {
    if (ends.length !== this.#count || bytes.length !== (this.#ends[this.#count] ?? 0)) return false
    for (let nth = 0; nth < ends.length; nth += 1) if (ends[nth] !== this.#ends[nth + 1]) return false
    return this.#ids.bytes.compare(bytes, 0, bytes.length, 0, bytes.length) === 0
  }

  /** @param before stands in front of each id; ASCII, as names of agencies are. */
  end(before: string): DigestedIds {
    if (this.#count === 0) return noIds
    if ((this.#bits & beyondAscii) !== 0 || this.#count > mostNumbered) return this.#digestTexts(before)
    this.#compareBeginnings()
    this.#sort()
    const size = (this.#ends[this.#count] ?? 0) + this.#count * (before.length + 1)
    if (this.#lines.bytes.length < size + slack) this.#lines = roomFor(size * 2)
    const [{ bytes, view: lines }, { view: ids }, ends, order] = [this.#lines, this.#ids, this.#ends, this.#order]
    let at = bytes.write(before, 'latin1')
    for (let nth = 0; nth < this.#count; nth += 1) {
      if (nth > 0) {
        lines.setUint8(at, lineEnd)
        copy(lines, 0, before.length, lines, at + 1)
        at += 1 + before.length
      }
      const id = order[nth] ?? 0
      const from = ends[id] ?? 0
      const to = ends[id + 1] ?? 0
      copy(ids, from, to, lines, at)
      at += to - from
    }
    return { count: this.#count, digest: hash('sha256', bytes.subarray(0, at)) }
  }

  #compareBeginnings(): void {
    const ends = this.#ends
    this.#alike = ends[1] ?? 0
    this.#order[0] = 0
    for (let id = 1; id < this.#count; id += 1) {
      this.#order[id] = id
      this.#alike = this.#alikeWith(ends[id] ?? 0, ends[id + 1] ?? 0)
    }
  }

  /** Beyond ASCII the order of bytes is not that of code units. */
  #digestTexts(before: string): DigestedIds {
    const texts = Array.from({ length: this.#count }, (_, id) =>
      this.#ids.bytes.toString('utf8', this.#ends[id], this.#ends[id + 1]),
    )
    return { count: this.#count, digest: hash('sha256', before + texts.sort().join(`\n${before}`)) }
  }

  /** By the bytes in which ids begin to differ, of which each has some in one number; then by the rest. */
  #sort(): void {
    const [words, count] = [this.#words, this.#count]
    for (let id = 0; id < count; id += 1) words[id] = this.#wordOf(id)
    if (count > few) this.#sortByWords()
    else insert(this.#order, words, count)
    const order = this.#order
    for (let from = 0; from < count; ) {
      const word = words[order[from] ?? 0]
      let to = from + 1
      while (to < count && words[order[to] ?? 0] === word) to += 1
      if (to - from > 1) order.subarray(from, to).sort((one, other) => this.#compare(one, other))
      from = to
    }
  }

  /** Of a shorter one, zeros. */
  #wordOf(id: number): number {
    const at = (this.#ends[id] ?? 0) + this.#alike
    const left = (this.#ends[id + 1] ?? 0) - at
    const word = this.#ids.view.getUint32(at)
    return left >= 4 ? word : left <= 0 ? 0 : word & (-1 << (8 * (4 - left)))
  }

  /** By numbers that have the word before the id: of those the platform's own sort is the quickest. */
  #sortByWords(): void {
    const { length } = this.#order
    const numbers = this.#numbers.subarray(0, this.#count)
    for (let id = 0; id < this.#count; id += 1) numbers[id] = (this.#words[id] ?? 0) * length + id
    numbers.sort()
    for (let nth = 0; nth < this.#count; nth += 1) this.#order[nth] = (numbers[nth] ?? 0) % length
  }

  #compare(one: number, other: number): number {
    const [{ bytes: ids }, ends] = [this.#ids, this.#ends]
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
    const { view } = this.#ids
    const most = Math.min(this.#alike, end - start)
    let alike = 0
    while (alike + 4 <= most && view.getInt32(alike) === view.getInt32(start + alike)) alike += 4
    while (alike < most && view.getUint8(alike) === view.getUint8(start + alike)) alike += 1
    return alike
  }

  #makeRoom(end: number): void {
    if (end + slack > this.#ids.bytes.length) {
      const wider = roomFor(end * 2)
      this.#ids.bytes.copy(wider.bytes)
      this.#ids = wider
    }
    if (this.#count + 1 < this.#ends.length) return
    this.#ends = twice(this.#ends)
    this.#order = twice(this.#order)
    this.#words = new Uint32Array(this.#order.length)
    this.#numbers = new Float64Array(this.#order.length)
  }
}

const twice = (numbers: Int32Array): Int32Array<ArrayBuffer> => {
  const wider = new Int32Array(numbers.length * 2)
  wider.set(numbers)
  return wider
}

/** A word of 32 bits and a place among so many are one whole number. */
const mostNumbered = 1 << 21

/** So many are put in their places one by one. */
const few = 24

function insert(order: Int32Array, words: Uint32Array, count: number): void {
  for (let place = 1; place < count; place += 1) {
    const id = order[place] ?? 0
    const word = words[id] ?? 0
    let at = place
    for (; at > 0 && (words[order[at - 1] ?? 0] ?? 0) > word; at -= 1) order[at] = order[at - 1] ?? 0
    order[at] = id
  }
}

const noIds: DigestedIds = { count: 0, digest: null }
const lineEnd = 0x0a
/** The highest bit of each of four bytes. */
const beyondAscii = -0x7f7f7f80

/** Bytes that are copied, or looked at, beyond an end. */
const slack = 4

const roomFor = (size: number): TextBytes => textBytes(Buffer.allocUnsafeSlow(size + slack))

/** Four bytes at a time, up to three beyond the end. Not eight: what lies beyond could make them no number, which may be changed when it is copied. */
function copy(source: DataView, from: number, to: number, target: DataView, at: number): void {
  for (let place = from; place < to; place += 4) target.setInt32(at + place - from, source.getInt32(place))
}
