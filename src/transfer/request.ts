import { randomUUID } from 'node:crypto'
import type { Caller } from '../auth/caller.ts'
import type { OpenChild } from '../context.ts'
import { actorOf } from './actor.ts'
import { mayRead } from './authorise.ts'
import { clockRules, type RunningClock, startClock } from './clock.ts'
import type { DeskParts } from './desk.ts'
import { badInput, conflict, demand } from './refuse.ts'
import type { StoredEvent, StoredTransfer } from './store.ts'
import { finalStates, isSupported, type SupportedType, supportedTypes } from './types.ts'
import { compileNext, readTransfer } from './versions.ts'
import type { TransferView } from './view.ts'
import { calendarYears } from './workingDays.ts'

export interface RequestInput {
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  /** A value of `TransferType`. */
  readonly type: string
  /** ISO 8601; when left out, the placement's start for a child placed out, else now. */
  readonly notifiedAt?: string | null
}

const dayInMilliseconds = 86_400_000

/**
 * Asks for, or sends, a record. Asking again gives the same transfer. The receiving authority may ask before it has any
 * relationship to the child, because the written notification names it; what protects the child then is that the sending
 * authority is derived from data and must be right, and that both authorities read in the history who asked.
 */
export const request = async (parts: DeskParts, caller: Caller, input: RequestInput): Promise<TransferView> => {
  const { childId, fromLa, toLa, type } = input
  demand(mayRead(caller, { fromLa, toLa }))
  if (!isSupported(type)) throw badInput(`This gateway transfers ${supportedTypes.join(' and ')} now; ${type} not yet.`)
  if (fromLa === toLa) throw badInput('A transfer goes from one authority to another.')
  if (![fromLa, toLa].every((la) => parts.registry.authorities.has(la))) throw badInput('There is no such authority.')
  const existing = await parts.store.findByKey({ child_id: childId, type, from_la: fromLa, to_la: toLa })
  if (existing) return again(parts, existing)
  return begin(parts, caller, { ...input, type })
}

const again = (parts: DeskParts, existing: StoredTransfer): Promise<TransferView> => {
  if (finalStates.has(existing.state)) throw conflict('This transfer has ended.')
  return readTransfer(parts, existing)
}

const begin = async (
  parts: DeskParts,
  caller: Caller,
  input: RequestInput & { readonly type: SupportedType },
): Promise<TransferView> => {
  const { childId, fromLa, toLa, type } = input
  const child = await parts.openForRecipient(childId, toLa)
  // One sentence for "no such child" and "not that authority's child": a gateway id cannot be tried out here.
  if (child === null || child.facts.responsibleLa !== fromLa)
    throw conflict(
      `${fromLa} is not recorded as responsible for a child with this id, or its record could not be reached.`,
    )
  const started = await clockOf(parts, child, input)
  const by = actorOf(caller)
  const createdAt = parts.clock.now().toISOString()
  const transfer: StoredTransfer = {
    id: randomUUID(),
    child_id: childId,
    type,
    from_la: fromLa,
    to_la: toLa,
    state: 'REQUESTED',
    version: 0,
    notified_at: started.clockStart,
    clock_start: started.clockStart,
    clock_rule: started.clockRule,
    working_days: started.workingDays,
    due_on: started.dueOn,
    created_at: createdAt,
    created_by: by,
  }
  const events: StoredEvent[] = [
    { at: started.clockStart, state: 'NOTIFIED', by, note: clockRules[type].rule },
    { at: createdAt, state: 'REQUESTED', by, note: noteOf(caller, child, toLa) },
  ]
  if (await parts.store.create(transfer, events)) return compileNext(parts, transfer, { by, contribution: null, child })
  const first = await parts.store.findByKey(transfer)
  if (first === null) throw conflict('The transfer could not be made. Ask again.')
  return again(parts, first)
}

const noteOf = (caller: Caller, child: OpenChild, toLa: string): string => {
  if (caller.la !== toLa) return 'Sent by the sending authority.'
  return child.facts.areaLa === toLa
    ? 'Asked for by the receiving authority, in whose area the child is recorded.'
    : 'Asked for by the receiving authority on its word that it was notified: the child is not recorded in its area.'
}

const clockOf = async (
  parts: DeskParts,
  child: OpenChild,
  input: RequestInput & { readonly type: SupportedType },
): Promise<RunningClock> => {
  const today = parts.clock.today()
  const latest = Math.max(today.getTime(), parts.clock.now().getTime()) + dayInMilliseconds
  const given = input.notifiedAt ?? (await placementStart(child, input)) ?? today.toISOString()
  const at = Date.parse(given)
  if (Number.isNaN(at) || at > latest) throw badInput('The notification must be an instant that is not in the future.')
  const started = startClock(input.type, new Date(at).toISOString())
  if (started === null)
    throw badInput(`Working days are known from ${calendarYears.first} to ${calendarYears.last} only.`)
  return started
}

/** The start of the placement that is open in the receiving area, for a child placed out. */
const placementStart = async (
  child: OpenChild,
  { toLa, type }: RequestInput & { readonly type: SupportedType },
): Promise<string | null> => {
  if (clockRules[type].startsAt !== 'PLACEMENT_START') return null
  const { socialCare } = await child.answers()
  if (socialCare.state !== 'ANSWERED') return null
  const open = socialCare.records.rows('placements').filter((row) => row['la'] === toLa && !row['to'])
  const from = open.map((row) => row['from']).filter((value): value is string => typeof value === 'string')
  const latest = from.toSorted().at(-1)
  return latest === undefined ? null : `${latest.slice(0, 10)}T00:00:00.000Z`
}
