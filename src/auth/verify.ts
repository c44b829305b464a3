import { createHash } from 'node:crypto'
import { compactVerify } from 'jose'
import type { Clock } from '../clock.ts'
import { type BearerRefusal, readBearer } from './bearer.ts'
import type { Caller } from './caller.ts'
import { type ClaimRefusal, type HeaderRefusal, readClaims, readHeader } from './claims.ts'
import type { IssuerEntry, IssuerRegistry } from './issuers.ts'
import { createKeyRing, type KeyRefusal, type KeyRing } from './keys.ts'
import { type PreparseRefusal, preparse } from './preparse.ts'
import { createVerifiedTokens } from './verifiedTokens.ts'

/** Why a token was refused, for the operator's log alone. Told to a caller, it would say which part of a forgery already holds. */
export type TokenRefusal =
  | BearerRefusal
  | PreparseRefusal
  | HeaderRefusal
  | 'ISSUER_UNKNOWN'
  | 'ALG_NOT_OF_ISSUER'
  | KeyRefusal
  | 'SIGNATURE'
  | ClaimRefusal
  | 'REVOKED'
  | 'REVOCATION_UNKNOWN'

export type Verdict =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly reason: TokenRefusal }

/** Takes the `Authorization` header, or all of them as `authorizationHeaders` gives them. Never throws. */
export type Verifier = (authorization: string | readonly string[] | undefined) => Promise<Verdict>

export interface VerifierOptions {
  readonly registry: IssuerRegistry
  /** Our own identifier. A registry entry may name another for its issuer. */
  readonly audience: string
  readonly clock: Clock
  /** Whether a token, practitioner or system is revoked. Asked on every request; if it fails, the token is refused. */
  readonly denylist?: (tokenId: string, subject: string, clientId: string) => boolean | Promise<boolean>
  readonly keys?: KeyRing
}

/**
 * Access token → caller. Order matters: form before keys, keys before signature, signature before any claim is believed.
 * Until the signature holds, `iss` serves only to pick whose key must verify it.
 */
export const createVerifier = (options: VerifierOptions): Verifier => {
  const { registry, audience, clock, denylist } = options
  const keys = options.keys ?? createKeyRing(clock)
  const verified = createVerifiedTokens()
  const seconds = (): number => Math.floor(clock.now().getTime() / 1000)

  const signatureRefusal = async (
    token: string,
    tokenHash: string,
    kid: string,
    alg: string,
    entry: IssuerEntry,
    expiresAt: unknown,
  ): Promise<TokenRefusal | null> => {
    const found = await keys.find(entry, kid, alg)
    if (!found.ok) return found.reason
    const { key, thumbprint, algorithm } = found.key
    if (verified.has(tokenHash, thumbprint, seconds())) return null
    try {
      await compactVerify(token, key, { algorithms: [algorithm] })
    } catch {
      return 'SIGNATURE'
    }
    if (typeof expiresAt === 'number') verified.add(tokenHash, thumbprint, expiresAt)
    return null
  }

  return async (authorization) => {
    const bearer = readBearer(authorization)
    if (!bearer.ok) return bearer
    const parsed = preparse(bearer.token)
    if (!parsed.ok) return parsed
    const header = readHeader(parsed.header)
    if (!header.ok) return header
    const issuer = parsed.payload['iss']
    const entry = typeof issuer === 'string' ? registry.get(issuer) : undefined
    if (!entry) return { ok: false, reason: 'ISSUER_UNKNOWN' }
    if (!entry.algorithms.some((algorithm) => algorithm === header.alg))
      return { ok: false, reason: 'ALG_NOT_OF_ISSUER' }

    const tokenHash = createHash('sha256').update(bearer.token).digest('base64url')
    const { kid, alg } = header
    const forged = await signatureRefusal(bearer.token, tokenHash, kid, alg, entry, parsed.payload['exp'])
    if (forged) return { ok: false, reason: forged }

    const read = readClaims(parsed.payload, entry, audience, seconds())
    if (!read.ok) return read
    const { claims } = read
    const revoked = await revocationRefusal(denylist, claims)
    if (revoked) return { ok: false, reason: revoked }
    return { ok: true, caller: { issuer: entry.issuer, tokenHash, ...claims } }
  }
}

const revocationRefusal = async (
  denylist: VerifierOptions['denylist'],
  { tokenId, subject, clientId }: Pick<Caller, 'tokenId' | 'subject' | 'clientId'>,
): Promise<TokenRefusal | null> => {
  try {
    return (await denylist?.(tokenId, subject, clientId)) ? 'REVOKED' : null
  } catch {
    return 'REVOCATION_UNKNOWN'
  }
}
