import { borneOut } from '../facts/transferBorneOut.ts'
import type { Caller } from '../policy/caller.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { begin } from './beginTransfer.ts'
import { demandKind } from './demandKind.ts'
import { conflict } from './refusals.ts'
import { begun, type StoredRequest, type StoredTransfer } from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import { finalStates } from './transferTypes.ts'
import { type EndedView, endedView, type PendingView, pendingView, type TransferView } from './transferView.ts'
import { present, readTransfer } from './versions.ts'

/** On whose word a transfer is begun that is borne out only now, and the request that waited for it, if one did. */
interface Asking {
  readonly by: string
  readonly notifiedAt: string | null
  readonly waiting: StoredRequest | null
}

/** A transfer that is open. One that was not begun yet begins now. */
export const readOpen = async (
  parts: TransferParts,
  asked: StoredRequest,
  { by, notifiedAt, waiting }: Asking,
): Promise<TransferView> => {
  const transfer = begun(asked)
  if (transfer) return readTransfer(parts, transfer)
  const { child_id: childId, from_la: fromLa, to_la: toLa } = asked
  const view = await begin(parts, {
    ...{ childId, fromLa, toLa, by, type: demandKind({ type: asked.type, fromLa, toLa }, null) },
    notifiedAt: notifiedAt ?? asked.notified_at,
    isNotified: false,
    waiting,
  })
  return view ?? readTransfer(parts, present(begun(present(await parts.store.findByKey(asked)))))
}

/**
 * Whether the transfer opens the child today, whatever was compiled of it before. Refused where only its kind stands in
 * the way: then it is known that the child is in the receiving area.
 *
 * @param isParty whether that may be told: a supplier who is no party learns neither the kind nor the area.
 */
export const isOpen = async (parts: TransferParts, asked: StoredRequest, isParty = true): Promise<boolean> => {
  if (finalStates.has(asked.state)) return false
  const day = ukDay(parts.clock.today())
  const notifiedUntil = asked.notified_by === null ? null : asked.due_on
  // While its clock runs nothing is read for it.
  if (notifiedUntil !== null && day <= notifiedUntil) return true
  const transfer = { fromLa: asked.from_la, toLa: asked.to_la, type: asked.type, notifiedUntil }
  const verdict = borneOut(transfer, await parts.evidence(asked.child_id), day)
  if (verdict.opens) return true
  if (verdict.reason === 'PENDING' || verdict.reason === 'OVER') return false
  if (isParty) demandKind(transfer, verdict)
  return false
}

/** Whether it was begun and is over: somebody ended it, or its clock ran out and what it stood on is no more. */
export const isOver = (asked: StoredRequest): boolean =>
  begun(asked) !== null && (finalStates.has(asked.state) || asked.notified_by !== null)

/**
 * A transfer by its id, for this caller. What waits concerns the authority that it names as the sending one only where
 * that authority is responsible: a request may be about anyone, and name anyone.
 */
export const findFor = async (parts: TransferParts, caller: Caller, id: string): Promise<StoredRequest | null> => {
  const asked = await parts.store.find(id)
  return asked !== null && (await concerns(parts, caller, asked)) ? asked : null
}

/** Whether a transfer that is on file is there for this caller. */
export const concerns = async (parts: TransferParts, caller: Caller, asked: StoredRequest): Promise<boolean> =>
  (await parts.isThere(asked)) &&
  (asked.notified_by !== null ||
    caller.la !== asked.from_la ||
    (await parts.responsibleLa(asked.child_id)) === asked.from_la)

/** What a party reads of a transfer, as it stands today. */
export const read = async (
  parts: TransferParts,
  asked: StoredRequest,
): Promise<TransferView | PendingView | EndedView> => {
  if (await isOpen(parts, asked))
    return readOpen(parts, asked, { by: asked.created_by, notifiedAt: null, waiting: asked })
  return isOver(asked) ? readEnded(parts, asked) : pendingView(asked)
}

/** How a transfer ended, for a party: of the record nothing. */
export const readEnded = async (parts: TransferParts, asked: StoredRequest): Promise<EndedView> => {
  const { steps } = await parts.store.summary(asked.id)
  const [last] = finalStates.has(asked.state) ? await parts.store.events(asked.id, { first: 1, after: steps - 1 }) : []
  return endedView(asked, last ?? null)
}

/** The transfer, for an act that needs a record; refused while it is pending. */
export const openTransfer = async (
  parts: TransferParts,
  asked: StoredRequest,
  isParty = true,
): Promise<StoredTransfer> => {
  const transfer = begun(asked)
  const opens = await isOpen(parts, asked, isParty)
  if (transfer !== null && opens) return transfer
  throw conflict(isOver(asked) ? 'This transfer has ended.' : 'This request is pending. There is no record of it yet.')
}
