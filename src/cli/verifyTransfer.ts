import { createHash } from 'node:crypto'
import canonicalize from 'canonicalize'
import { compactVerify, createLocalJWKSet } from 'jose'
import { z } from 'zod'

export type TransferVerification =
  | { readonly ok: true; readonly keyId: string; readonly fingerprint: string; readonly record: unknown }
  | { readonly ok: false; readonly problem: string }

const keyShape = z.object({ kty: z.string() }).loose()
const keysShape = z.union([
  z.object({ keys: z.array(keyShape).min(1) }),
  keyShape.transform((key) => ({ keys: [key] })),
])

/**
 * Verifies a transfer record without the gateway: the signature over its bytes, and that these bytes are canonical JSON
 * (RFC 8785), so that a record has one form and one fingerprint.
 *
 * @param signature the compact JWS of `TransferSummary.signature`
 * @param keys the authority's published JWK or JWK set
 */
export const verifyTransfer = async (signature: string, keys: unknown): Promise<TransferVerification> => {
  const set = keysShape.safeParse(keys)
  if (!set.success) return { ok: false, problem: 'The key is no JWK and no set of JWKs.' }
  try {
    const { payload, protectedHeader } = await compactVerify(signature.trim(), createLocalJWKSet(set.data), {
      algorithms: ['EdDSA', 'Ed25519', 'ES256'],
    })
    const text = new TextDecoder('utf-8', { fatal: true }).decode(payload)
    const record: unknown = JSON.parse(text)
    if (canonicalize(record) !== text) return { ok: false, problem: 'The signed record is not canonical JSON.' }
    const fingerprint = createHash('sha256').update(payload).digest('hex')
    return { ok: true, keyId: protectedHeader.kid ?? 'not named', fingerprint, record }
  } catch {
    return { ok: false, problem: 'The signature is not valid for this record and key: one of them was changed.' }
  }
}
