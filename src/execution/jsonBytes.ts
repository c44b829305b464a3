/**
 * JSON written byte by byte into memory that the next writer uses again: no value of an answer becomes a string of its own
 * on the way. One writer at a time, which holds since nobody waits between writing and taking.
 */
export class JsonBytes {
  #bytes: Buffer
  #at = 0
  readonly #size: number

  /** @param size bytes to begin with. */
  constructor(size = 1 << 16) {
    this.#size = size
    this.#bytes = Buffer.allocUnsafeSlow(size)
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
    if (from === 0 && this.#bytes.length > mostKept) this.#bytes = Buffer.allocUnsafeSlow(this.#size)
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

  /** UTF-8 text from elsewhere, as a JSON string. `before` stands in front of it, and needs no escape. */
  string(text: Uint8Array, from: number, to: number, before: Uint8Array = nothing): void {
    const bytes = this.#roomFor(before.length + to - from + 2)
    let at = this.#at
    bytes[at++] = quote
    for (let place = 0; place < before.length; place += 1) bytes[at++] = before[place] ?? 0
    for (let place = from; place < to; place += 1) {
      const byte = text[place] ?? 0
      if (byte < space || byte === quote || byte === backslash) {
        this.json(JSON.stringify(Buffer.concat([before, text.subarray(from, to)]).toString()))
        return
      }
      bytes[at++] = byte
    }
    bytes[at++] = quote
    this.#at = at
  }

  /** `2026-03-02 09:00:00+00` as the instant that it is: `2026-03-02T09:00:00Z`. */
  instant(text: Uint8Array, from: number): void {
    const bytes = this.#roomFor(22)
    let at = this.#at
    bytes[at++] = quote
    for (let place = 0; place < 19; place += 1) bytes[at++] = place === 10 ? letterT : (text[from + place] ?? 0)
    bytes[at++] = letterZ
    bytes[at++] = quote
    this.#at = at
  }

  #roomFor(more: number): Buffer {
    if (this.#at + more > this.#bytes.length) {
      const wider = Buffer.allocUnsafeSlow(Math.max(this.#bytes.length * 2, this.#at + more))
      this.#bytes.copy(wider, 0, 0, this.#at)
      this.#bytes = wider
    }
    return this.#bytes
  }
}

const mostKept = 1 << 21
const nothing = Buffer.alloc(0)
const letterT = 0x54
const letterZ = 0x5a
const space = 0x20
const quote = 0x22
const backslash = 0x5c
const lastAscii = 0x7f
