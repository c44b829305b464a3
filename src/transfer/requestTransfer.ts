import type { Caller } from '../policy/caller.ts'
import { actorOf } from './actor.ts'
import { mayRead } from './authorise.ts'
import { latestNotification, unknownYears } from './beginTransfer.ts'
import { badInput, demand } from './refusals.ts'
import { ask } from './requestAsReceiver.ts'
import type { RequestInput } from './requestInput.ts'
import { notify } from './senderNotification.ts'
import { startClock } from './transferClock.ts'
import type { TransferParts } from './transferParts.ts'
import { isTransferType } from './transferTypes.ts'
import type { PendingView, TransferView } from './transferView.ts'

const longestId = 100

/**
 * Asks for a record, as the authority that receives it, or sends it, as the one that keeps the case. Asking again gives
 * the same transfer. What is refused here is refused before anything is looked up of the child.
 */
export const request = async (
  parts: TransferParts,
  caller: Caller,
  input: RequestInput,
): Promise<TransferView | PendingView> => {
  const { childId, fromLa, toLa, type } = input
  demand(mayRead(caller, { fromLa, toLa }))
  if (!isTransferType(type)) throw badInput('There is no such kind of transfer.')
  if (fromLa === toLa) throw badInput('A transfer goes from one authority to another.')
  if (![fromLa, toLa].every((la) => parts.registry.authorities.has(la))) throw badInput('There is no such authority.')
  if (childId.length > longestId) throw badInput(`The id of a child has at most ${longestId} characters.`)
  const checked = { ...input, type, notifiedAt: notificationOf(parts, input), by: actorOf(caller) }
  return caller.la === fromLa ? notify(parts, checked) : ask(parts, caller, checked)
}

const notificationOf = (parts: TransferParts, { notifiedAt }: RequestInput): string | null => {
  if (notifiedAt === null || notifiedAt === undefined) return null
  const at = Date.parse(notifiedAt)
  if (Number.isNaN(at) || at > latestNotification(parts.clock))
    throw badInput('The notification must be an instant that is not in the future.')
  if (startClock('CP_TRANSFER_IN', new Date(at).toISOString()) === null) throw unknownYears()
  return new Date(at).toISOString()
}
