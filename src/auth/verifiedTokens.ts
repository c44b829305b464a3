import { LRUCache } from 'lru-cache'
import type { Preparsed } from './splitToken.ts'

/** What a token says, read from its text. It follows from the text alone. */
export type Parsed = Extract<Preparsed, { ok: true }>

/**
 * Which signature verdicts may be reused: by the token's hash, the key that gave them, and not after the token's end.
 */
export interface VerifiedTokens {
  /** What a token said whose signature was good once; nothing in it is believed for that. */
  parsed(tokenHash: string): Parsed | undefined
  has(tokenHash: string, thumbprint: string, now: number): boolean
  add(tokenHash: string, thumbprint: string, expiresAt: number, parsed: Parsed): void
}

interface Verdict {
  readonly thumbprint: string
  readonly expiresAt: number
  readonly parsed: Parsed
}

/**
 * Remembers only *that* a signature was good under a key, and what the text said. Times, possession of the key and
 * revocation are judged again on every request, so a cached token is never better than a fresh one; a key that left the
 * issuer's set takes its verdicts with it.
 */
export const createVerifiedTokens = (most = 10_000): VerifiedTokens => {
  const verdicts = new LRUCache<string, Verdict>({ max: most })
  return {
    parsed: (tokenHash) => verdicts.peek(tokenHash)?.parsed,
    has(tokenHash, thumbprint, now) {
      const verdict = verdicts.get(tokenHash)
      if (!verdict) return false
      if (verdict.thumbprint === thumbprint && verdict.expiresAt > now) return true
      verdicts.delete(tokenHash)
      return false
    },
    add(tokenHash, thumbprint, expiresAt, parsed) {
      verdicts.set(tokenHash, { thumbprint, expiresAt, parsed })
    },
  }
}
