import type { KeyObject } from 'node:crypto'
import { CompactSign, type CryptoKey, type JWK } from 'jose'
import { canonicalJson, fingerprintOf } from './canonicalSnapshot.ts'

/** The gateway's Ed25519 key for transfers, of its own: a leaked grant key must not forge a record. */
export interface TransferKey {
  readonly kid: string
  readonly privateKey: CryptoKey | KeyObject | JWK
}

export interface Signed {
  /** JWS in compact form over the canonical JSON. */
  readonly jws: string
  /** SHA-256 of the canonical JSON, in hexadecimal. */
  readonly fingerprint: string
  readonly canonical: string
}

/** Media types in the protected header: a receipt can never be passed off as a record. */
export const snapshotType = 'transfer+jws'
export const receiptType = 'transfer-receipt+jws'

/** Signs a record or a receipt over its canonical JSON. */
export const sign = async (content: unknown, key: TransferKey, typ: string = snapshotType): Promise<Signed> => {
  const canonical = canonicalJson(content)
  const jws = await new CompactSign(new TextEncoder().encode(canonical))
    .setProtectedHeader({ alg: 'EdDSA', typ, kid: key.kid })
    .sign(key.privateKey)
  return { jws, fingerprint: fingerprintOf(canonical), canonical }
}
