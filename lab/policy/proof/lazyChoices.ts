/**
 * Walks a product of finite sets by reading: a dimension is split only when the code under proof looks at it. A run
 * that never looked at a dimension is the same for all of its values, because the code has no other way to learn them.
 * So every combination is covered, exactly, without being visited one by one.
 */
export class Choices {
  readonly #sizes: readonly number[]
  readonly #values: Int8Array
  readonly #trail: number[] = []

  constructor(sizes: readonly number[]) {
    this.#sizes = sizes
    this.#values = new Int8Array(sizes.length).fill(-1)
  }

  /** Looks at a dimension. */
  at(dimension: number): number {
    const value = this.#values[dimension] ?? -1
    if (value >= 0) return value
    this.#values[dimension] = 0
    this.#trail.push(dimension)
    return 0
  }

  /** The value, if this run looked at it; -1 otherwise. */
  seen(dimension: number): number {
    return this.#values[dimension] ?? -1
  }

  /** Moves to the next run; false when all have been made. */
  next(): boolean {
    for (;;) {
      const last = this.#trail.at(-1)
      if (last === undefined) return false
      const value = (this.#values[last] ?? 0) + 1
      if (value < (this.#sizes[last] ?? 0)) {
        this.#values[last] = value
        return true
      }
      this.#values[last] = -1
      this.#trail.pop()
    }
  }
}
