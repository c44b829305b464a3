import type { Caller } from '../policy/caller.ts'
import type { RegisterPage } from '../registers/registerPage.ts'
import { acknowledge } from './acknowledge.ts'
import { type Addendum, addenda } from './addenda.ts'
import { mayRead } from './authorise.ts'
import { contribute } from './contribute.ts'
import { type Ending, end } from './endTransfer.ts'
import { history } from './history.ts'
import { type HeadingView, list } from './listTransfers.ts'
import { findFor, read } from './openTransfer.ts'
import { pending } from './pendingRequests.ts'
import { demand } from './refusals.ts'
import type { RequestInput } from './requestInput.ts'
import { request } from './requestTransfer.ts'
import { type StepsPage, type TransferStore, transferStore } from './store.ts'
import type { StoredRequest } from './storedTransfer.ts'
import type { TransferParts, TransferServiceOptions } from './transferParts.ts'
import type { SupplierState } from './transferTypes.ts'
import type { EndedView, PendingView, StepView, SupplierEnded, SupplierReceipt, TransferView } from './transferView.ts'
import { present } from './versions.ts'

/** A transfer and its child, as a summary names them. */
export interface OfTransfer {
  readonly id: string
  readonly childId: string
}

/** Transfers, from the asking to the acknowledgement. Every method refuses before it reads anything about a child. */
export interface TransferService {
  request(caller: Caller, input: RequestInput): Promise<TransferView | PendingView>
  summary(caller: Caller, transferId: string): Promise<TransferView | PendingView | EndedView>
  pending(caller: Caller, page?: RegisterPage): Promise<readonly PendingView[]>
  list(caller: Caller, page?: RegisterPage): Promise<readonly HeadingView[]>
  /** A page of what happened to a transfer, for those who may read all of it; nothing for others. */
  history(caller: Caller, transferId: string, page: StepsPage): Promise<readonly StepView[]>
  /** Records that came after the latest version, for those who may read all of it; nothing for others. */
  addenda(caller: Caller, transfer: OfTransfer, page: RegisterPage): Promise<readonly Addendum[]>
  acknowledge(caller: Caller, transferId: string, version: string): Promise<TransferView>
  contribute(
    caller: Caller,
    transferId: string,
    state: SupplierState,
    reason: string | null,
  ): Promise<TransferView | EndedView | SupplierReceipt | SupplierEnded>
  end(caller: Caller, transferId: string, ending: Ending): Promise<EndedView>
}

export const createTransferService = ({ database, ...rest }: TransferServiceOptions): TransferService => {
  const store = transferStore(database)
  const isThere: TransferParts['isThere'] = async ({ child_id, kept_for }) =>
    kept_for === (await rest.keptFor(child_id)) && (await rest.tokenCovers(child_id))
  const find: TransferStore['find'] = async (id) => {
    const transfer = await store.find(id)
    if (transfer) await rest.concern(transfer.child_id)
    return transfer && (await isThere(transfer)) ? transfer : null
  }
  const forgetting = async <Done>(
    { child_id }: Pick<StoredRequest, 'child_id'>,
    write: Promise<Done>,
  ): Promise<Done> => {
    const done = await write
    rest.forget(child_id)
    return done
  }
  const parts: TransferParts = {
    ...{ ...rest, isThere },
    store: {
      ...{ ...store, find },
      begin: (transfer, events) => forgetting(transfer, store.begin(transfer, events)),
      notify: (transfer, event) => forgetting(transfer, store.notify(transfer, event)),
      setState: (transfer, state, event) => forgetting(transfer, store.setState(transfer, state, event)),
    },
  }
  return {
    request: (caller, input) => request(parts, caller, input),
    summary: async (caller, transferId) => {
      const transfer = await findFor(parts, caller, transferId)
      demand(mayRead(caller, transfer && { fromLa: transfer.from_la, toLa: transfer.to_la }))
      return read(parts, present(transfer))
    },
    pending: (caller, page) => pending(parts, caller, page),
    list: (caller, page) => list(parts, caller, page),
    history: (caller, transferId, page) => history(parts, caller, transferId, page),
    addenda: (caller, { id }, page) => addenda(parts, caller, id, page),
    acknowledge: (caller, transferId, version) => acknowledge(parts, caller, transferId, version),
    contribute: (caller, transferId, state, reason) => contribute(parts, caller, transferId, state, reason),
    end: (caller, transferId, ending) => end(parts, caller, transferId, ending),
  }
}
