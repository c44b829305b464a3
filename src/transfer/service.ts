import type { AuthorisedChild, RequestContext } from '../disclosure/context.ts'
import type { Evidence } from '../facts/borneOut.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Registry } from '../foundation/registry.ts'
import type { Caller } from '../policy/caller.ts'
import type { Database } from '../store/database.ts'
import { acknowledge } from './acknowledge.ts'
import { mayRead } from './authorise.ts'
import { contribute } from './contribute.ts'
import { pending } from './pending.ts'
import { findFor, read } from './read.ts'
import type { ProveSnapshot } from './receipt.ts'
import { demand } from './refuse.ts'
import { type RequestInput, request } from './request.ts'
import type { TransferKey } from './sign.ts'
import { type TransferStore, transferStore } from './store.ts'
import type { SupplierState } from './types.ts'
import { present } from './versions.ts'
import type { PendingView, TransferView } from './view.ts'

export interface TransferServiceOptions {
  readonly database: Database
  readonly key: TransferKey
  readonly registry: Registry
  readonly clock: Clock
  readonly contracts: RequestContext['contracts']
  /**
   * Opens a child with the grants of the receiving authority: role RECEIVING_OFFICER, purpose TRANSFER_RECEIVE, party to an
   * episode; `answers()` gives what `transferNeeds` asks. Null when there is no such child.
   */
  readonly openForRecipient: (childId: string, toLa: string) => Promise<AuthorisedChild | null>
  /** What can bear a transfer out. The same is read for an id that no child has. */
  readonly evidence: (childId: string) => Promise<Evidence>
  /** Authority that keeps the case; null when none does, there is no such child, or it could not be reached. */
  readonly responsibleLa: (childId: string) => Promise<string | null>
  /** Puts a version into the audit log before anyone reads it. */
  readonly proveSnapshot: ProveSnapshot
  /** Notes for the audit entry that a child is concerned, whether the caller is then refused or not. */
  readonly concern: (childId: string) => void
  /** Whether the caller's token reaches the child; a transfer of another is answered as one that does not exist. */
  readonly reaches: (childId: string) => Promise<boolean>
}

/** What the steps of the desk share. */
export interface TransferParts extends Omit<TransferServiceOptions, 'database'> {
  readonly store: TransferStore
}

/** Transfers, from the asking to the acknowledgement. Every method refuses before it reads anything about a child. */
export interface TransferService {
  request(caller: Caller, input: RequestInput): Promise<TransferView | PendingView>
  summary(caller: Caller, transferId: string): Promise<TransferView | PendingView>
  pending(caller: Caller): Promise<readonly PendingView[]>
  acknowledge(caller: Caller, transferId: string, version: string): Promise<TransferView>
  contribute(caller: Caller, transferId: string, state: SupplierState, reason: string | null): Promise<TransferView>
}

export const createTransferService = ({ database, ...rest }: TransferServiceOptions): TransferService => {
  const store = transferStore(database)
  const find: TransferStore['find'] = async (id) => {
    const transfer = await store.find(id)
    if (transfer) rest.concern(transfer.child_id)
    return transfer && (await rest.reaches(transfer.child_id)) ? transfer : null
  }
  const parts: TransferParts = { ...rest, store: { ...store, find } }
  return {
    request: (caller, input) => request(parts, caller, input),
    summary: async (caller, transferId) => {
      const transfer = await findFor(parts, caller, transferId)
      demand(mayRead(caller, transfer && { fromLa: transfer.from_la, toLa: transfer.to_la }))
      return read(parts, present(transfer))
    },
    pending: (caller) => pending(parts, caller),
    acknowledge: (caller, transferId, version) => acknowledge(parts, caller, transferId, version),
    contribute: (caller, transferId, state, reason) => contribute(parts, caller, transferId, state, reason),
  }
}
