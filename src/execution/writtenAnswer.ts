import { Placeholder } from './answerWriter.ts'

/**
 * The data of an answer, written: what the executor makes instead of objects that would be turned into the same text.
 */
export class AnswerText {
  readonly [member: string]: unknown
  /** Whether any field at the root has a value. */
  readonly hasValue: boolean
  /**
   * An answer's whole body, as it is sent when there are no errors. It waits outside the heap until its leaf is
   * committed.
   */
  readonly body: Buffer

  constructor(json: Placeholder, hasValue: boolean) {
    const size = json.size
    this.body = Buffer.allocUnsafeSlow(before.length + size + after.length)
    this.body.set(before)
    this.body.set(after, json.copyTo(this.body, before.length))
    this.hasValue = hasValue
  }

  /** The body of an answer with errors, which stand before the data. */
  bodyWith(errors: readonly unknown[]): Buffer {
    return Buffer.concat([Buffer.from(`{"errors":${JSON.stringify(errors)},`), this.body.subarray(1)])
  }

  /** The same with its text changed. */
  changed(change: (json: string) => string): AnswerText {
    const json = new Placeholder()
    json.push(Buffer.from(change(this.#json())))
    return new AnswerText(json, this.hasValue)
  }

  /** For whoever writes it with a wider answer: the same, read again. */
  toJSON(): unknown {
    return JSON.parse(this.#json())
  }

  #json(): string {
    return this.body.toString('utf8', before.length, this.body.length - after.length)
  }
}

const before = Buffer.from('{"data":')
const after = Buffer.from('}\n')
