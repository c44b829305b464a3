import type { Actor, TokenScope } from '../policy/caller.ts'
import type { AgencyType, Purpose, Role } from '../policy/vocabulary.ts'
import { type ActorRefusal, readActors } from './actorChain.ts'
import { isName } from './claimFormats.ts'
import { type Confirmation, readConfirmation } from './confirmationClaim.ts'
import type { IssuerEntry } from './issuers.ts'
import { type PurposeRefusal, readPurpose } from './purposeDetail.ts'
import type { JsonObject } from './strictJson.ts'

export type HeaderRefusal =
  | 'TYP'
  | 'ALG_MISSING'
  | 'KID_MISSING'
  | `HEADER_${'JKU' | 'X5U' | 'JWK' | 'X5C' | 'CRIT' | 'B64' | 'ZIP' | 'CTY'}`

export type ClaimRefusal =
  | 'AUDIENCE'
  | 'EXP_MISSING'
  | 'IAT_MISSING'
  | 'LIFETIME'
  | 'ISSUED_IN_FUTURE'
  | 'NOT_YET_VALID'
  | 'EXPIRED'
  | 'SUBJECT'
  | 'CLIENT_ID'
  | 'TOKEN_ID'
  | 'CONFIRMATION'
  | ActorRefusal
  | PurposeRefusal
  | 'ORGANISATION_NOT_OF_ISSUER'
  | 'ORGANISATION_TYPE_DIFFERS'
  | 'AUTHORITY_DIFFERS'
  | 'FORCE_DIFFERS'
  | 'ROLE_NOT_OF_ORGANISATION'
  | 'PURPOSE_NOT_OF_ROLE'

/**
 * Members that name, carry or wrap another key or payload. None has a use here, so none may be present: RFC 8725 §3.9,
 * §3.10.
 */
const refusedMembers = ['jku', 'x5u', 'jwk', 'x5c', 'crit', 'b64', 'zip', 'cty'] as const
const memberReasons = {
  jku: 'HEADER_JKU',
  x5u: 'HEADER_X5U',
  jwk: 'HEADER_JWK',
  x5c: 'HEADER_X5C',
  crit: 'HEADER_CRIT',
  b64: 'HEADER_B64',
  zip: 'HEADER_ZIP',
  cty: 'HEADER_CTY',
} as const satisfies Record<(typeof refusedMembers)[number], HeaderRefusal>

export type ReadHeader =
  | { readonly ok: true; readonly alg: string; readonly kid: string }
  | { readonly ok: false; readonly reason: HeaderRefusal }

/**
 * `typ` byte for byte, so that an ID token or another kind of JWS under the same key is never an access token (RFC 9068
 * §4).
 */
export const readHeader = (header: JsonObject): ReadHeader => {
  const refused = refusedMembers.find((member) => Object.hasOwn(header, member))
  if (refused) return { ok: false, reason: memberReasons[refused] }
  const { typ, alg, kid } = header
  if (typ !== 'at+jwt') return { ok: false, reason: 'TYP' }
  if (typeof alg !== 'string') return { ok: false, reason: 'ALG_MISSING' }
  if (!isName(kid)) return { ok: false, reason: 'KID_MISSING' }
  return { ok: true, alg, kid }
}

/** What a signed payload says of its bearer, confined to what its issuer may say. */
export interface ConfinedClaims {
  readonly subject: string
  readonly clientId: string
  readonly tokenId: string
  readonly expiresAt: number
  readonly organisation: string
  readonly agencyType: AgencyType
  readonly la: string | null
  readonly force: string | null
  readonly role: Role
  readonly purpose: Purpose
  readonly confirmation: Confirmation
  readonly actors: readonly Actor[]
  readonly scope: TokenScope | null
}

export type ReadClaims =
  | { readonly ok: true; readonly claims: ConfinedClaims }
  | { readonly ok: false; readonly reason: ClaimRefusal }

const refuse = (reason: ClaimRefusal): ReadClaims => ({ ok: false, reason })

