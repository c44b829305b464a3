import { type KindCarriedOut, kindsCarriedOut } from '../facts/transferBorneOut.ts'
import type { Disclosure, Label } from '../policy/labels.ts'

/** Kinds of transfer. `TransferType` in `schema/transfer.graphql`. */
export const transferTypes = [
  'CP_TRANSFER_IN',
  'CP_TEMPORARY',
  'S47_IN_PROGRESS',
  'CIN_TRANSFER',
  'CLA_PLACED_OUT',
  'CLA_RESPONSIBILITY',
  'CARE_LEAVER',
  'EHC_ONLY',
  'EDUCATION_ONLY',
  'UNBORN',
] as const
export type TransferType = (typeof transferTypes)[number]

export type SupportedType = KindCarriedOut

export const isTransferType = (type: string): type is TransferType => transferTypes.some((known) => known === type)
export const isSupported = (type: string): type is SupportedType => kindsCarriedOut.some((known) => known === type)

/** States of a transfer. `TransferState` in the schema. */
export const transferStates = [
  'PENDING',
  'NOTIFIED',
  'REQUESTED',
  'COMPILING',
  'SENT',
  'RECEIVED',
  'ACKNOWLEDGED',
  'QUERIED',
  'AMENDED',
  'ACCEPTED',
  'CONFERENCE_BOOKED',
  'CONFERENCE_HELD',
  'RESPONSIBILITY_PASSED',
  'CLOSED',
  'REJECTED',
  'DISPUTED',
  'WITHDRAWN',
  'FAMILY_NOT_LOCATED',
] as const
export type TransferState = (typeof transferStates)[number]

/** States after which nothing more is added and a new transfer may begin. `TransferEnd` in the schema. */
export const ends = ['CLOSED', 'REJECTED', 'WITHDRAWN'] as const satisfies readonly TransferState[]
export type FinalState = (typeof ends)[number]

export const isFinal = (state: string): state is FinalState => ends.some((end) => end === state)
export const finalStates: ReadonlySet<TransferState> = new Set(ends)

export type SectionState = 'COMPLETE' | 'PARTIAL' | 'MISSING' | 'NOT_APPLICABLE' | 'WITHHELD'
export type SupplierState = 'CONTRIBUTED' | 'OUTSTANDING' | 'NOTHING_HELD' | 'WITHHELD' | 'UNAVAILABLE'
export type ItemState = 'KNOWN' | 'NOT_KNOWN' | 'NOT_HELD' | 'WITHHELD' | 'MISSING'

/** One item of a section. Its `value` is there exactly when it is KNOWN; otherwise its `reason` is. */
export interface TransferItem {
  readonly label: string
  readonly state: ItemState
  readonly value: string | null
  readonly reason: string | null
  readonly contact: string | null
  /** Value of the `Agency` enum. */
  readonly agency: string | null
  readonly la: string | null
  /** Records it rests on. */
  readonly records: readonly string[]
}

/** A label withheld from the receiving authority. It comes from the grant alone, never from a row. */
export interface WithheldEntry {
  readonly reason: string
  readonly category: Label
  readonly level: Disclosure
  readonly controller: string
  readonly contact: string | null
  readonly requestable: boolean
}

export interface SectionContent {
  readonly code: string
  readonly title: string
  readonly state: SectionState
  readonly mandatory: boolean
  readonly supplier: readonly string[]
  readonly missing: readonly string[]
  readonly withheld: readonly WithheldEntry[]
  readonly items: readonly TransferItem[]
}

export interface SupplierContent {
  readonly agency: string
  readonly la: string | null
  readonly force: string | null
  readonly state: SupplierState
  readonly mandatory: boolean
  readonly since: string | null
  readonly reason: string | null
  readonly contact: string | null
  /** Organisations whose records were read under this supplier: those that may confirm for it. */
  readonly organisations: readonly string[]
}

export interface CompletenessContent {
  readonly ready: boolean
  /** Whole sentences; empty when ready. */
  readonly reasons: readonly string[]
  readonly sections: readonly SectionContent[]
  readonly suppliers: readonly SupplierContent[]
}

/** What a transfer is before anything is read: who, to whom, which clock. */
export interface TransferHead {
  readonly id: string
  readonly type: SupportedType
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly notifiedAt: string
  readonly clockStart: string
  readonly clockRule: string
  readonly workingDays: number
  readonly dueOn: string
  readonly createdAt: string
  /** Role and organisation of whoever asked. */
  readonly author: string
  /**
   * Role and organisation of the team manager who confirmed the sending authority's part, when somebody other than the
   * author did.
   */
  readonly authorisedBy: string | null
  readonly responsibilityPassed: boolean
  /** `1.0`, `2.0`. */
  readonly version: string
  /** Fingerprint of the version before, so that a chain of versions cannot lose one unnoticed. */
  readonly previous: string | null
}

/** A supplier's word on its own part. */
export interface Contribution {
  readonly agency: string
  readonly la: string | null
  readonly force: string | null
  readonly state: 'CONTRIBUTED' | 'NOTHING_HELD' | 'WITHHELD'
  readonly reason: string | null
  readonly at: string
}

/**
 * The record as it is signed and sent: plain JSON in a fixed order, no id of any request. It is the only content of an
 * agency's record that the gateway keeps, as evidence of what was known when.
 */
export interface TransferContent {
  readonly format: 'wholeview-transfer/1'
  readonly id: string
  readonly version: string
  readonly previous: string | null
  readonly type: SupportedType
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly responsibleLa: string
  readonly responsibleRule: string
  readonly clockStart: string
  readonly clockRule: string
  readonly workingDays: number
  readonly dueAt: string
  readonly asOf: string
  readonly compiledAt: string
  readonly completeness: CompletenessContent
}
