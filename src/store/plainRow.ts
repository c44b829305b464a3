import type { StoredRow } from './database.ts'

/** A row whose columns are texts already. */
export class PlainRow implements StoredRow {
  readonly #texts: readonly (string | null)[]

  constructor(texts: readonly (string | null)[]) {
    this.#texts = texts
  }

  text(place: number): string | null {
    return this.#texts[place] ?? null
  }

  copy(place: number): string | null {
    return this.text(place)
  }

  texts(): readonly (string | null)[] {
    return this.#texts
  }

  copies(): readonly (string | null)[] {
    return this.#texts
  }
}
