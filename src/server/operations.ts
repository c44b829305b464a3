import type { DocumentNode } from 'graphql'
import { readOperation } from './limits.ts'

/** Gives a text's document, and refuses a text that asks for too much. */
export type OperationReader = (text: string) => DocumentNode

/**
 * Reads and weighs each text once, for every door: systems ask the same few operations over and over. Only what passed is
 * kept. What was asked longest ago makes room, so that nobody fills the memory with texts of their own.
 *
 * @throws as `readOperation` does.
 */
export const operationReader = (bounds: Bounds = kept): OperationReader => {
  const known = new Map<string, Known>()
  let tokens = 0
  return (text) => {
    const before = known.get(text)
    if (before) {
      // To the end of the queue.
      known.delete(text)
      known.set(text, before)
      return before.document
    }
    const document = readOperation(text)
    if (text.length > bounds.length) return document
    const read = { document, tokens: tokensOf(document) }
    known.set(text, read)
    tokens += read.tokens
    for (const [oldest, { tokens: freed }] of known) {
      if (known.size <= bounds.texts && tokens <= bounds.tokens) break
      known.delete(oldest)
      tokens -= freed
    }
    return document
  }
}

interface Known {
  readonly document: DocumentNode
  readonly tokens: number
}

interface Bounds {
  readonly texts: number
  /** A document costs some 300 bytes a token, comments with it: about 50 MB when it is full of the largest. */
  readonly tokens: number
  /** Of one text. */
  readonly length: number
}

const kept: Bounds = { texts: 500, tokens: 160_000, length: 32_768 }

const tokensOf = ({ loc }: DocumentNode): number => {
  let count = 0
  for (let token = loc?.startToken ?? null; token; token = token.next) count += 1
  return count
}
