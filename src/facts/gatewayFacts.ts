import type { AgencyName } from '../foundation/agencies.ts'
import type { ChildFacts, ConsentFact, CourtOrderFact, HoldFact } from '../policy/facts.ts'
import type { ChangeVersions } from '../store/changeVersions.ts'
import type { LastKnown } from './lastKnownAuthorities.ts'
import type { AskedTransfer } from './transferBorneOut.ts'

export type RelationshipKind = Exclude<ChildFacts['relationship'], 'PLACED_IN_AREA' | 'NONE'>

/** What the gateway itself knows of one child, for one caller's organisation. Everything in it is in force. */
export interface GatewayFacts {
  readonly childId: string
  readonly persons: Readonly<Partial<Record<AgencyName, readonly string[]>>>
  /** As in `ChildFacts`. */
  readonly holders?: Readonly<Partial<Record<AgencyName, readonly string[]>>>
  readonly areaLa: string | null
  readonly bornOn: string | null
  /** Agencies that recorded a place of the child that must not be found, as last known of each. */
  readonly protectedBy: readonly AgencyName[]
  /** Authorities as children's social care last said; null where it never answered. */
  readonly lastKnown: LastKnown | null
  /** Recorded relationship of the caller's organisation, the strongest. */
  readonly relationship: RelationshipKind | null
  readonly agreement: boolean
  /**
   * Whether the caller's authority sends or receives this child's record, as the sending authority notified it, and the
   * clock of that runs.
   */
  readonly transferParty: boolean
  readonly consents: readonly ConsentFact[]
  readonly holds: readonly HoldFact[]
  /** Whether this very person opened a break-glass session for the child and the time has not run out. */
  readonly breakGlass: boolean
  /** This very person has a conflict of interest: the child is answered to them as one that nobody knows. */
  readonly barred: boolean
  readonly orders: readonly CourtOrderFact[]
  /** An agency has said, not long ago, that it knows of harm. */
  readonly harmSignal: boolean
  /** Milliseconds since 1970 at which one of them ends by itself, the first; null when none does. */
  readonly endsAt: number | null
}

export interface Facts {
  /** Of each child that the gateway knows; one that it does not know is absent. */
  readonly known: ReadonlyMap<string, GatewayFacts>
  /**
   * Transfers of the caller's authority that open nothing but what a record bears out: those to it that the sending one
   * has not notified, and those of either side whose notification has run out. Also of a child that the gateway does
   * not know, so that the same is read for both.
   */
  readonly asked: ReadonlyMap<string, readonly AskedTransfer[]>
  /** What was noted of changes when they were read, also of a child that the gateway does not know. */
  readonly changeVersions: ChangeVersions
}
