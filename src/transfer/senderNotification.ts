import { kindOnRecord } from '../facts/transferBorneOut.ts'
import { ukDay } from '../records/dayAndAge.ts'
import { begin } from './beginTransfer.ts'
import { demandKind } from './demandKind.ts'
import { isOpen } from './openTransfer.ts'
import { conflict } from './refusals.ts'
import { type CheckedInput, keyOf } from './requestInput.ts'
import { begun, type StoredTransfer } from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import type { TransferView } from './transferView.ts'
import { readTransfer } from './versions.ts'

/**
 * The sending authority notifies: it sends the record, or confirms what the receiving one has asked for. It must be
 * responsible for the child, and the kind must fit what is on record.
 */
export const notify = async (parts: TransferParts, input: CheckedInput): Promise<TransferView> => {
  const { by, childId, fromLa, toLa } = input
  const key = await keyOf(parts, input)
  const found = await parts.store.findByKey(key)
  const transfer = found && begun(found)
  if (transfer?.notified_by && (await isOpen(parts, transfer))) return readTransfer(parts, transfer)
  const evidence = await parts.evidence(childId)
  // One sentence for "no such child" and "not that authority's child": a gateway id cannot be tried out here.
  if (evidence.responsibleLa !== fromLa)
    throw conflict(
      `${fromLa} is not recorded as responsible for a child with this id, or its record could not be reached.`,
    )
  const supported = demandKind(input, kindOnRecord(input, evidence.periods, ukDay(parts.clock.today())))
  if (transfer) return confirm(parts, transfer, input)
  const view = await begin(parts, {
    ...{ childId, fromLa, toLa, by, type: supported },
    notifiedAt: input.notifiedAt,
    isNotified: true,
    waiting: found,
  })
  if (view) return view
  const first = await parts.store.findByKey(key)
  const other = first && begun(first)
  if (!other) throw conflict('The transfer could not be made. Ask again.')
  return confirm(parts, other, input)
}

/** The clock stays as it runs: both authorities have been reading it. */
const confirm = async (
  parts: TransferParts,
  transfer: StoredTransfer,
  { by, notifiedAt }: CheckedInput,
): Promise<TransferView> => {
  await parts.demandPlaces(transfer.child_id)
  const at = parts.clock.now().toISOString()
  const note = notifiedAt === null ? 'By the sending authority.' : `By the sending authority, as of ${notifiedAt}.`
  await parts.store.notify(transfer, { at, state: 'NOTIFIED', by, note })
  return readTransfer(parts, { ...transfer, notified_by: by })
}
