import { hash } from 'node:crypto'

/** A system asks a few operations over and over. */
const mostKnown = 300
/** What is longer is hashed each time, so that nobody fills the memory with texts of their own. */
const longestKnown = 20_000

const known = new Map<string, string>()

/** SHA-256 of an operation's text. */
export function operationTextHash(text: string): string {
  const made = known.get(text)
  if (made !== undefined) return made
  const hashed = hash('sha256', text)
  if (text.length > longestKnown) return hashed
  if (known.size >= mostKnown) known.clear()
  known.set(text, hashed)
  return hashed
}
