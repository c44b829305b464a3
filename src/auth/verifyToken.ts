import { hash } from 'node:crypto'
import { compactVerify } from 'jose'
import type { Clock } from '../foundation/clock.ts'
import type { Caller } from '../policy/caller.ts'
import { type BearerRefusal, readBearer } from './bearer.ts'
import { checkProof, type ProofRefusal } from './checkDpopProof.ts'
import { type Confirmation, type ConfirmationRefusal, senderRefusal } from './confirmationClaim.ts'
import type { Denylist } from './denylist.ts'
import type { ProofNonces } from './dpopNonce.ts'
import { createKeyRing, type KeyRefusal, type KeyRing } from './issuerKeys.ts'
import type { IssuerEntry, IssuerRegistry } from './issuers.ts'
import { nothingPresented, type Presented } from './presentedCredentials.ts'
import {
  type ClaimRefusal,
  type ConfinedClaims,
  type HeaderRefusal,
  type ReadClaims,
  readClaims,
  readHeader,
  timeRefusal,
} from './readTokenClaims.ts'
import { type ReplayStore, recentlyUsed } from './replayStore.ts'
import { type PreparseRefusal, preparse } from './splitToken.ts'
import { createVerifiedTokens, type Parsed } from './verifiedTokens.ts'

/**
 * Why a token was refused, for the operator's log alone. Shown to a caller, it would say which part of a forgery
 * already holds.
 */
export type TokenRefusal =
  | BearerRefusal
  | PreparseRefusal
  | HeaderRefusal
  | 'ISSUER_UNKNOWN'
  | 'ALG_NOT_OF_ISSUER'
  | KeyRefusal
  | 'SIGNATURE'
  | ClaimRefusal
  | ConfirmationRefusal
  | ProofRefusal
  | 'DPOP_REPLAYED'
  | 'DPOP_REPLAY_UNKNOWN'
  | 'REVOKED'
  | 'REVOCATION_UNKNOWN'

/** What only the store could have said: the token itself was not rejected, and a later request may be answered. */
export const isStoreSilent = (reason: string): boolean =>
  reason === 'REVOCATION_UNKNOWN' || reason === 'DPOP_REPLAY_UNKNOWN'

export type Verdict =
  | { readonly ok: true; readonly caller: Caller }
  | { readonly ok: false; readonly reason: TokenRefusal }

/**
 * Takes the `Authorization` header, or all of them as `authorizationHeaders` gives them. Never throws.
 *
 * @param meanwhile receives a caller of whom all is known but whether they are denied, as soon as that is asked. They
 * may be refused yet: what is begun for them must come to nothing then.
 */
export type Verifier = (
  authorization: string | readonly string[] | undefined,
  presented?: Presented,
  meanwhile?: (caller: Caller) => void,
) => Promise<Verdict>

export interface VerifierOptions {
  readonly registry: IssuerRegistry
  /** Our own identifier. A registry entry may name another for its issuer. */
  readonly audience: string
  readonly clock: Clock
  /** Asked on every request; if it fails, the token is refused. */
  readonly denylist?: Denylist
  /** Addresses at which the gateway is asked, for `htu` of a proof. With none, no bound token is accepted. */
  readonly addresses?: readonly string[]
  /** Shared by all gateways on one database; without it single use is known to this process alone. */
  readonly replay?: ReplayStore
  /** When given, every proof must carry a nonce of the gateway's own. */
  readonly nonces?: ProofNonces
  readonly keys?: KeyRing
}

/**
 * Access token → caller. Order matters: form before keys, keys before signature, signature before any claim is
 * believed. Until the signature holds, `iss` serves only to pick whose key must verify it.
 */
