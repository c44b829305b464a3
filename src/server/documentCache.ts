import type { DocumentNode } from 'graphql'

export interface Bounds {
  readonly texts: number
  /** Of all of them together: a document and what is compiled from it grow with its tokens. */
  readonly tokens: number
}

/** A system asks a few operations over and over, so that a few hundred serve many systems. */
export const usualBounds: Bounds = { texts: 300, tokens: 60_000 }

/**
 * Documents by their text. What was asked longest ago makes room, so that nobody fills the memory with texts of their own: all that
 * is compiled from a document is kept by it, and goes with it.
 */
export class DocumentCache {
  readonly #bounds: Bounds
  readonly #known = new Map<string, { readonly document: DocumentNode; readonly tokens: number }>()
  #tokens = 0

  constructor(bounds: Bounds = usualBounds) {
    this.#bounds = bounds
  }

  get(text: string): DocumentNode | undefined {
    const known = this.#known.get(text)
    if (!known) return undefined
    // To the end of the queue.
    this.#known.delete(text)
    this.#known.set(text, known)
    return known.document
  }

  keep(text: string, document: DocumentNode): void {
    this.drop(text)
    const tokens = tokensOf(document)
    this.#known.set(text, { document, tokens })
    this.#tokens += tokens
    for (const oldest of this.#known.keys()) {
      if (this.#known.size <= this.#bounds.texts && this.#tokens <= this.#bounds.tokens) break
      this.drop(oldest)
    }
  }

  drop(text: string): void {
    this.#tokens -= this.#known.get(text)?.tokens ?? 0
    this.#known.delete(text)
  }
}

const tokensOf = ({ loc }: DocumentNode): number => {
  let count = 0
  for (let token = loc?.startToken ?? null; token; token = token.next) count += 1
  return count
}
