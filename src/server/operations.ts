import type { DocumentNode } from 'graphql'
import { type Bounds, DocumentCache } from './documentCache.ts'
import { readOperation } from './limits.ts'

/** Gives a text's document, and refuses a text that asks for too much. */
export type OperationReader = (text: string) => DocumentNode

/** A longer text is read each time. */
const longestKept = 32_768

/**
 * Reads and weighs each text once, for every door. Only what passed is kept.
 *
 * @throws as `readOperation` does.
 */
export const operationReader = (bounds?: Bounds): OperationReader => {
  const kept = new DocumentCache(bounds)
  return (text) => {
    const known = kept.get(text)
    if (known) return known
    const document = readOperation(text)
    if (text.length <= longestKept) kept.keep(text, document)
    return document
  }
}
