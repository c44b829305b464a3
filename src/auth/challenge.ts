import type { ProofNonces } from './dpopNonce.ts'
import { algorithms } from './issuers.ts'

/**
 * Headers of every refusal of a token, the same whatever was wrong: where a nonce is required, all are given a fresh
 * one (RFC 9449 §8).
 */
export const challengeHeaders = (nonces: ProofNonces | null, now: Date): Readonly<Record<string, string>> => ({
  'www-authenticate': `Bearer, DPoP algs="${algorithms.join(' ')}"${nonces ? ', error="use_dpop_nonce"' : ''}`,
  ...(nonces ? { 'dpop-nonce': nonces.current(Math.floor(now.getTime() / 1000)) } : {}),
})
