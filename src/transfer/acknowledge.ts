import type { Caller } from '../policy/caller.ts'
import { actorOf } from './actor.ts'
import { mayAcknowledge } from './authorise.ts'
import { findFor, openTransfer } from './openTransfer.ts'
import { conflict, demand } from './refusals.ts'
import type { NewEvent, StoredTransfer } from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import { type TransferView, versionText } from './transferView.ts'
import { openedFor, present, readTransfer } from './versions.ts'

/**
 * A person of the receiving authority says that they read a version. It is that version only: whoever has an older one
 * on the screen is named, so that nobody stands for what they did not see.
 */
export const acknowledge = async (
  parts: TransferParts,
  caller: Caller,
  transferId: string,
  version: string,
): Promise<TransferView> => {
  const found = await findFor(parts, caller, transferId)
  demand(mayAcknowledge(caller, found && { fromLa: found.from_la, toLa: found.to_la }))
  const transfer = await openTransfer(parts, present(found))
  await parts.demandPlaces(transfer.child_id)
  if (transfer.version === 0 || version !== versionText(transfer.version))
    throw conflict(`The latest version is ${versionText(transfer.version)}. Read it before you acknowledge.`)
  if (!awaits(transfer)) return readTransfer(parts, transfer)
  const child = await openedFor(parts, transfer)
  const event: NewEvent = {
    at: parts.clock.now().toISOString(),
    state: 'ACKNOWLEDGED',
    by: actorOf(caller),
    note: `Version ${version} read`,
  }
  if (!(await parts.store.setState(transfer, 'ACKNOWLEDGED', event)))
    throw conflict('The record has got another version meanwhile. Read it before you acknowledge.')
  return readTransfer(parts, { ...transfer, state: 'ACKNOWLEDGED' }, child)
}

/** Acknowledging twice, or after a later state, changes nothing. */
const awaits = ({ state }: StoredTransfer): boolean => state === 'SENT' || state === 'RECEIVED' || state === 'AMENDED'
