import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'

/** A system asks a few operations over and over. */
const maxEntries = 300
/** What is longer is hashed each time, so that nobody fills the memory with texts of their own. */
const longestKnown = 20_000

const known = new LRUCache<string, string>({ max: maxEntries })

/** SHA-256 of an operation's text. */
export function operationTextHash(text: string): string {
  const made = known.get(text)
  if (made !== undefined) return made
  const hashed = hash('sha256', text)
  if (text.length > longestKnown) return hashed
  known.set(text, hashed)
  return hashed
}
