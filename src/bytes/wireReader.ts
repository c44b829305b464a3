import { messageParser, type Reading } from './postgresDriverInternals.ts'
import { Received, WireRow } from './wireRow.ts'

const head = 5
const dataRow = 'D'.charCodeAt(0)
const empty = Buffer.alloc(0)

/**
 * Takes messages of PostgreSQL's protocol apart: rows are left as they lie in what was received, all else is pg's to
 * parse.
 */
export class WireReader {
  readonly #others = messageParser()
  readonly #reading: Reading<WireRow>
  /** The beginning of a message that has not arrived whole, and how many bytes it needs. */
  #parts: Buffer[] = []
  #held = 0
  #needed = 0

  constructor(reading: Reading<WireRow>) {
    this.#reading = reading
  }

  read(chunk: Buffer): void {
    this.#parts.push(chunk)
    this.#held += chunk.length
    if (this.#held < this.#needed) return
    const bytes = this.#parts.length === 1 ? chunk : Buffer.concat(this.#parts)
    const end = this.#messagesOf(bytes)
    const rest = end === bytes.length ? empty : bytes.subarray(end)
    this.#parts = rest.length === 0 ? [] : [rest]
    this.#held = rest.length
    this.#needed = rest.length < head ? head : lengthOf(rest, 0)
  }

  /** @returns where the first message begins that is not whole. */
  #messagesOf(bytes: Buffer): number {
    let at = 0
    /** From where messages wait that are not rows: they are handed over together. */
    let others = 0
    const received = new Received(bytes)
    let rows: WireRow[] = []
    while (at + head <= bytes.length) {
      const end = at + lengthOf(bytes, at)
      if (end > bytes.length) break
      if (bytes[at] === dataRow) {
        this.#handOver(bytes, others, at)
        rows.push(new WireRow(received, at + head))
        others = end
      } else if (rows.length > 0) {
        this.#reading.onRows(rows)
        rows = []
      }
      at = end
    }
    if (rows.length > 0) this.#reading.onRows(rows)
    this.#handOver(bytes, others, at)
    return at
  }

  #handOver(bytes: Buffer, from: number, to: number): void {
    if (from < to) this.#others.parse(bytes.subarray(from, to), this.#reading.onOther)
  }
}

/** With the byte that says what kind of message it is. */
const lengthOf = (bytes: Buffer, at: number): number => 1 + bytes.readUInt32BE(at + 1)
