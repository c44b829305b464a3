import { viewOf } from './textBytes.ts'

/**
 * JSON that is written again and again, ready to be copied eight bytes at a time. No eight bytes of UTF-8 are what a
 * processor takes for no number and could change: none ends in a byte from f0 before 7f or ff.
 */
export class Constant {
  readonly text: string
  readonly bytes: Buffer
  readonly length: number
  readonly #eights: Float64Array

  constructor(text: string) {
    this.text = text
    this.bytes = Buffer.from(text)
    this.length = this.bytes.length
    const view = viewOf(Buffer.concat([this.bytes, Buffer.alloc(8)]))
    this.#eights = Float64Array.from({ length: Math.ceil(this.length / 8) }, (_, nth) => view.getFloat64(nth * 8, true))
  }

  /** Bytes after the last may be overwritten up to a whole eight. */
  copyTo(target: DataView, from: number): void {
    const eights = this.#eights
    for (let nth = 0; nth < eights.length; nth += 1) target.setFloat64(from + nth * 8, eights[nth] ?? 0, true)
  }
}
