import { type JsonObject, type JsonRefusal, strictJson } from './strictJson.ts'

/** Parts of a compact JWS. A refusal names the part it met. */
type Part = 'HEADER' | 'PAYLOAD' | 'SIGNATURE'

export type PreparseRefusal =
  | 'TOKEN_TOO_LONG'
  | 'NOT_THREE_PARTS'
  | `${Part}_EMPTY`
  | `${Part}_NOT_BASE64URL`
  | `${Part}_NOT_CANONICAL`
  | `HEADER_${JsonRefusal}`
  | `PAYLOAD_${JsonRefusal}`
  | 'EXP_NOT_AN_INTEGER'
  | 'IAT_NOT_AN_INTEGER'
  | 'NBF_NOT_AN_INTEGER'

export type Preparsed =
  | { readonly ok: true; readonly header: JsonObject; readonly payload: JsonObject }
  | { readonly ok: false; readonly reason: PreparseRefusal }

/**
 * Eight kilobytes: a longer token is work for an attacker's benefit, since hashing and parsing come before the
 * signature.
 */
export const longestToken = 8192

const refuse = (reason: PreparseRefusal): Preparsed => ({ ok: false, reason })

/**
 * Reads a compact JWS so strictly that its bytes have one spelling, before any key or signature is touched. `jose`
 * forgives padding, white space and unused bits, and duplicate members, which let two readers disagree about who asks.
 * An ECDSA signature still has a twin that verifies (r, n − s), and honest issuers write either: so denial and single
 * use go by claims, and never by a token's bytes. Nothing that this returns is trusted yet.
 */
export const preparse = (token: string): Preparsed => {
  if (token.length > longestToken) return refuse('TOKEN_TOO_LONG')
  const [header, payload, signature, ...rest] = token.split('.')
  if (header === undefined || payload === undefined || signature === undefined || rest.length > 0) {
    return refuse('NOT_THREE_PARTS')
  }
  const spelling = spellingOf('HEADER', header) ?? spellingOf('PAYLOAD', payload) ?? spellingOf('SIGNATURE', signature)
  if (spelling) return refuse(spelling)
  const readHeader = strictJson(Buffer.from(header, 'base64url'))
  if (!readHeader.ok) return refuse(`HEADER_${readHeader.reason}`)
  const readPayload = strictJson(Buffer.from(payload, 'base64url'))
  if (!readPayload.ok) return refuse(`PAYLOAD_${readPayload.reason}`)
  const time = timeRefusal(readPayload.value)
  if (time) return refuse(time)
  return { ok: true, header: readHeader.value, payload: readPayload.value }
}

const spellingOf = (part: Part, text: string): PreparseRefusal | null => {
  if (text === '') return `${part}_EMPTY`
  if (!/^[A-Za-z0-9_-]+$/.test(text)) return `${part}_NOT_BASE64URL`
  return Buffer.from(text, 'base64url').toString('base64url') === text ? null : `${part}_NOT_CANONICAL`
}

/** `1e999` reads as Infinity: a token that never expires. A string compares by accident. */
const timeRefusal = (payload: JsonObject): PreparseRefusal | null => {
  if (notAnInteger(payload['exp'])) return 'EXP_NOT_AN_INTEGER'
  if (notAnInteger(payload['iat'])) return 'IAT_NOT_AN_INTEGER'
  return notAnInteger(payload['nbf']) ? 'NBF_NOT_AN_INTEGER' : null
}

const notAnInteger = (value: unknown): boolean => value !== undefined && !Number.isSafeInteger(value)
