import type { Scheme } from './bearer.ts'
import { isDigest } from './claimFormats.ts'
import type { Presented } from './presentedCredentials.ts'
import { isJsonObject } from './strictJson.ts'

/**
 * `cnf` of a token: which key or certificate its bearer must prove to hold. Both null: a token that whoever holds it
 * may use.
 */
export interface Confirmation {
  /** RFC 7638 thumbprint of the DPoP key. */
  readonly jkt: string | null
  /** SHA-256 of the client's certificate. */
  readonly x5t: string | null
}

/** What an issuer's tokens must be bound to: nothing, a key (RFC 9449), a certificate (RFC 8705), or one of the two. */
export const senderConstraints = ['none', 'dpop', 'mtls', 'any'] as const
export type SenderConstraint = (typeof senderConstraints)[number]

export type ConfirmationRefusal =
  | 'CONFIRMATION'
  | 'CONFIRMATION_REQUIRED'
  | 'SENDER_CONSTRAINED'
  | 'DPOP_NOT_BOUND'
  | 'DPOP_PROOF_UNEXPECTED'
  | 'DPOP_PROOF_MISSING'
  | 'DPOP_PROOF_REPEATED'
  | 'CERTIFICATE_MISSING'
  | 'CERTIFICATE_OTHER'

export type ReadConfirmation =
  | { readonly ok: true; readonly confirmation: Confirmation }
  | { readonly ok: false; readonly reason: 'CONFIRMATION' }

/**
 * A member that is not understood is a binding that would not be checked, so it refuses (RFC 7800 §3.1 leaves it to
 * us).
 */
export const readConfirmation = (claim: unknown): ReadConfirmation => {
  if (claim === undefined) return { ok: true, confirmation: { jkt: null, x5t: null } }
  if (!isJsonObject(claim) || Object.keys(claim).length === 0) return { ok: false, reason: 'CONFIRMATION' }
  const { jkt = null, 'x5t#S256': x5t = null, ...others } = claim
  const proven = (value: unknown): value is string | null => value === null || isDigest(value)
  if (Object.keys(others).length > 0 || !proven(jkt) || !proven(x5t)) return { ok: false, reason: 'CONFIRMATION' }
  return jkt === null && x5t === null ? { ok: false, reason: 'CONFIRMATION' } : { ok: true, confirmation: { jkt, x5t } }
}

/**
 * Whether a token came as its binding wants it, before its proof is looked at. A bound token under `Bearer` is a stolen
 * token until proven otherwise (RFC 9449 §7.1); a proof beside an unbound one proves nothing and is refused, not
 * ignored.
 */
export const senderRefusal = (
  { jkt, x5t }: Confirmation,
  constraint: SenderConstraint,
  scheme: Scheme,
  { proofs, certificate }: Presented,
): ConfirmationRefusal | null => {
  if (constraint === 'dpop' && jkt === null) return 'CONFIRMATION_REQUIRED'
  if (constraint === 'mtls' && x5t === null) return 'CONFIRMATION_REQUIRED'
  if (constraint === 'any' && jkt === null && x5t === null) return 'CONFIRMATION_REQUIRED'
  if (jkt !== null && scheme !== 'DPOP') return 'SENDER_CONSTRAINED'
  if (jkt === null && scheme === 'DPOP') return 'DPOP_NOT_BOUND'
  if (jkt === null && proofs.length > 0) return 'DPOP_PROOF_UNEXPECTED'
  if (jkt !== null && proofs.length === 0) return 'DPOP_PROOF_MISSING'
  if (jkt !== null && proofs.length > 1) return 'DPOP_PROOF_REPEATED'
  if (x5t !== null && certificate === null) return 'CERTIFICATE_MISSING'
  return x5t !== null && certificate !== x5t ? 'CERTIFICATE_OTHER' : null
}