export const createVerifier = (options: VerifierOptions): Verifier => {
  const { registry, audience, clock, denylist, addresses = [], nonces = null } = options
  const replay = options.replay ?? recentlyUsed()
  const keys = options.keys ?? createKeyRing(clock)
  const verified = createVerifiedTokens()
  const seconds = (): number => Math.floor(clock.now().getTime() / 1000)

  const signatureRefusal = async (
    token: string,
    tokenHash: string,
    kid: string,
    alg: string,
    entry: IssuerEntry,
    parsed: Parsed,
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
    const expiresAt = parsed.payload['exp']
    if (typeof expiresAt === 'number') verified.add(tokenHash, thumbprint, expiresAt, parsed)
    return null
  }

  const known = new WeakMap<Parsed, Read & { readonly entry: IssuerEntry }>()

  /**
   * Whom a good signature speaks of. Read once of one text under one entry, but for its times, which are judged on
   * every request.
   */
  const readOnce = (parsed: Parsed, entry: IssuerEntry): Read | Unread => {
    const before = known.get(parsed)
    if (before?.entry === entry) {
      const reason = timeRefusal(parsed.payload, entry.maxLifetimeSeconds, seconds())
      return reason ? { ok: false, reason } : before
    }
    const read = readClaims(parsed.payload, entry, audience, seconds())
    if (!read.ok) return read
    const { confirmation, ...claims } = read.claims
    const caller = callerOf(entry.issuer, claims, confirmation.jkt ?? confirmation.x5t)
    const now = { ok: true as const, entry, caller, confirmation }
    known.set(parsed, now)
    return now
  }

  const proofRefusal = async (
    proof: string,
    { method }: Presented,
    tokenHash: string,
    jkt: string,
  ): Promise<TokenRefusal | null> => {
    const now = seconds()
    const checked = await checkProof(proof, { method, addresses, tokenHash, jkt, nonces, now })
    if (!checked.ok) return checked.reason
    try {
      return (await replay.firstUse(jkt, checked.id, checked.usableUntil, now)) ? null : 'DPOP_REPLAYED'
    } catch {
      return 'DPOP_REPLAY_UNKNOWN'
    }
  }

  return async (authorization, presented = nothingPresented, meanwhile) => {
    const bearer = readBearer(authorization)
    if (!bearer.ok) return bearer
    const tokenHash = hash('sha256', bearer.token, 'base64url')
    const parsed = verified.parsed(tokenHash) ?? preparse(bearer.token)
    if (!parsed.ok) return parsed
    const header = readHeader(parsed.header)
    if (!header.ok) return header
    const issuer = parsed.payload['iss']
    const entry = typeof issuer === 'string' ? registry.get(issuer) : undefined
    if (!entry) return { ok: false, reason: 'ISSUER_UNKNOWN' }
    if (!entry.algorithms.some((algorithm) => algorithm === header.alg))
      return { ok: false, reason: 'ALG_NOT_OF_ISSUER' }

    const { kid, alg } = header
    const forged = await signatureRefusal(bearer.token, tokenHash, kid, alg, entry, parsed)
    if (forged) return { ok: false, reason: forged }

    const read = readOnce(parsed, entry)
    if (!read.ok) return read
    const { caller, confirmation } = read
    const constraint = entry.senderConstraint ?? 'none'
    const unproven = senderRefusal(confirmation, constraint, bearer.scheme, presented)
    if (unproven) return { ok: false, reason: unproven }
    const denial = revocationRefusal(denylist, caller, clock.now())
    if (confirmation.jkt === null) meanwhile?.(caller)
    const revoked = await denial
    if (revoked) return { ok: false, reason: revoked }
    // Last: a proof is used up only by a request that nothing else refuses.
    const [proof] = presented.proofs
    if (confirmation.jkt !== null && proof !== undefined) {
      const refused = await proofRefusal(proof, presented, tokenHash, confirmation.jkt)
      if (refused) return { ok: false, reason: refused }
    }
    return { ok: true, caller }
  }
}

interface Read {
  readonly ok: true
  readonly caller: Caller
  readonly confirmation: Confirmation
}

type Unread = Extract<ReadClaims, { ok: false }>

const callerOf = (
  issuer: string,
  { actors, scope, ...claims }: Omit<ConfinedClaims, 'confirmation'>,
  proven: string | null,
): Caller => ({
  issuer,
  ...claims,
  ...(actors.length > 0 ? { actors } : {}),
  ...(scope ? { scope } : {}),
  ...(proven === null ? {} : { proven }),
})

const revocationRefusal = async (
  denylist: Denylist | undefined,
  { issuer, tokenId, subject, clientId, actors = [] }: Caller,
  now: Date,
): Promise<TokenRefusal | null> => {
  const subjects = [subject, ...actors.map((actor) => actor.subject)]
  const clients = [clientId, ...actors.flatMap((actor) => actor.clientId ?? [])]
  try {
    return (await denylist?.({ issuer, tokenId, subjects, clients, now })) ? 'REVOKED' : null
  } catch {
    return 'REVOCATION_UNKNOWN'
  }
}
