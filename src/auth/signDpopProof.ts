import { createHash, generateKeyPairSync, type JsonWebKey, type KeyObject, randomUUID } from 'node:crypto'
import { CompactSign, calculateJwkThumbprint } from 'jose'

/** A client's own key for DPoP. It never leaves the process that made it. */
export interface ProofKey {
  readonly privateKey: KeyObject
  readonly publicJwk: JsonWebKey
  readonly thumbprint: string
}

export const createProofKey = async (): Promise<ProofKey> => {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const { kty = '', crv = '', x = '', y = '' } = publicKey.export({ format: 'jwk' })
  const publicJwk = { kty, crv, x, y }
  return { privateKey, publicJwk, thumbprint: await calculateJwkThumbprint(publicJwk) }
}

export interface ProofOf {
  readonly method: string
  readonly url: string
  readonly at: Date
  /** The access token that it goes with; none when a token is asked for. */
  readonly token?: string
  /** That the server gave. */
  readonly nonce?: string
}

/** One proof for one request (RFC 9449 §4.2). A second request needs another. */
export const signProof = (key: ProofKey, { method, url, at, token, nonce }: ProofOf): Promise<string> => {
  const claims = {
    jti: randomUUID(),
    htm: method,
    htu: url,
    iat: Math.floor(at.getTime() / 1000),
    ...(token === undefined ? {} : { ath: createHash('sha256').update(token).digest('base64url') }),
    ...(nonce === undefined ? {} : { nonce }),
  }
  return new CompactSign(Buffer.from(JSON.stringify(claims)))
    .setProtectedHeader({ typ: 'dpop+jwt', alg: 'ES256', jwk: { ...key.publicJwk } })
    .sign(key.privateKey)
}
