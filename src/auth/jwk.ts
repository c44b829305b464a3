import { type CryptoKey, calculateJwkThumbprint, importJWK } from 'jose'
import type { Algorithm } from './issuers.ts'
import { hasRocaFingerprint } from './rocaWeakness.ts'
import type { JsonObject } from './strictJson.ts'

export type JwkRefusal =
  | 'KEY_PRIVATE'
  | 'KEY_SYMMETRIC'
  | 'KEY_TYPE'
  | 'KEY_CURVE'
  | 'KEY_USE'
  | 'KEY_ALG_MISSING'
  | 'KEY_ALG_NOT_FOR_TYPE'
  | 'KEY_MALFORMED'
  | 'KEY_RSA_TOO_SMALL'
  | 'KEY_RSA_EXPONENT'
  | 'KEY_RSA_ROCA'

/** A public key that passed every check, for one algorithm alone (RFC 8725bis: one key, one algorithm). */
export interface TrustedKey {
  readonly algorithm: Algorithm
  readonly key: CryptoKey
  /** RFC 7638. Tells whether a key with the same `kid` is still the same key. */
  readonly thumbprint: string
}

export type CheckedKey =
  | { readonly ok: true; readonly key: TrustedKey }
  | { readonly ok: false; readonly reason: JwkRefusal }

const privateMembers = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'priv']

/**
 * `alg` → what the key must be. `alg` is required on the key, so that a token's header cannot choose how a key is used.
 */
const algorithmsOf: Readonly<Record<string, readonly string[]>> = {
  EC: ['ES256'],
  OKP: ['EdDSA', 'Ed25519'],
  RSA: ['PS256'],
}

/**
 * Checks one member of a key set and imports it. A key that fails keeps its reason, so that the log can say why a token
 * under it was refused.
 */
export const checkJwk = async (jwk: JsonObject): Promise<CheckedKey> => {
  const reason = jwkRefusal(jwk)
  if (reason) return { ok: false, reason }
  try {
    const { kty, crv, x, y, n, e } = jwk
    // Each member below has been proven a string, or is absent, by `jwkRefusal`; nothing else of the set is passed on.
    const publicJwk = JSON.parse(JSON.stringify({ kty, crv, x, y, n, e })) as { kty: string }
    const algorithm = jwk['alg'] as Algorithm // one of `algorithmsOf`, proven by `jwkRefusal`
    const key = await importJWK(publicJwk, algorithm)
    if (key instanceof Uint8Array || key.type !== 'public') return { ok: false, reason: 'KEY_SYMMETRIC' }
    return { ok: true, key: { algorithm, key, thumbprint: await calculateJwkThumbprint(publicJwk) } }
  } catch {
    return { ok: false, reason: 'KEY_MALFORMED' }
  }
}

/** Checks in order, one a line. */
const jwkRefusal = (jwk: JsonObject): JwkRefusal | null => {
  const { kty, alg } = jwk
  if (kty === 'oct' || 'k' in jwk) return 'KEY_SYMMETRIC'
  if (privateMembers.some((member) => member in jwk)) return 'KEY_PRIVATE'
  if (typeof kty !== 'string' || !Object.hasOwn(algorithmsOf, kty)) return 'KEY_TYPE'
  if (!isForVerifying(jwk)) return 'KEY_USE'
  if (alg === undefined) return 'KEY_ALG_MISSING'
  if (typeof alg !== 'string' || !algorithmsOf[kty]?.includes(alg)) return 'KEY_ALG_NOT_FOR_TYPE'
  if (kty === 'RSA') return rsaRefusal(jwk)
  if (jwk['crv'] !== (kty === 'EC' ? 'P-256' : 'Ed25519')) return 'KEY_CURVE'
  const coordinates = kty === 'EC' ? [jwk['x'], jwk['y']] : [jwk['x']]
  return coordinates.every((coordinate) => bytesOf(coordinate)?.length === 32) ? null : 'KEY_MALFORMED'
}

const isForVerifying = ({ use, key_ops: operations }: JsonObject): boolean =>
  (use === undefined || use === 'sig') &&
  (operations === undefined || (Array.isArray(operations) && operations.length === 1 && operations[0] === 'verify'))

/** With exponent 1 every message is its own signature; 65537 alone is accepted. */
const rsaRefusal = ({ n, e }: JsonObject): JwkRefusal | null => {
  const modulus = bytesOf(n)
  if (!modulus || modulus.length === 0 || modulus[0] === 0) return 'KEY_MALFORMED'
  if (e !== 'AQAB') return 'KEY_RSA_EXPONENT'
  const number = BigInt(`0x${modulus.toString('hex')}`)
  if (number.toString(2).length < 2048) return 'KEY_RSA_TOO_SMALL'
  if (number.toString(2).length > 8192 || number % 2n === 0n) return 'KEY_MALFORMED'
  return hasRocaFingerprint(number) ? 'KEY_RSA_ROCA' : null
}

const bytesOf = (value: unknown): Buffer | null => {
  if (typeof value !== 'string') return null
  const bytes = Buffer.from(value, 'base64url')
  return bytes.toString('base64url') === value ? bytes : null
}
