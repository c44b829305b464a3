/**
 * A small seeded generator (sfc32: 128 bits of state), so that the same population comes out on every machine and day.
 * Not for keys: whoever knows the seed knows every draw.
 */
export class Dice {
  #a = 0
  #b = 0
  #c = 0
  #counter = 1

  /** The same numbers give the same draws, whatever was drawn before from another. */
  constructor(...seed: readonly [number, number, number]) {
    ;[this.#a, this.#b, this.#c] = seed
    for (let round = 0; round < 12; round += 1) this.draw()
  }

  /** 32 bits. */
  draw(): number {
    const sum = (((this.#a + this.#b) | 0) + this.#counter) | 0
    this.#counter = (this.#counter + 1) | 0
    this.#a = this.#b ^ (this.#b >>> 9)
    this.#b = (this.#c + (this.#c << 3)) | 0
    this.#c = ((this.#c << 21) | (this.#c >>> 11)) + sum
    return sum >>> 0
  }

  /** A whole number from `least` to `most`, both possible. */
  between(least: number, most: number): number {
    return most <= least ? least : least + (this.draw() % (most - least + 1))
  }

  chance(of: number): boolean {
    return this.draw() < of * 4294967296
  }

  pick<T>(list: readonly [T, ...T[]]): T {
    return list[this.draw() % list.length] ?? list[0]
  }

  /** Opaque: no order and no gap in it tells a reader that another record stands between two. */
  id(): string {
    return this.draw().toString(16).padStart(8, '0') + this.draw().toString(16).padStart(8, '0')
  }
}
