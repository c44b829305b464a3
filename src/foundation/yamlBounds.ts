import { CST, type Document, isScalar, Lexer, visit } from 'yaml'

/** Collections in each other by brackets, and by signs that begin one on one line. No file of ours comes near. */
const mostNested = 100
const mostColumns = 250

const opening: ReadonlySet<string | null> = new Set(['flow-seq-start', 'flow-map-start'])
const closing: ReadonlySet<string | null> = new Set(['flow-seq-end', 'flow-map-end'])
const beginning: ReadonlySet<string | null> = new Set(['seq-item-ind', 'explicit-key-ind', 'map-value-ind'])

/** A file of as many bytes as are read may have three times as many parts, and takes the parser seconds. */
const mostParts = 200_000

/**
 * What keeps a text from the parser, which at the end of the stack may take the whole process with it, where there is
 * nothing to catch, and which takes as long as there are parts.
 */
export function beyondParsing(text: string): 'is nested too deep' | 'has too many parts' | null {
  let parts = 0
  let brackets = 0
  let begun = 0
  let atStart = true
  for (const token of new Lexer().lex(text)) {
    const type = CST.tokenType(token)
    parts += 1
    if (parts > mostParts) return 'has too many parts'
    if (opening.has(type)) brackets += 1
    else if (closing.has(type)) brackets = Math.max(0, brackets - 1)
    else if (beginning.has(type) && brackets === 0) begun += 1
    const isIndented = type === 'space' && atStart && brackets === 0 && token.length > mostColumns
    if (brackets > mostNested || begun > mostNested || isIndented) return 'is nested too deep'
    atStart = token.endsWith('\n')
    if (token.includes('\n')) begun = 0
  }
  return null
}

/** Where a key stands that stood before in the same map. */
export function repeatedKeys(document: Document): readonly { readonly at: number; readonly code: string }[] {
  const found: { at: number; code: string }[] = []
  visit(document, {
    Map: (_, { items }) => {
      const seen = new Set<unknown>()
      for (const { key } of items) {
        if (!isScalar(key)) continue
        if (seen.has(key.value)) found.push({ at: key.range?.[0] ?? 0, code: 'DUPLICATE_KEY' })
        seen.add(key.value)
      }
    },
  })
  return found
}
