import { isAscii } from 'node:buffer'
import { type TextBytes, viewOf } from '../execution/textBytes.ts'
import type { StoredRow } from '../store/database.ts'

/**
 * One row as PostgreSQL sends it, looked at where it lies: for each column its length in four bytes (-1 for null) and
 * so many bytes of UTF-8. Most values are copied from here into an answer and never become strings.
 */
export class WireRow implements StoredRow {
  readonly #received: Received
  /** Where the number of columns stands, in two bytes. */
  readonly #at: number

  constructor(received: Received, at: number) {
    this.#received = received
    this.#at = at
  }

  /** All that was received with it. */
  get received(): Received {
    return this.#received
  }

  /**
   * One column; each costs a walk over those before it. Null also where there is no such column. The text may keep
   * alive all that was received with it: it is for what a request looks at, and not for what is kept.
   */
  text(place: number): string | null {
    const at = this.#columnAt(place)
    const length = lengthAt(this.#received.view, at)
    return length < 0 ? null : this.#received.text(at + 4, at + 4 + length)
  }

  /** The same as a text of its own, which may be kept: for a reader of few of many. */
  copy(place: number): string | null {
    return this.spanned(place, textIn) ?? null
  }

  /** What is read of a column's bytes where they lie; undefined where it is null. */
  spanned<Value>(place: number, read: (source: Received, from: number, to: number) => Value): Value | undefined {
    const at = this.#columnAt(place)
    const length = lengthAt(this.#received.view, at)
    return length < 0 ? undefined : read(this.#received, at + 4, at + 4 + length)
  }

  /** A column that holds a whole number from 0; NaN where it is null or holds anything else. */
  count(place: number): number {
    const { bytes, view } = this.#received
    const at = this.#columnAt(place)
    const length = lengthAt(view, at)
    let count = length > 0 ? 0 : Number.NaN
    for (let step = at + 4; step < at + 4 + length; step += 1) {
      const digit = (bytes[step] ?? 0) - zero
      count = digit >= 0 && digit <= 9 ? count * 10 + digit : Number.NaN
    }
    return count
  }

  /** Every column, as `text` gives it. */
  texts(): (string | null)[] {
    return this.#each((from, to) => this.#received.text(from, to))
  }

  /** Every column as a text of its own, which may be kept. */
  copies(): (string | null)[] {
    return this.#each((from, to) => textIn(this.#received, from, to))
  }

  #each(textOf: (from: number, to: number) => string): (string | null)[] {
    const spans = this.spans(sharedSpans)
    const texts = new Array<string | null>(spans.columns)
    for (let place = 0; place < spans.columns; place += 1) {
      const from = spans.from[place] ?? -1
      texts[place] = from < 0 ? null : textOf(from, spans.to[place] ?? from)
    }
    return texts
  }

  /** Finds every column at once, or so many of the first. @returns what was handed in, written. */
  spans(spans: Spans, most = mostColumns): Spans {
    const { view } = this.#received
    const { from, to } = spans
    const columns = Math.min(most, view.getInt16(this.#at))
    let at = this.#at + 2
    for (let place = 0; place < columns; place += 1) {
      const length = view.getInt32(at)
      at += 4
      from[place] = length < 0 ? -1 : at
      if (length > 0) at += length
      to[place] = at
    }
    spans.columns = columns
    return spans
  }

  /** The order of one column, byte by byte; null is last. */
  compare(other: WireRow, place: number): number {
    const { view } = this.#received
    const { view: otherView } = other.#received
    const one = this.#columnAt(place)
    const two = other.#columnAt(place)
    const length = lengthAt(view, one)
    const otherLength = lengthAt(otherView, two)
    if (length < 0 || otherLength < 0) return length === otherLength ? 0 : length < 0 ? 1 : -1
    const end = 4 + Math.min(length, otherLength)
    let step = 4
    for (; step + 4 <= end; step += 4) {
      const difference = view.getUint32(one + step) - otherView.getUint32(two + step)
      if (difference !== 0) return difference
    }
    for (; step < end; step += 1) {
      const difference = view.getUint8(one + step) - otherView.getUint8(two + step)
      if (difference !== 0) return difference
    }
    return length - otherLength
  }

  /** Where the column's length stands; -1: there is no such column. */
  #columnAt(place: number): number {
    const { view } = this.#received
    if (place >= view.getInt16(this.#at)) return -1
    let at = this.#at + 2
    for (let before = 0; before < place; before += 1) at += 4 + Math.max(0, view.getInt32(at))
    return at
  }
}

/**
 * What came in one go, rows among it. Texts are cut from one string of it all: to make each on its own costs far more.
 */
export class Received implements TextBytes {
  readonly bytes: Buffer
  readonly view: DataView
  /** One character for each byte, whatever the bytes mean. */
  #characters: string | undefined
  #isAscii = false

  constructor(bytes: Buffer) {
    this.bytes = bytes
    this.view = viewOf(bytes)
  }

  /** Bytes of UTF-8 as text. */
  text(from: number, to: number): string {
    const text = this.#all().slice(from, to)
    return this.#isAscii || !beyondAscii.test(text) ? text : this.bytes.toString('utf8', from, to)
  }

  #all(): string {
    if (this.#characters !== undefined) return this.#characters
    this.#isAscii = isAscii(this.bytes)
    this.#characters = this.bytes.toString('latin1')
    return this.#characters
  }
}

const beyondAscii = /[\x80-\xff]/

/** Where a row's columns lie within its bytes; `from` is -1 for null. */
export interface Spans {
  columns: number
  readonly from: Int32Array
  readonly to: Int32Array
}

/** The most columns that PostgreSQL gives. */
const mostColumns = 1664

export const newSpans = (): Spans => ({
  columns: 0,
  from: new Int32Array(mostColumns),
  to: new Int32Array(mostColumns),
})

const textIn = ({ bytes }: Received, from: number, to: number): string => bytes.toString('utf8', from, to)

const sharedSpans = newSpans()

const zero = 0x30

const lengthAt = (view: DataView, at: number): number => (at < 0 ? -1 : view.getInt32(at))

/** The same row from a store that gives texts. */
export function wireRowOf(texts: readonly (string | null)[]): WireRow {
  const values = texts.map((text) => (text === null ? null : Buffer.from(text)))
  const bytes = Buffer.alloc(2 + values.reduce((sum, value) => sum + 4 + (value?.length ?? 0), 0))
  let at = bytes.writeInt16BE(texts.length)
  for (const value of values) {
    at = bytes.writeInt32BE(value?.length ?? -1, at)
    if (value) at += value.copy(bytes, at)
  }
  return new WireRow(new Received(bytes), 0)
}
