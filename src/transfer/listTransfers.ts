import type { Caller } from '../policy/caller.ts'
import { toldPage } from '../registers/disclosedPage.ts'
import { firstEntries, type RegisterPage } from '../registers/registerPage.ts'
import { mayRead } from './authorise.ts'
import { concerns, isOpen } from './openTransfer.ts'
import { demand } from './refusals.ts'
import { begun, isOf, type StoredTransfer } from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import type { TransferState, TransferType } from './transferTypes.ts'
import { versionText } from './transferView.ts'

/** `TransferHeading` of the schema. */
export interface HeadingView {
  readonly id: string
  readonly type: TransferType
  readonly state: TransferState
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly notifiedAt: string
  readonly dueAt: string
  readonly askedAt: string
  readonly version: string | null
}

/**
 * Transfers of the caller's authority that it could read one by one today: no list shows what a summary would refuse.
 */
export const list = async (
  parts: TransferParts,
  caller: Caller,
  page: RegisterPage = firstEntries,
): Promise<readonly HeadingView[]> => {
  const { la } = caller
  demand(mayRead(caller, la === null ? null : { fromLa: la, toLa: la }))
  return toldPage(
    {
      read: (of) => parts.store.ofAuthority(la ?? '', of),
      byId: async (id) => {
        const found = await parts.store.find(id)
        return found && isOf(found, la) ? begun(found) : null
      },
      told: async (transfers) => {
        const shown = await Promise.all(transfers.map((transfer) => isShown(parts, caller, transfer)))
        return transfers.filter((_, place) => shown[place]).map(headingOf)
      },
    },
    page,
  )
}

const isShown = async (parts: TransferParts, caller: Caller, transfer: StoredTransfer): Promise<boolean> => {
  const { from_la: fromLa, to_la: toLa } = transfer
  if (mayRead(caller, { fromLa, toLa }) !== 'ALLOWED') return false
  // What is no longer borne out is shown by nobody's list; a kind that no longer fits is refused, and left out here.
  return (await concerns(parts, caller, transfer)) && isOpen(parts, transfer).catch(() => false)
}

const headingOf = (transfer: StoredTransfer): HeadingView => ({
  id: transfer.id,
  type: transfer.type,
  state: transfer.state,
  childId: transfer.child_id,
  fromLa: transfer.from_la,
  toLa: transfer.to_la,
  notifiedAt: transfer.notified_at,
  dueAt: transfer.due_on,
  askedAt: transfer.created_at,
  version: transfer.version === 0 ? null : versionText(transfer.version),
})
