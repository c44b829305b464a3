import { createHash, randomUUID } from 'node:crypto'
import { type CryptoKey, type JWTVerifyGetKey, jwtVerify, type KeyObject, SignJWT } from 'jose'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Grant } from '../policy/grant.ts'
import { decisionOf, grantOf, readGrantClaims } from './grantClaims.ts'

const algorithm = 'EdDSA'
const type = 'grant+jwt'
const lifetimeSeconds = 60
/** Clocks of two organisations differ; more than this is a fault to be repaired. */
const toleranceSeconds = 5
const longestToken = 16 * 1024

/** The gateway's hand. `kid` is that of the key in the gateway's published key set. */
export interface GrantSigner {
  readonly issuer: string
  readonly kid: string
  readonly key: CryptoKey | KeyObject
  readonly clock: Clock
}

/**
 * Signs a grant for its agency and child, bound to the caller's access token, for a minute.
 *
 * @param tokenHash `Caller.tokenHash`: SHA-256 of the access token, base64url.
 * @throws Refusal SOURCE_UNAVAILABLE when the grant is longer than any agency accepts, so that the agency's part alone is lost.
 */
export const signGrant = async (grant: Grant, tokenHash: string, signer: GrantSigner): Promise<string> => {
  const issuedAt = Math.floor(signer.clock.now().getTime() / 1000)
  const token = await new SignJWT({ ...decisionOf(grant), cnf: { ath: tokenHash } })
    .setProtectedHeader({ alg: algorithm, typ: type, kid: signer.kid })
    .setIssuer(signer.issuer)
    .setAudience(grant.agency)
    .setSubject(grant.childId)
    .setIssuedAt(issuedAt)
    .setExpirationTime(issuedAt + lifetimeSeconds)
    .setJti(randomUUID())
    .sign(signer.key)
  if (token.length > longestToken) {
    throw new Refusal('SOURCE_UNAVAILABLE', { detail: 'grant too long', extensions: { agency: grant.agency } })
  }
  return token
}

/** What an agency knows before it opens a grant. */
export interface GrantExpectation {
  readonly agency: AgencyName
  /** The id in the representation that the grant came with. */
  readonly childId: string
  /** The request's `Authorization` header. */
  readonly authorization: string | undefined
  /** The gateway whose grants this agency accepts. */
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  readonly now: Date
}

/** A grant with the id of its token, by which the agency's log and the gateway's audit can be laid side by side. */
export interface OpenedGrant {
  readonly grant: Grant
  readonly tokenId: string
}

/**
 * The agency's own door: nothing is read before this returns. A grant may be presented more than once within its minute,
 * since routers repeat a call; it never serves another caller, child or agency.
 *
 * @throws Refusal GRANT_REQUIRED when there is none, GRANT_REFUSED for every other fault; only the operator learns which.
 */
export const openGrant = async (token: unknown, expected: GrantExpectation): Promise<OpenedGrant> => {
  if (token === undefined || token === null || token === '') throw new Refusal('GRANT_REQUIRED')
  const fault = faultOfForm(token)
  if (fault !== null || typeof token !== 'string') throw refused(fault ?? 'not text')
  const tokenHash = tokenHashOf(expected.authorization)
  if (tokenHash === null) throw refused('no access token beside the grant')
  const payload = await verifiedPayload(token, expected)
  const claims = readGrantClaims(payload)
  if (!claims) throw refused('claims not as agreed')
  if (claims.aud !== expected.agency) throw refused('for another agency')
  if (claims.sub !== expected.childId) throw refused('for another child')
  if (claims.exp - claims.iat > lifetimeSeconds) throw refused('lives too long')
  if (claims.iat > expected.now.getTime() / 1000 + toleranceSeconds) throw refused('issued in the future')
  if (claims.cnf.ath !== tokenHash) throw refused("for another caller's token")
  return { grant: grantOf(expected.agency, claims), tokenId: claims.jti }
}

/** What can be said of a token before any key is looked up; null when its form is right. Closes what a lenient decoder lets by. */
const faultOfForm = (token: unknown): string | null => {
  if (typeof token !== 'string') return 'not text'
  if (token.length > longestToken) return 'too long'
  const parts = token.split('.')
  if (parts.length !== 3) return 'not three parts'
  if (!parts.every(isCanonical)) return 'not canonical base64url'
  return headerFault(parts[0] ?? '')
}

/** Exactly `alg`, `typ` and `kid`: no key, address or criticality may be brought along. */
const headerFault = (encoded: string): string | null => {
  const text = Buffer.from(encoded, 'base64url').toString('utf8')
  let header: unknown
  try {
    header = JSON.parse(text)
  } catch {
    return 'header not JSON'
  }
  if (typeof header !== 'object' || header === null) return 'header not an object'
  // A member that stands twice is dropped by the parser: the text then differs from what is printed again.
  if (JSON.stringify(header) !== text) return 'header not canonical'
  const { alg, typ, kid, ...others } = header as Readonly<Record<string, unknown>>
  if (Object.keys(others).length > 0) return 'header with other members'
  if (alg !== algorithm) return 'another algorithm'
  if (typ !== type) return 'another type of token'
  return typeof kid === 'string' && kid.length > 0 && kid.length <= 200 ? null : 'no key id'
}

const verifiedPayload = async (token: string, expected: GrantExpectation): Promise<unknown> => {
  try {
    const { payload } = await jwtVerify(token, expected.keys, {
      algorithms: [algorithm],
      typ: type,
      issuer: expected.issuer,
      audience: expected.agency,
      currentDate: expected.now,
      clockTolerance: toleranceSeconds,
    })
    return payload
  } catch (error) {
    // jose's messages name claims, never their values.
    throw refused(error instanceof Error ? error.message : 'not verified', error)
  }
}

/** SHA-256, base64url, of the access token in an `Authorization` header: equal to `Caller.tokenHash`. Null when there is none. */
export const tokenHashOf = (authorization: string | undefined): string | null => {
  const token = /^(?:Bearer|DPoP) ([\w.~+/-]+=*)$/i.exec(authorization ?? '')?.[1]
  return token === undefined ? null : createHash('sha256').update(token).digest('base64url')
}

const isCanonical = (part: string): boolean =>
  part.length > 0 && Buffer.from(part, 'base64url').toString('base64url') === part

const refused = (detail: string, cause?: unknown): Refusal => new Refusal('GRANT_REFUSED', { detail, cause })
