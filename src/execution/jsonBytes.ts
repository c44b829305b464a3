import { Constant } from './constantBytes.ts'
import { type TextBytes, viewOf } from './textBytes.ts'

/**
 * JSON written byte by byte into memory that the next writer uses again: no value of an answer becomes a string of its
 * own on the way. One writer at a time, which holds since nobody waits between writing and taking.
 */
export class JsonBytes {
  #bytes: Buffer
  #view: DataView
  #at = 0
  readonly #size: number

  /** @param size bytes to begin with. */
  constructor(size = 1 << 16) {
    this.#size = size
    this.#bytes = Buffer.allocUnsafeSlow(size)
    this.#view = viewOf(this.#bytes)
  }

  /** Where the next byte goes. */
  get at(): number {
    return this.#at
  }

  /** Forgets all from a place on. */
  rewind(at: number): void {
    this.#at = at
  }

  /** A copy of all from a place on, which is forgotten. */
  take(from: number): Buffer {
    const taken = Buffer.allocUnsafe(this.#at - from)
    this.#bytes.copy(taken, 0, from, this.#at)
    this.#at = from
    // One answer that was far larger than the others does not keep its room.
    if (from === 0 && this.#bytes.length > largestReused) this.#use(Buffer.allocUnsafeSlow(this.#size))
    return taken
  }

  /** What is JSON already. */
  json(text: string): void {
    const bytes = this.#roomFor(text.length * 3)
    let at = this.#at
    for (let place = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place)
      if (code > lastAscii) {
        this.#at += bytes.write(text, this.#at, 'utf8')
        return
      }
      bytes[at++] = code
    }
    this.#at = at
  }

  /** A text, as a JSON string. */
  text(text: string): void {
    const bytes = this.#roomFor(text.length + 2)
    let at = this.#at
    bytes[at++] = quote
    for (let place = 0; place < text.length; place += 1) {
      const code = text.charCodeAt(place)
      if (code < space || code > lastAscii || code === quote || code === backslash) {
        this.json(JSON.stringify(text))
        return
      }
      bytes[at++] = code
    }
    bytes[at++] = quote
    this.#at = at
  }

  /** What is JSON already, in UTF-8. */
  bytes(json: Uint8Array, from = 0, to = json.length): void {
    const bytes = this.#roomFor(to - from)
    let at = this.#at
    for (let place = from; place < to; place += 1) bytes[at++] = json[place] ?? 0
    this.#at = at
  }

  /** The same where it is written again and again. */
  constant(json: Constant): void {
    this.#roomFor(json.length + 8)
    json.copyTo(this.#view, this.#at)
    this.#at += json.length
  }

  /**
   * UTF-8 text from elsewhere, as a JSON string. `opening` is its quote and what stands in front of it, which needs no
   * escape.
   */
  string(text: TextBytes, from: number, to: number, opening = openingQuote): void {
    this.constant(opening)
    if (this.#copied(text, from, to)) this.#bytes[this.#at++] = quote
    else this.json(JSON.stringify(text.bytes.toString('utf8', from, to)).slice(1))
  }

  /** Copies text with room for a byte after it. False, with nothing written, where something of it must be escaped. */
  #copied({ bytes: text, view: words }: TextBytes, from: number, to: number): boolean {
    const bytes = this.#roomFor(to - from + 1)
    const view = this.#view
    let at = this.#at
    let place = from
    for (; place + 4 <= to; place += 4) {
      const word = words.getInt32(place, true)
      if (hasEscaped(word)) return false
      view.setInt32(at, word, true)
      at += 4
    }
    for (; place < to; place += 1) {
      const byte = text[place] ?? 0
      if (byte < space || byte === quote || byte === backslash) return false
      bytes[at++] = byte
    }
    this.#at = at
    return true
  }

  /** `2026-03-02 09:00:00+00` as the instant that it is: `2026-03-02T09:00:00Z`. */
  instant({ view: text }: TextBytes, from: number): void {
    this.#roomFor(22)
    const view = this.#view
    const at = this.#at
    view.setUint8(at, quote)
    view.setInt32(at + 1, text.getInt32(from))
    view.setInt32(at + 5, text.getInt32(from + 4))
    view.setInt16(at + 9, text.getInt16(from + 8))
    view.setUint8(at + 11, letterT)
    view.setInt32(at + 12, text.getInt32(from + 11))
    view.setInt32(at + 16, text.getInt32(from + 15))
    view.setUint8(at + 20, letterZ)
    view.setUint8(at + 21, quote)
    this.#at = at + 22
  }

  #roomFor(more: number): Buffer {
    if (this.#at + more > this.#bytes.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + more))
      this.#bytes.copy(wider, 0, 0, this.#at)
      this.#use(wider)
    }
    return this.#bytes
  }

  #use(bytes: Buffer): void {
    this.#bytes = bytes
    this.#view = viewOf(bytes)
  }
}

const largestReused = 1 << 21
const openingQuote = new Constant('"')

/**
 * Whether one of four bytes must be escaped within a JSON string: below a space, a quote or a backslash. The sign of a
 * byte tells it.
 */
function hasEscaped(word: number): boolean {
  const quotes = word ^ 0x22222222
  const backslashes = word ^ 0x5c5c5c5c
  const low = (word - 0x20202020) & ~word
  return ((low | ((quotes - 0x01010101) & ~quotes) | ((backslashes - 0x01010101) & ~backslashes)) & -0x7f7f7f80) !== 0
}

const letterT = 0x54
const letterZ = 0x5a
const space = 0x20
const quote = 0x22
const backslash = 0x5c
const lastAscii = 0x7f
