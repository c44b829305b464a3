import type { Caller } from '../auth/caller.ts'
import { borneOut } from '../consent/borneOut.ts'
import { ukDay } from '../consent/day.ts'
import { begin } from './begin.ts'
import type { DeskParts } from './desk.ts'
import { demandKind } from './kind.ts'
import { conflict, demand } from './refuse.ts'
import { begun, type StoredRequest, type StoredTransfer } from './store.ts'
import { present, readTransfer } from './versions.ts'
import { type PendingView, pendingView, type TransferView } from './view.ts'

/** On whose word a transfer is begun that is borne out only now. */
interface Asking {
  readonly by: string
  readonly notifiedAt: string | null
}

/** A transfer that is open. One that was not begun yet begins now. */
export const readOpen = async (
  parts: DeskParts,
  asked: StoredRequest,
  { by, notifiedAt }: Asking,
): Promise<TransferView> => {
  const transfer = begun(asked)
  if (transfer) return readTransfer(parts, transfer)
  const { child_id: childId, from_la: fromLa, to_la: toLa } = asked
  const view = await begin(parts, {
    ...{ childId, fromLa, toLa, by, type: demandKind({ type: asked.type, fromLa, toLa }, null) },
    notifiedAt: notifiedAt ?? asked.notified_at,
    isNotified: false,
    asked,
  })
  return view ?? readTransfer(parts, present(begun(present(await parts.store.findByKey(asked)))))
}

/**
 * Whether the transfer opens the child today, whatever was compiled of it before. Refused where only its kind stands in the
 * way: then it is known that the child is in the receiving area.
 */
export const isOpen = async (parts: DeskParts, asked: StoredRequest): Promise<boolean> => {
  if (asked.notified_by !== null) return true
  const transfer = { fromLa: asked.from_la, toLa: asked.to_la, type: asked.type, isNotified: false }
  const verdict = borneOut(transfer, await parts.evidence(asked.child_id), ukDay(parts.clock.today()))
  if (verdict.opens) return true
  if (verdict.reason === 'PENDING') return false
  demandKind(transfer, verdict)
  return false
}

/** For a party. A pending request concerns the sending authority only where it is responsible: it may be about anyone. */
export const readFor = async (
  parts: DeskParts,
  caller: Caller,
  asked: StoredRequest,
): Promise<TransferView | PendingView> => {
  if (caller.la === asked.from_la && asked.notified_by === null) {
    const { responsibleLa } = await parts.evidence(asked.child_id)
    if (responsibleLa !== asked.from_la) demand('NOT_A_PARTY')
  }
  if (!(await isOpen(parts, asked))) return pendingView(asked)
  return readOpen(parts, asked, { by: asked.created_by, notifiedAt: null })
}

/** The transfer, for an act that needs a record; refused while it is pending. */
export const openTransfer = async (parts: DeskParts, asked: StoredRequest): Promise<StoredTransfer> => {
  const transfer = begun(asked)
  if (transfer === null || !(await isOpen(parts, asked)))
    throw conflict('This request is pending. There is no record of it yet.')
  return transfer
}
