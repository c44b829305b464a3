import { createHash, randomUUID } from 'node:crypto'
import { type JWTVerifyGetKey, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { ReplayStore } from '../auth/replayStore.ts'
import type { GrantSigner } from './grantToken.ts'
import { faultOfForm, gatewayAlgorithm } from './signedForm.ts'

/** Header in which the gateway proves, to an agency in another process, that it sends what it sends. */
export const proofHeader = 'wholeview-proof'

const type = 'grant-proof+jwt'
const longestProof = 4096
const lifetimeSeconds = 60
const toleranceSeconds = 5

/** One request to an agency. */
export interface SentRequest {
  readonly agency: string
  readonly url: URL
  readonly body: string | Uint8Array
}

const proofClaims = z.strictObject({
  iss: z.string(),
  aud: z.string(),
  htm: z.literal('POST'),
  htu: z.string(),
  /** SHA-256 of the body, base64url. */
  bsh: z.string().length(43),
  iat: z.number().int(),
  exp: z.number().int(),
  jti: z.string().min(16).max(100),
})

/**
 * Signs one request over its method, address and body, with the key that signs grants: whoever is handed a grant holds
 * something that only this gateway can present. In the manner of RFC 9449, whose proofs bind no body.
 */
export const signSenderProof = ({ agency, url, body }: SentRequest, signer: GrantSigner): Promise<string> => {
  const issuedAt = Math.floor(signer.clock.now().getTime() / 1000)
  return new SignJWT({ htm: 'POST', htu: addressOf(url), bsh: digestOf(body) })
    .setProtectedHeader({ alg: gatewayAlgorithm, typ: type, kid: signer.kid })
    .setIssuer(signer.issuer)
    .setAudience(agency)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .setJti(randomUUID())
    .sign(signer.key)
}

/** What an agency knows of a request before it believes who sent it. */
export interface ReceivedRequest {
  readonly agency: string
  /** Every header of the proof's name. */
  readonly proofs: readonly string[]
  readonly body: Uint8Array
  /** Where the agency is reached; null where that is not configured, and the proof binds no address then. */
  readonly address: URL | null
  /** The gateway whose word this agency takes. */
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  /** A proof is good once. */
  readonly replay: ReplayStore
  readonly now: Date
}

/** @returns the id of the key that proved to send the request, or null where nothing is proven; never why. */
export const provenGateway = async (received: ReceivedRequest): Promise<string | null> => {
  const [proof, ...more] = received.proofs
  if (proof === undefined || more.length > 0) return null
  if (faultOfForm(proof, { type, longest: longestProof }) !== null) return null
  const { issuer, agency, body, address, now } = received
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, received.keys, {
      ...{ algorithms: [gatewayAlgorithm], typ: type, issuer, audience: agency },
      ...{ currentDate: now, clockTolerance: toleranceSeconds },
    })
    const claims = proofClaims.parse(payload)
    const seconds = Math.floor(now.getTime() / 1000)
    const { kid = '' } = protectedHeader
    if (claims.aud !== agency || claims.bsh !== digestOf(body)) return null
    if (claims.iat > seconds + toleranceSeconds || claims.exp - claims.iat > lifetimeSeconds) return null
    if (address !== null && claims.htu !== addressOf(address)) return null
    // Last: a proof is used up only by the request that it proves.
    const isFirst = await received.replay.firstUse(kid, claims.jti, claims.exp + toleranceSeconds, seconds)
    return isFirst ? kid : null
  } catch {
    return null
  }
}

const digestOf = (body: string | Uint8Array): string => createHash('sha256').update(body).digest('base64url')

/** Without what stands behind the path. */
const addressOf = ({ origin, pathname }: URL): string => `${origin}${pathname}`
