import { compactVerify } from 'jose'
import { isName } from './claimFormats.ts'
import type { ProofNonces } from './dpopNonce.ts'
import { algorithms } from './issuers.ts'
import { checkJwk, type JwkRefusal } from './jwk.ts'
import { type PreparseRefusal, preparse } from './splitToken.ts'
import { isJsonObject, type JsonObject } from './strictJson.ts'

export type ProofRefusal =
  | `DPOP_${PreparseRefusal}`
  | `DPOP_${JwkRefusal}`
  | 'DPOP_HEADER_MEMBER'
  | 'DPOP_TYP'
  | 'DPOP_ALG'
  | 'DPOP_KEY_MISSING'
  | 'DPOP_KEY_MEMBER'
  | 'DPOP_KEY_OTHER'
  | 'DPOP_SIGNATURE'
  | 'DPOP_METHOD'
  | 'DPOP_ADDRESS'
  | 'DPOP_IAT_MISSING'
  | 'DPOP_TIME'
  | 'DPOP_TOKEN_OTHER'
  | 'DPOP_ID'
  | 'DPOP_NONCE_MISSING'
  | 'DPOP_NONCE_STALE'

/** What a proof must fit. */
export interface ProofExpectation {
  readonly method: string
  /** Addresses at which this gateway is asked; taken from configuration, since `Host` is the sender's word. */
  readonly addresses: readonly string[]
  /** SHA-256 of the access token beside it. */
  readonly tokenHash: string
  /** `cnf.jkt` of that token. */
  readonly jkt: string
  readonly nonces: ProofNonces | null
  /** Seconds. */
  readonly now: number
}

export type CheckedProof =
  | { readonly ok: true; readonly id: string; readonly usableUntil: number }
  | { readonly ok: false; readonly reason: ProofRefusal }

const windowSeconds = 60
const refuse = (reason: ProofRefusal): CheckedProof => ({ ok: false, reason })

/**
 * A DPoP proof (RFC 9449 §4.3) beside a token whose own signature holds. It is read as strictly as the token. Its key
 * comes with it and proves nothing alone: it must be the one that the token names. Single use is the caller's to check,
 * last.
 */
export const checkProof = async (proof: string, expected: ProofExpectation): Promise<CheckedProof> => {
  const parsed = preparse(proof)
  if (!parsed.ok) return refuse(`DPOP_${parsed.reason}`)
  const { typ, alg, jwk, ...others } = parsed.header
  if (Object.keys(others).length > 0) return refuse('DPOP_HEADER_MEMBER')
  if (typ !== 'dpop+jwt') return refuse('DPOP_TYP')
  const algorithm = algorithms.find((known) => known === alg)
  if (!algorithm) return refuse('DPOP_ALG')
  if (!isJsonObject(jwk)) return refuse('DPOP_KEY_MISSING')
  const key = await keyOf(jwk, algorithm)
  if (typeof key === 'string') return refuse(key)
  if (key.thumbprint !== expected.jkt) return refuse('DPOP_KEY_OTHER')
  const claim = claimRefusal(parsed.payload, expected)
  if (claim) return refuse(claim)
  try {
    await compactVerify(proof, key.key, { algorithms: [algorithm] })
  } catch {
    return refuse('DPOP_SIGNATURE')
  }
  const { jti, iat } = parsed.payload
  return { ok: true, id: String(jti), usableUntil: Number(iat) + windowSeconds + 1 }
}

const keyMembers = ['kty', 'crv', 'x', 'y', 'n', 'e', 'alg', 'use', 'key_ops', 'kid']

const keyOf = async (jwk: JsonObject, alg: string) => {
  if ('alg' in jwk && jwk['alg'] !== alg) return 'DPOP_KEY_ALG_NOT_FOR_TYPE'
  // First, so that a private or shared key is refused as what it is.
  const checked = await checkJwk({ ...jwk, alg })
  if (!checked.ok) return `DPOP_${checked.reason}` as const
  return Object.keys(jwk).every((member) => keyMembers.includes(member)) ? checked.key : 'DPOP_KEY_MEMBER'
}

/** Checks in order, one a line. */
const claimRefusal = (payload: JsonObject, expected: ProofExpectation): ProofRefusal | null => {
  const { htm, htu, iat, exp, nbf, jti, ath, nonce } = payload
  const { now, nonces } = expected
  if (htm !== expected.method) return 'DPOP_METHOD'
  if (!expected.addresses.some((address) => plainAddress(address) === plainAddress(htu))) return 'DPOP_ADDRESS'
  if (typeof iat !== 'number') return 'DPOP_IAT_MISSING'
  if (Math.abs(now - iat) > windowSeconds) return 'DPOP_TIME'
  if (typeof exp === 'number' && exp <= now) return 'DPOP_TIME'
  if (typeof nbf === 'number' && nbf > now + windowSeconds) return 'DPOP_TIME'
  if (ath !== expected.tokenHash) return 'DPOP_TOKEN_OTHER'
  if (!isName(jti, 12)) return 'DPOP_ID'
  if (nonces === null) return null
  if (typeof nonce !== 'string') return 'DPOP_NONCE_MISSING'
  return nonces.accepts(nonce, now) ? null : 'DPOP_NONCE_STALE'
}

/**
 * An address without query and fragment, in the spelling that a URL parser gives it (RFC 9449 §4.3). A text that is no
 * http address equals none.
 */
const plainAddress = (text: unknown): string | symbol => {
  if (typeof text !== 'string' || text.length > 2048 || !URL.canParse(text)) return Symbol('no address')
  const url = new URL(text)
  if (!/^https?:$/.test(url.protocol) || url.username || url.password) return Symbol('no address')
  return `${url.origin}${url.pathname}`
}
