import { JsonBytes } from './jsonBytes.ts'

/** A part of an answer that is written later than what stands around it, or may yet be replaced. */
export class Placeholder {
  #parts: (Uint8Array | Placeholder)[] = []

  get count(): number {
    return this.#parts.length
  }

  push(part: Uint8Array | Placeholder): void {
    this.#parts.push(part)
  }

  /** Takes off all parts from a place on. */
  cut(from: number): (Uint8Array | Placeholder)[] {
    return this.#parts.splice(from)
  }

  /** Has this alone in it, whatever was written or is written yet by those who do not know. */
  become(json: Uint8Array): void {
    this.#parts = [json]
  }

  get size(): number {
    let size = 0
    for (const part of this.#parts) size += part instanceof Placeholder ? part.size : part.length
    return size
  }

  /** @returns where the copy ends. */
  copyTo(target: Buffer, at: number): number {
    let end = at
    for (const part of this.#parts) {
      if (part instanceof Placeholder) end = part.copyTo(target, end)
      else {
        target.set(part, end)
        end += part.length
      }
    }
    return end
  }
}

/**
 * Where answers are written. Whatever does not have to wait is written to the end of one text; what waits leaves a
 * slot, and is written into it when it is ready. Runs take turns: nobody writes on after having waited, but within a
 * slot of theirs.
 */
export class AnswerWriter {
  readonly json = new JsonBytes()
  #slot = new Placeholder()
  /** Where the text of the slot begins; what stands before it is of whoever was interrupted. */
  #start = 0

  /** Writes into a slot, to its end. */
  within<Result>(slot: Placeholder, write: () => Result): Result {
    const [outer, start] = [this.#slot, this.#start]
    this.#slot = slot
    this.#start = this.json.at
    try {
      return write()
    } finally {
      this.#cut()
      this.#slot = outer
      this.#start = start
    }
  }

  /** Leaves room for what is known later. */
  gap(): Placeholder {
    this.#cut()
    const slot = new Placeholder()
    this.#slot.push(slot)
    return slot
  }

  /** How many parts stand before the text: with `json.at`, a mark. */
  get parts(): number {
    return this.#slot.count
  }

  /** Takes back all that was written since. */
  rewind(parts: number, at: number): void {
    if (this.#slot.count === parts) {
      this.json.rewind(at)
      return
    }
    const [first] = this.#slot.cut(parts)
    this.json.rewind(this.#start)
    // The first part begins with what had not been cut off yet.
    if (first instanceof Uint8Array) this.json.bytes(first.subarray(0, at - this.#start))
  }

  /** Puts all that was written since into a slot of its own, so that it can be replaced. */
  since(parts: number, at: number): Placeholder {
    this.#cut()
    const taken = this.#slot.cut(parts)
    const [first] = taken
    const slot = new Placeholder()
    const before = at - this.#start
    if (first instanceof Uint8Array && before > 0) {
      this.#slot.push(first.subarray(0, before))
      taken[0] = first.subarray(before)
    }
    for (const part of taken) slot.push(part)
    this.#slot.push(slot)
    return slot
  }

  #cut(): void {
    if (this.json.at > this.#start) this.#slot.push(this.json.take(this.#start))
  }
}
