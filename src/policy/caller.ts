import type { Label } from './labels.ts'
import type { AgencyType, Purpose, Role } from './vocabulary.ts'

/**
 * Who asks, as far as a verified token says it. Nothing here is about a child: relationship, harm level, age band and
 * responsible authority are derived from data and never taken from a token.
 */
export interface Caller {
  /** `iss`, exactly as registered. */
  readonly issuer: string
  /** `sub`: the practitioner. */
  readonly subject: string
  /** `client_id`: the system. */
  readonly clientId: string
  /** `jti`. */
  readonly tokenId: string
  /** The organisation's code, for example `LA2-CSC`, `900005`, `F1`. */
  readonly organisation: string
  /** From the issuer registry's entry for the organisation, never from the token. */
  readonly agencyType: AgencyType
  /** Authority of the organisation, from the registry. */
  readonly la: string | null
  /** Force of the organisation, from the registry. */
  readonly force: string | null
  readonly role: Role
  readonly purpose: Purpose
  /** `exp`, seconds. */
  readonly expiresAt: number
  /** Who acts for the subject, the latest first. They give no rights. */
  readonly actors?: readonly Actor[]
  /** What the token keeps its bearer to; absent: no more than role and purpose do. */
  readonly scope?: TokenScope
  /** Thumbprint of the key or certificate that the token is bound to and that was proven; absent for a plain bearer. */
  readonly proven?: string
}

/** One who acts for the subject of a token (RFC 8693 §4.1), as its issuer states it. */
export interface Actor {
  readonly subject: string
  readonly clientId: string | null
}

/** What a token keeps its own bearer to, beyond role and purpose (RFC 9396). It narrows; nothing in it can widen. */
export interface TokenScope {
  /** Only this child, by the gateway's id. */
  readonly child: string | null
  /** Only this transfer, and of children only the one whom it concerns. */
  readonly transfer: string | null
  /** Only the child of this recorded relationship of the caller's organisation, while it is in force. */
  readonly episode: string | null
  /** Only these labels. */
  readonly categories: readonly Label[] | null
  /** The legal basis that the asking system states. Recorded, never believed: the policy derives its own. */
  readonly basis: string | null
}
