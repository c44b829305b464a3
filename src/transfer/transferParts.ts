import type { AuthorisedChild, RequestContext } from '../disclosure/requestContext.ts'
import type { Evidence } from '../facts/transferBorneOut.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Database } from '../store/database.ts'
import type { TransferKey } from './sign.ts'
import type { ProveSnapshot } from './snapshotReceipt.ts'
import type { TransferStore } from './store.ts'
import type { StoredRequest } from './storedTransfer.ts'

export interface TransferServiceOptions {
  readonly database: Database
  readonly key: TransferKey
  readonly registry: Registry
  readonly clock: Clock
  readonly contracts: RequestContext['contracts']
  /**
   * Opens a child with the grants of the receiving authority: role RECEIVING_OFFICER, purpose TRANSFER_RECEIVE, party
   * to an episode; `answers()` gives what `transferNeeds` asks. Null when there is no such child.
   */
  readonly openForRecipient: (childId: string, toLa: string) => Promise<AuthorisedChild | null>
  /** What can bear a transfer out. The same is read for an id that no child has. */
  readonly evidence: (childId: string) => Promise<Evidence>
  /** Authority that keeps the case; null when none does, there is no such child, or it could not be reached. */
  readonly responsibleLa: (childId: string) => Promise<string | null>
  /** Puts a version into the audit log before anyone reads it. */
  readonly proveSnapshot: ProveSnapshot
  /** Notes for the audit entry that a child is concerned, whether the caller is then refused or not. */
  readonly concern: (childId: string) => Promise<void>
  /** After a step is written: who is a party decides what the caller may know of the child from then on. */
  readonly forget: (childId: string) => void
  /** Whether the caller's token reaches the child; a transfer of another is answered as one that does not exist. */
  readonly tokenCovers: (childId: string) => Promise<boolean>
  /**
   * The caller, where they are barred from the child; else null. To them there is of the child what they asked for
   * since, as of an id that no child has, and nothing that anybody else did: the transfers whose `kept_for` is this.
   */
  readonly keptFor: (childId: string) => Promise<string | null>
  /**
   * Refuses a party that may not read where this child lives: a record says it. Asked before anything is written, never
   * for a supplier, who reads none.
   */
  readonly demandPlaces: (childId: string) => Promise<void>
}

/** What the steps of the service share. */
export interface TransferParts extends Omit<TransferServiceOptions, 'database'> {
  readonly store: TransferStore
  /** Whether a transfer on file may be there for the caller, whoever its parties are. Asked before anything else. */
  readonly isThere: (transfer: Pick<StoredRequest, 'child_id' | 'kept_for'>) => Promise<boolean>
}