/** Clocks of two machines may differ by this many seconds. */
const skew = 5
const issuedAhead = 30

/** Every claim check, in order, on a payload whose signature has been verified and whose times are integers. */
export const readClaims = (payload: JsonObject, entry: IssuerEntry, audience: string, now: number): ReadClaims => {
  if (!isForUs(payload['aud'], entry.audience ?? audience)) return refuse('AUDIENCE')
  const time = timeRefusal(payload, entry.maxLifetimeSeconds, now)
  if (time) return refuse(time)
  const { sub, client_id: clientId, jti, exp } = payload
  if (!isName(sub)) return refuse('SUBJECT')
  if (!isName(clientId)) return refuse('CLIENT_ID')
  if (!isName(jti, 16)) return refuse('TOKEN_ID')
  const bound = readConfirmation(payload['cnf'])
  if (!bound.ok) return bound
  const acting = readActors(payload['act'])
  if (!acting.ok) return acting
  const purpose = readPurpose(payload['authorization_details'])
  if (!purpose.ok) return purpose
  const confined = confine(payload, entry, purpose.purpose)
  if (!confined.ok) return confined
  return {
    ok: true,
    claims: {
      subject: sub,
      clientId,
      tokenId: jti,
      expiresAt: Number(exp),
      ...confined.place,
      confirmation: bound.confirmation,
      actors: acting.actors,
      scope: purpose.scope,
    },
  }
}

/** One audience: a token for two services can be played by either of them at the other. */
const isForUs = (aud: unknown, audience: string): boolean =>
  aud === audience || (Array.isArray(aud) && aud.length === 1 && aud[0] === audience)

/** Why its times keep a payload from being good at `now`, in seconds. */
export const timeRefusal = ({ exp, iat, nbf }: JsonObject, maximum: number, now: number): ClaimRefusal | null => {
  if (typeof exp !== 'number') return 'EXP_MISSING'
  if (typeof iat !== 'number') return 'IAT_MISSING'
  if (exp <= iat || exp - iat > maximum) return 'LIFETIME'
  if (iat > now + issuedAhead) return 'ISSUED_IN_FUTURE'
  if (typeof nbf === 'number' && nbf > now + skew) return 'NOT_YET_VALID'
  return exp <= now - skew ? 'EXPIRED' : null
}

type Place = Pick<ConfinedClaims, 'organisation' | 'agencyType' | 'la' | 'force' | 'role' | 'purpose'>
type Confined = { readonly ok: true; readonly place: Place } | { readonly ok: false; readonly reason: ClaimRefusal }

/**
 * What the registry says stands; a token that says otherwise about type, authority or force is refused, not corrected.
 */
const confine = (payload: JsonObject, entry: IssuerEntry, purpose: string): Confined => {
  const organisation = entry.organisations.find(({ code }) => code === payload['org'])
  if (!organisation) return { ok: false, reason: 'ORGANISATION_NOT_OF_ISSUER' }
  const { code, agencyType, la, force } = organisation
  if (differs(payload, 'org_type', agencyType)) return { ok: false, reason: 'ORGANISATION_TYPE_DIFFERS' }
  if (differs(payload, 'la', la)) return { ok: false, reason: 'AUTHORITY_DIFFERS' }
  if (differs(payload, 'force', force)) return { ok: false, reason: 'FORCE_DIFFERS' }
  const grant = organisation.roles.find(({ role }) => role === payload['role'])
  if (!grant) return { ok: false, reason: 'ROLE_NOT_OF_ORGANISATION' }
  const allowed = grant.purposes.find((one) => one === purpose)
  if (!allowed) return { ok: false, reason: 'PURPOSE_NOT_OF_ROLE' }
  return { ok: true, place: { organisation: code, agencyType, la, force, role: grant.role, purpose: allowed } }
}

const differs = (payload: JsonObject, claim: string, registered: string | null): boolean =>
  Object.hasOwn(payload, claim) && payload[claim] !== registered
