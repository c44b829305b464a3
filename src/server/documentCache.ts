import type { DocumentNode } from 'graphql'
import { LRUCache } from 'lru-cache'

export interface Bounds {
  readonly texts: number
  /** Of all of them together: a document and what is compiled from it grow with its tokens. */
  readonly tokens: number
}

/** A system asks a few operations over and over, so that a few hundred serve many systems. */
export const usualBounds: Bounds = { texts: 300, tokens: 60_000 }

/**
 * Documents by their text. What was asked longest ago makes room, so that nobody fills the memory with texts of their
 * own: all that is compiled from a document is kept by it, and goes with it.
 */
export class DocumentCache {
  readonly #known: LRUCache<string, DocumentNode>

  constructor({ texts, tokens }: Bounds = usualBounds) {
    this.#known = new LRUCache({ max: texts, maxSize: tokens, sizeCalculation: tokensOf })
  }

  get(text: string): DocumentNode | undefined {
    return this.#known.get(text)
  }

  keep(text: string, document: DocumentNode): void {
    this.#known.set(text, document)
  }

  drop(text: string): void {
    this.#known.delete(text)
  }
}

const tokensOf = ({ loc }: DocumentNode): number => {
  let count = 0
  for (let token = loc?.startToken ?? null; token; token = token.next) count += 1
  // Of one that was not read from a text nothing is counted.
  return Math.max(1, count)
}
