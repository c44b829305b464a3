/** Which signature verdicts may be reused: by the token's hash, the key that gave them, and not after the token's end. */
export interface VerifiedTokens {
  has(tokenHash: string, thumbprint: string, now: number): boolean
  add(tokenHash: string, thumbprint: string, expiresAt: number): void
}

/**
 * Remembers only *that* a signature was good under a key. Claims, confinement and revocation are judged anew on every
 * request, so a cached token is never better than a fresh one; a key that left the issuer's set takes its verdicts with it.
 */
export const createVerifiedTokens = (most = 10_000): VerifiedTokens => {
  const verdicts = new Map<string, { readonly thumbprint: string; readonly expiresAt: number }>()
  return {
    has(tokenHash, thumbprint, now) {
      const verdict = verdicts.get(tokenHash)
      if (!verdict) return false
      verdicts.delete(tokenHash)
      if (verdict.thumbprint !== thumbprint || verdict.expiresAt <= now) return false
      verdicts.set(tokenHash, verdict) // last in order: the longest unused is first to go
      return true
    },
    add(tokenHash, thumbprint, expiresAt) {
      verdicts.set(tokenHash, { thumbprint, expiresAt })
      const oldest = verdicts.keys().next()
      if (verdicts.size > most && !oldest.done) verdicts.delete(oldest.value)
    },
  }
}
