import { Refusal } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import { actorOf } from './actor.ts'
import { mayRead, maySpeak } from './authorise.ts'
import { findFor, isOpen, isOver, openTransfer, readEnded } from './openTransfer.ts'
import { badInput, demand } from './refusals.ts'
import { receiptType, sign } from './sign.ts'
import { contentOf, type StoredContribution, type StoredTransfer } from './storedTransfer.ts'
import { supplierFor } from './suppliers.ts'
import type { TransferParts } from './transferParts.ts'
import type { Contribution, SupplierContent, SupplierState } from './transferTypes.ts'
import {
  type EndedView,
  type SupplierEnded,
  type SupplierReceipt,
  supplierEnded,
  supplierView,
  type TransferView,
} from './transferView.ts'
import { compileNext, readTransfer } from './versions.ts'

const longestReason = 500
const carriesImage = /data:|https?:\/\/|[A-Za-z0-9+/]{120,}/i

/**
 * A supplier says that its part is in the record, or why it is not. A new version is compiled, so that what it confirms
 * is what is sent. Whoever is neither a party nor a supplier learns nothing, not even that the transfer exists. What is
 * withheld stays so when the transfer ends, or its end would open it; only the supplier takes that back, also then.
 */
export const contribute = async (
  parts: TransferParts,
  caller: Caller,
  transferId: string,
  state: SupplierState,
  reason: string | null,
): Promise<TransferView | EndedView | SupplierReceipt | SupplierEnded> => {
  const asked = await findFor(parts, caller, transferId)
  const latest = asked && (await parts.store.latest(asked.id))
  const supplier = latest ? supplierFor(contentOf(latest).completeness.suppliers, caller, parts.contracts) : null
  if (asked === null || supplier === null) throw new Refusal('NOT_A_PARTY')
  demand(maySpeak(caller))
  const said = wordOf(state, reason)
  const { agency, force, la } = supplier
  const at = parts.clock.now().toISOString()
  const contribution: StoredContribution = { agency, la, force, ...said, at, by: actorOf(caller) }
  const isParty = mayRead(caller, { fromLa: asked.from_la, toLa: asked.to_la }) === 'ALLOWED'
  if (isOver(asked) && said.state !== 'WITHHELD' && !(await isOpen(parts, asked, isParty))) {
    await parts.store.takeBack(asked.id, contribution)
    const ended = await readEnded(parts, asked)
    return isParty ? ended : supplierEnded(ended)
  }
  const transfer = await openTransfer(parts, asked, isParty)
  if (isParty) await parts.demandPlaces(asked.child_id)
  const view = (await alreadySaid(parts, transfer, contribution))
    ? await readTransfer(parts, transfer)
    : await compileNext(parts, transfer, { by: contribution.by, contribution })
  return isParty ? view : receiptFor(parts, view, supplier)
}

const wordOf = (state: SupplierState, reason: string | null): Pick<Contribution, 'state' | 'reason'> => {
  if (state !== 'CONTRIBUTED' && state !== 'NOTHING_HELD' && state !== 'WITHHELD')
    throw badInput('A supplier says CONTRIBUTED, NOTHING_HELD or WITHHELD.')
  const text = reason?.trim() ?? ''
  if (text.length > longestReason) throw badInput(`A reason has at most ${longestReason} characters.`)
  if (carriesImage.test(text)) throw new Refusal('IMAGERY_PROHIBITED')
  if (state !== 'CONTRIBUTED' && text === '') throw badInput('Say why nothing is held or something is withheld.')
  return { state, reason: text === '' ? null : text }
}

/** The same word from the same person makes no new version. */
const alreadySaid = async (parts: TransferParts, { id }: StoredTransfer, one: StoredContribution): Promise<boolean> =>
  (await parts.store.contributions(id)).some(
    ({ agency, by, force, la, reason, state }) =>
      agency === one.agency &&
      la === one.la &&
      force === one.force &&
      state === one.state &&
      reason === one.reason &&
      by === one.by,
  )

const receiptFor = async (
  parts: TransferParts,
  view: TransferView,
  supplier: SupplierContent,
): Promise<SupplierReceipt> => {
  const same = ({ agency, force, la }: SupplierContent): boolean =>
    agency === supplier.agency && force === supplier.force && la === supplier.la
  const own = view.completeness.suppliers.find(same) ?? supplier
  const receipt = { format: 'wholeview-transfer-receipt/1', id: view.id, version: view.version, supplier: own }
  return supplierView(view, own, await sign(receipt, parts.key, receiptType))
}
