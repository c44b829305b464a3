import { createHmac, timingSafeEqual } from 'node:crypto'

/** Nonces that the gateway itself gives out (RFC 9449 §8), so that no proof can be made in store for later. */
export interface ProofNonces {
  current(now: number): string
  accepts(nonce: string, now: number): boolean
}

const windowSeconds = 60

/** A nonce is a code over the minute, so that gateways that share the secret accept each other's and store none. */
export const proofNonces = (secret: string): ProofNonces => {
  const of = (window: number): string =>
    createHmac('sha256', secret).update(`dpop-nonce ${window}`).digest('base64url').slice(0, 32)
  const windowAt = (now: number): number => Math.floor(now / windowSeconds)
  return {
    current: (now) => of(windowAt(now)),
    accepts: (nonce, now) => [0, 1].some((back) => equal(nonce, of(windowAt(now) - back))),
  }
}

const equal = (one: string, other: string): boolean => {
  const [a, b] = [Buffer.from(one), Buffer.from(other)]
  return a.length === b.length && timingSafeEqual(a, b)
}
