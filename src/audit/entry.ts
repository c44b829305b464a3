import type { ErrorCode } from '../foundation/errors.ts'
import type { TokenScope } from '../policy/caller.ts'
import type { Disclosure, Label } from '../policy/labels.ts'
import type { Purpose, Role } from '../policy/vocabulary.ts'

/**
 * One response, as the audit log keeps it. It describes what left by labels and digests; it holds no content of a
 * record.
 */
export interface AuditEntry {
  readonly version: 1
  readonly id: string
  /** ISO 8601. */
  readonly at: string
  readonly requestId: string
  readonly caller: {
    readonly issuer: string
    readonly subject: string
    readonly clientId: string
    readonly tokenId: string
    readonly organisation: string
    readonly role: Role
    readonly purpose: Purpose
    /** Who acted for the subject, the latest first. */
    readonly actors?: readonly { readonly subject: string; readonly clientId: string | null }[]
    /** Thumbprint of the key or certificate that was proven. */
    readonly proven?: string
    /** What the token kept its bearer to. */
    readonly scope?: TokenScope
  }
  /** Policy pack in force, with the SHA-256 of its content. */
  readonly pack: { readonly id: string; readonly hash: string }
  /** SHA-256 of the operation's text. */
  readonly operation: { readonly name: string | null; readonly hash: string }
  readonly outcome: 'DISCLOSED' | 'REFUSED' | 'FAILED'
  readonly code: ErrorCode | null
  readonly children: readonly EntryChild[]
  /** What was done besides reading: a mutation's name, a kind of search. Never its values. */
  readonly actions: readonly string[]
  /** Who stood in it was erased when its time was over: `caller` and `children` no longer tell. */
  readonly erased?: true
}

export interface EntryChild {
  readonly id: string
  readonly asOf: string
  /** Facts that the decision used, by name. */
  readonly facts: Readonly<Record<string, string | boolean>>
  readonly agencies: Readonly<Record<string, EntryAgency>>
}

export interface EntryAgency {
  readonly state: string
  readonly headline: readonly Label[]
  readonly content: readonly Label[]
  readonly redacted: readonly Label[]
  readonly withheld: readonly { readonly label: Label; readonly level: Disclosure; readonly reason: string }[]
  /** How many records were read, and the SHA-256 of their sorted ids. */
  readonly records: number
  readonly digest: string | null
  /**
   * Labels that left, as `POLICE_RECORD`, `POLICE_RECORD headline` or `THIRD_PARTY pseudonym`; the masks beside it are
   * what could have. Left out by earlier makes.
   */
  readonly disclosed?: readonly string[]
  /** Duties that the decisions gave rise to; left out when there are none. */
  readonly obligations?: readonly { readonly kind: string; readonly label: Label }[]
}

/** Which part of a child's entries. */
export interface AccessLogPart {
  /** Entries before the one with this id alone. */
  readonly after?: string | null
  /** Without those that tell nobody outside governance anything of the child, as far as that was noted with them. */
  readonly withUndisclosed?: boolean
}

/** The log of audit entries. */
export interface AuditLog {
  /** Resolves once the entry is durable; rejects with AUDIT_UNAVAILABLE when it could not be made so. */
  append(entry: AuditEntry): Promise<void>
  /** Entries that concern a child, latest first. */
  ofChild(childId: string, first: number, part?: AccessLogPart): Promise<readonly AuditEntry[]>
  /**
   * Whether it can be written, as far as is known: after an append that failed, not before a trial write or an append
   * succeeds.
   */
  isWritable(): Promise<boolean>
  close(): Promise<void>
}
