import { Refusal } from '../foundation/errors.ts'
import { imageryIn } from '../foundation/refuseImagery.ts'
import type { Caller } from '../policy/caller.ts'
import { actorOf } from './actor.ts'
import { mayEnd } from './authorise.ts'
import { findFor, openTransfer, readEnded } from './openTransfer.ts'
import { badInput, conflict, demand } from './refusals.ts'
import type { NewEvent, StoredTransfer } from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import type { FinalState } from './transferTypes.ts'
import type { EndedView } from './transferView.ts'
import { present } from './versions.ts'

/** How a transfer is ended, and why. */
export interface Ending {
  readonly state: FinalState
  readonly reason: string
}

const longestReason = 500

/**
 * One of the two authorities ends a transfer: from then on it opens nothing, to either. What a record bears out, or the
 * sending authority notifies, may be asked for anew.
 */
export const end = async (
  parts: TransferParts,
  caller: Caller,
  transferId: string,
  { reason, state }: Ending,
): Promise<EndedView> => {
  const found = await findFor(parts, caller, transferId)
  demand(mayEnd(caller, found && { fromLa: found.from_la, toLa: found.to_la }, state))
  const note = reasonIn(reason)
  const transfer = await openTransfer(parts, present(found))
  if (state === 'CLOSED' && !isAcknowledged(transfer))
    throw conflict('The receiving authority has not acknowledged the latest version. Withdraw or reject it, or wait.')
  const event: NewEvent = { at: parts.clock.now().toISOString(), state, by: actorOf(caller), note }
  if (!(await parts.store.setState(transfer, state, event)))
    throw conflict('The record has got another version meanwhile. Read it before you end the transfer.')
  return readEnded(parts, { ...transfer, state })
}

const reasonIn = (reason: string): string => {
  const text = reason.trim()
  if (text === '') throw badInput('Say why the transfer ends.')
  if (text.length > longestReason) throw badInput(`A reason has at most ${longestReason} characters.`)
  if (imageryIn(text) !== 'NONE') throw new Refusal('IMAGERY_PROHIBITED')
  return text
}

/** States of a latest version that nobody of the receiving authority has said to have read. */
const unread: readonly StoredTransfer['state'][] = ['NOTIFIED', 'REQUESTED', 'COMPILING', 'SENT', 'RECEIVED', 'AMENDED']

const isAcknowledged = ({ state }: StoredTransfer): boolean => !unread.includes(state)
