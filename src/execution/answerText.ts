/** The data of an answer, written: what the executor makes instead of objects that would be turned into the same text. */
export class AnswerText {
  readonly [member: string]: unknown
  /** JSON. */
  readonly text: string
  /** Whether any field at the root has a value. */
  readonly hasValue: boolean

  constructor(text: string, hasValue: boolean) {
    this.text = text
    // Measuring it makes one string of the thousand that it was put together from, which would all be kept until it is sent.
    Buffer.byteLength(text)
    this.hasValue = hasValue
  }

  /** For whoever writes it with a wider answer: the same, read again. */
  toJSON(): unknown {
    return JSON.parse(this.text)
  }
}
