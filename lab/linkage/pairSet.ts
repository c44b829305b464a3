/**
 * Pairs of rows, each once, in one flat piece of memory: a set of objects ends at sixteen million, and long before
 * that in memory.
 */
export class PairSet {
  readonly #enough: number
  #words: Uint32Array<ArrayBuffer>
  #length = 0
  #distinct = 0

  /** Never more than `most` pairs; from four fifths of them on no more are taken, as soon as that is noticed. */
  constructor(most: number) {
    this.#enough = Math.floor(0.8 * most)
    this.#words = new Uint32Array(2 * most)
  }

  /** Whether no more distinct pairs are taken. */
  get isFull(): boolean {
    return this.#distinct >= this.#enough
  }

  add(one: number, other: number): void {
    if (this.isFull) return
    if (2 * this.#length === this.#words.length) this.#tidy()
    if (this.isFull) return
    // The first row is the more significant word, so that sorting numbers of 64 bits sorts by the first row and then
    // by the second.
    this.#words[2 * this.#length] = Math.max(one, other)
    this.#words[2 * this.#length + 1] = Math.min(one, other)
    this.#length += 1
  }

  /** The pairs, flat and in order: first, second, first, second. */
  taken(): Uint32Array {
    this.#tidy()
    // All of them: they stand in the order of their rows, and what was cut would be the last rows' alone.
    const pairs = new Uint32Array(2 * this.#length)
    for (let at = 0; at < pairs.length; at += 2) {
      pairs[at] = this.#words[at + 1] ?? 0
      pairs[at + 1] = this.#words[at] ?? 0
    }
    this.#words = new Uint32Array(0)
    return pairs
  }

  #tidy(): void {
    const sorted = new BigUint64Array(this.#words.buffer, 0, this.#length)
    sorted.sort()
    const words = this.#words
    let kept = 0
    for (let at = 0; at < this.#length; at += 1) {
      const isSame = at > 0 && words[2 * at] === words[2 * kept - 2] && words[2 * at + 1] === words[2 * kept - 1]
      if (isSame) continue
      words[2 * kept] = words[2 * at] ?? 0
      words[2 * kept + 1] = words[2 * at + 1] ?? 0
      kept += 1
    }
    this.#length = kept
    this.#distinct = kept
  }
}

/** Where a pair stands in flat pairs that are in order, or -1. */
export function placeOfPair(pairs: Uint32Array, one: number, other: number): number {
  const [first, second] = one < other ? [one, other] : [other, one]
  let low = 0
  let high = pairs.length / 2 - 1
  while (low <= high) {
    const middle = (low + high) >> 1
    const [left, right] = [pairs[2 * middle] ?? 0, pairs[2 * middle + 1] ?? 0]
    if (left === first && right === second) return middle
    if (left < first || (left === first && right < second)) low = middle + 1
    else high = middle - 1
  }
  return -1
}
