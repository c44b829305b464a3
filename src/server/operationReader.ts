import type { DocumentNode } from 'graphql'
import { type Bounds, DocumentCache } from './documentCache.ts'
import { readOperation } from './operationLimits.ts'

/** Gives a text's document, and refuses a text that asks for too much. */
export type OperationReader = (text: string) => DocumentNode

/** A longer text is read each time. */
const longestCached = 32_768

/**
 * Reads and weighs each text once, for every endpoint. Only what passed is cached.
 *
 * @throws as `readOperation` does.
 */
export const operationReader = (bounds?: Bounds): OperationReader => {
  const cache = new DocumentCache(bounds)
  return (text) => {
    const known = cache.get(text)
    if (known) return known
    const document = readOperation(text)
    if (text.length <= longestCached) cache.keep(text, document)
    return document
  }
}
