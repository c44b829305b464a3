import { readFile } from 'node:fs/promises'
import { compactVerify, importJWK } from 'jose'
import { z } from 'zod'
import { canonicalJson, fingerprintOf } from './canonicalSnapshot.ts'
import { snapshotType } from './sign.ts'

/** What is said of a snapshot. `reason` is a sentence for whoever holds the file. */
export type Verification =
  | {
      readonly ok: true
      readonly kid: string
      readonly fingerprint: string
      readonly content: Readonly<Record<string, unknown>>
    }
  | { readonly ok: false; readonly code: VerificationCode; readonly reason: string }

const reasons = {
  MALFORMED: 'This is not a signed transfer record.',
  ENCODING: 'The file is not encoded in the one way that is allowed: it has been altered.',
  HEADER: 'The header is not that of a transfer record.',
  KEY: 'The key given is not an Ed25519 key with the id that signed this record.',
  SIGNATURE: 'The signature does not fit: the record has been altered, or another key signed it.',
  CONTENT: 'The content is not canonical or not a transfer record.',
} as const
export type VerificationCode = keyof typeof reasons

const refuse = (code: VerificationCode): Verification => ({ ok: false, code, reason: reasons[code] })

const Header = z.strictObject({ alg: z.literal('EdDSA'), typ: z.literal(snapshotType), kid: z.string().min(1) })
const Content = z.looseObject({ format: z.literal('wholeview-transfer/1'), id: z.string(), version: z.string() })
const Key = z.looseObject({
  kty: z.literal('OKP'),
  crv: z.literal('Ed25519'),
  x: z.string(),
  kid: z.string().optional(),
  /** A gateway's set says what each key is for: that of its grants or its log signs no record. */
  purpose: z.literal('transfer').optional(),
})
const Keys = z.union([
  z.strictObject({ keys: z.array(z.looseObject({})) }).transform(({ keys }) => keys),
  Key.transform((key) => [key]),
])

/**
 * Verifies a snapshot with nothing but a public key: no network and no clock. Base64url has spare bits that a lenient
 * decoder ignores, so each part must be exactly what encoding it again gives: no byte can be changed unnoticed.
 *
 * @param keys a JWK, or a JWKS from which the key is chosen by the signature's own key id.
 */
export const verifySnapshot = async (jws: string, keys: unknown): Promise<Verification> => {
  const parts = jws.split('.')
  const [protectedPart, payloadPart] = parts
  if (parts.length !== 3 || protectedPart === undefined || payloadPart === undefined) return refuse('MALFORMED')
  if (!parts.every((part) => part !== '' && Buffer.from(part, 'base64url').toString('base64url') === part))
    return refuse('ENCODING')
  const header = Header.safeParse(parse(protectedPart))
  if (!header.success) return refuse('HEADER')
  const { kid } = header.data
  const key = chosen(keys, kid)
  if (key === null) return refuse('KEY')
  try {
    await compactVerify(jws, await importJWK({ kty: 'OKP', crv: 'Ed25519', x: key }, 'EdDSA'), {
      algorithms: ['EdDSA'],
    })
  } catch {
    return refuse('SIGNATURE')
  }
  const content = Content.safeParse(parse(payloadPart))
  const text = Buffer.from(payloadPart, 'base64url').toString('utf8')
  if (!content.success || canonicalJson(content.data) !== text) return refuse('CONTENT')
  return { ok: true, kid, fingerprint: fingerprintOf(text), content: content.data }
}

const chosen = (keys: unknown, kid: string): string | null => {
  const all = Keys.safeParse(keys)
  if (!all.success) return null
  for (const candidate of all.data) {
    const key = Key.safeParse(candidate)
    if (key.success && (key.data.kid === kid || (key.data.kid === undefined && all.data.length === 1)))
      return key.data.x
  }
  return null
}

const parse = (part: string): unknown => {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString('utf8'))
  } catch {
    return null
  }
}

/**
 * Verifies a file that holds the JWS (one line feed at its end is allowed) with a file that holds a JWK or a JWKS.
 * Rejects when a file cannot be read.
 */
export const verifySnapshotFile = async (file: string, keyFile: string): Promise<Verification> => {
  const [text, keys] = await Promise.all([readFile(file, 'utf8'), readFile(keyFile, 'utf8')])
  return verifySnapshot(text.endsWith('\n') ? text.slice(0, -1) : text, parseKeys(keys))
}

const parseKeys = (text: string): unknown => {
  try {
    return JSON.parse(text)
  } catch {
    return null
  }
}
