import { randomUUID } from 'node:crypto'
import { type CryptoKey, type JWTVerifyGetKey, jwtVerify, type KeyObject, SignJWT } from 'jose'
import type { AgencyName } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import { Refusal } from '../foundation/errors.ts'
import type { Grant } from '../policy/grant.ts'
import { decisionOf, grantOf, readGrantClaims } from './grantClaims.ts'
import { faultOfForm, gatewayAlgorithm } from './signedForm.ts'

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
 * Signs a grant for its agency and child, for a minute, to be presented by one sender: whoever else has it cannot use
 * it. Nothing of the caller's own token is in it, so that no agency can be that caller.
 *
 * @param sender as `provenSender` will name whoever presents it: this gateway's own key, or a router's.
 * @param holder the one holder that may open it; null: whoever serves the agency.
 * @throws Refusal SOURCE_UNAVAILABLE when the grant is longer than any agency accepts, so that the agency's part alone
 * is lost.
 */
export const signGrant = async (
  grant: Grant,
  sender: string,
  signer: GrantSigner,
  holder: string | null = null,
): Promise<string> => {
  const issuedAt = Math.floor(signer.clock.now().getTime() / 1000)
  const token = await new SignJWT({ ...decisionOf(grant), cnf: { kid: sender } })
    .setProtectedHeader({ alg: gatewayAlgorithm, typ: type, kid: signer.kid })
    .setIssuer(signer.issuer)
    .setAudience(audienceOf(grant.agency, holder))
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

/** A holder opens no grant that is another's of its kind. */
const audienceOf = (agency: AgencyName, holder: string | null | undefined): string =>
  holder ? `${agency}/${holder}` : agency

/** Whom a grant may be for, and which holder that is. */
const audiencesOf = ({ agency, holder, holders = [] }: GrantExpectation): ReadonlyMap<string, string | null> =>
  holder
    ? new Map([[audienceOf(agency, holder), holder]])
    : new Map([[agency as string, null], ...holders.map((id) => [audienceOf(agency, id), id] as const)])

/** What an agency knows before it opens a grant. */
export interface GrantExpectation {
  readonly agency: AgencyName
  /** The one holder that is served here; absent or null: the agency as a whole. */
  readonly holder?: string | null | undefined
  /** Of the agency as a whole, the holders of whom it may have grants besides. */
  readonly holders?: readonly string[] | undefined
  /** The id in the representation that the grant came with. */
  readonly childId: string
  /** Who was proven to send the request that it came in; null: nobody. */
  readonly sender: string | null
  /** The gateway whose grants this agency accepts. */
  readonly issuer: string
  readonly keys: JWTVerifyGetKey
  readonly now: Date
}

/**
 * A grant of one holder, or of the agency as a whole, with the id of its token, by which the agency's log and the
 * gateway's audit can be laid side by side.
 */
export interface VerifiedGrant {
  readonly grant: Grant
  readonly holder: string | null
  readonly tokenId: string
}

/**
 * The agency's own check: nothing is read before this returns. A grant may be presented more than once within its
 * minute, since routers repeat a call; it never serves another sender, child or agency.
 *
 * @throws Refusal GRANT_REQUIRED when there is none, GRANT_REFUSED for every other fault; only the operator learns
 * which.
 */
export const verifyGrant = async (token: unknown, expected: GrantExpectation): Promise<VerifiedGrant> => {
  if (token === undefined || token === null || token === '') throw new Refusal('GRANT_REQUIRED')
  const fault = faultOfForm(token, { type, longest: longestToken })
  if (fault !== null || typeof token !== 'string') throw refused(fault ?? 'not text')
  if (expected.sender === null) throw refused('nobody was proven to send it')
  const payload = await verifiedPayload(token, expected)
  const claims = readGrantClaims(payload)
  if (!claims) throw refused('claims not as agreed')
  const audience = audiencesOf(expected).get(claims.aud)
  if (audience === undefined) throw refused('for another agency')
  if (claims.sub !== expected.childId) throw refused('for another child')
  if (claims.exp - claims.iat > lifetimeSeconds) throw refused('lives too long')
  if (claims.iat > expected.now.getTime() / 1000 + toleranceSeconds) throw refused('issued in the future')
  if (claims.cnf.kid !== expected.sender) throw refused('for another sender')
  return { grant: grantOf(expected.agency, claims), holder: audience, tokenId: claims.jti }
}

const verifiedPayload = async (token: string, expected: GrantExpectation): Promise<unknown> => {
  try {
    const { payload } = await jwtVerify(token, expected.keys, {
      algorithms: [gatewayAlgorithm],
      typ: type,
      issuer: expected.issuer,
      audience: [...audiencesOf(expected).keys()],
      currentDate: expected.now,
      clockTolerance: toleranceSeconds,
    })
    return payload
  } catch (error) {
    // jose's messages name claims, never their values.
    throw refused(error instanceof Error ? error.message : 'not verified', error)
  }
}

const refused = (detail: string, cause?: unknown): Refusal => new Refusal('GRANT_REFUSED', { detail, cause })
