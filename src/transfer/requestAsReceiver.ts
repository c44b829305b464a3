import { randomUUID } from 'node:crypto'
import { Refusal } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import { isOpen, isOver, readOpen } from './openTransfer.ts'
import { waitsSince } from './pendingRequests.ts'
import { conflict } from './refusals.ts'
import { type CheckedInput, keyOf } from './requestInput.ts'
import type { TransferKeyColumns } from './store.ts'
import { begun, type StoredRequest } from './storedTransfer.ts'
import type { TransferParts } from './transferParts.ts'
import { type PendingView, pendingView, type TransferView } from './transferView.ts'

/** Requests that one organisation may have waiting: what nobody bears out is text that somebody sent. */
export const mostPending = 100

/**
 * The receiving authority asks. What nothing bears out is kept as it was sent, and not looked into any further: for a
 * child of whom there is no such record, whoever is responsible, the same is done and answered as for an id that no
 * child has.
 */
export const ask = async (
  parts: TransferParts,
  caller: Caller,
  input: CheckedInput,
): Promise<TransferView | PendingView> => {
  const key = await keyOf(parts, input)
  const found = await parts.store.findByKey(key)
  const lapsed = found?.state === 'PENDING' && found.created_at < waitsSince(parts.clock)
  const waiting = lapsed ? null : found
  const asked = waiting ?? requestOf(parts, caller, input, key)
  if (await isOpen(parts, asked)) return readOpen(parts, asked, { by: input.by, notifiedAt: input.notifiedAt, waiting })
  const over = waiting && isOver(waiting) ? begun(waiting) : null
  if (over) {
    await parts.store.setState(over, 'CLOSED', { at: now(parts), state: 'CLOSED', by: input.by, note: runOut })
    return pendingView(await keep(parts, requestOf(parts, caller, input, key)))
  }
  return pendingView(waiting ?? (await keep(parts, asked)))
}

const runOut = 'Its clock has run out, and what it was made for is no longer on record.'
const now = ({ clock }: TransferParts): string => clock.now().toISOString()

const requestOf = (
  parts: TransferParts,
  caller: Caller,
  input: CheckedInput,
  key: TransferKeyColumns,
): StoredRequest => ({
  ...key,
  id: randomUUID(),
  state: 'PENDING',
  version: 0,
  notified_at: input.notifiedAt,
  clock_start: null,
  clock_rule: null,
  working_days: null,
  due_on: null,
  created_at: now(parts),
  created_by: input.by,
  notified_by: null,
  asked_by: caller.organisation,
})

const keep = async (parts: TransferParts, request: StoredRequest): Promise<StoredRequest> => {
  const limit = { most: mostPending, since: waitsSince(parts.clock) }
  if (!(await parts.store.keep(request, limit))) throw new Refusal('TOO_MANY_PENDING')
  const stored = await parts.store.findByKey(request)
  if (stored === null) throw conflict('The request could not be kept. Ask again.')
  return stored
}
