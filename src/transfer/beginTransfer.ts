import { randomUUID } from 'node:crypto'
import type { AuthorisedChild } from '../disclosure/requestContext.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Refusal } from '../foundation/errors.ts'
import { calendarYears } from '../foundation/workingTime.ts'
import { badInput, conflict } from './refusals.ts'
import type { NewEvent, StoredRequest, StoredTransfer } from './storedTransfer.ts'
import { clockRules, type RunningClock, startClock } from './transferClock.ts'
import type { TransferParts } from './transferParts.ts'
import type { SupportedType } from './transferTypes.ts'
import type { TransferView } from './transferView.ts'
import { compileNext } from './versions.ts'

/** A transfer that opens, to be begun: by whose word, and what was waiting for it. */
export interface Beginning {
  readonly childId: string
  readonly fromLa: string
  readonly toLa: string
  readonly type: SupportedType
  /** ISO 8601 in UTC: the written notification, where whoever begins it gave its date. */
  readonly notifiedAt: string | null
  readonly by: string
  readonly isNotified: boolean
  /** The request that waited for it; null when none did. */
  readonly waiting: StoredRequest | null
}

const dayInMilliseconds = 86_400_000

/** A notification may be dated a day ahead of the gateway's clock, and no more. */
export const latestNotification = (clock: Clock): number =>
  Math.max(clock.today().getTime(), clock.now().getTime()) + dayInMilliseconds

export const unknownYears = (): Refusal =>
  badInput(`Working days are known from ${calendarYears.first} to ${calendarYears.last} only.`)

/** Starts the clock, keeps the transfer and compiles its first version. Null when another request began it first. */
export const begin = async (parts: TransferParts, beginning: Beginning): Promise<TransferView | null> => {
  const { by, childId, isNotified, waiting } = beginning
  // The receiving authority's grant rests on the transfer itself: it is judged once that has begun.
  if (isNotified) await parts.demandPlaces(childId)
  const child = await parts.openForRecipient(childId, beginning.toLa)
  if (child === null) throw conflict('The record cannot be compiled: the child can no longer be opened.')
  const { clockStart, clockRule, workingDays, dueOn } = await clockOf(parts, child, beginning)
  const createdAt = parts.clock.now().toISOString()
  const transfer: StoredTransfer = {
    id: waiting?.id ?? randomUUID(),
    child_id: childId,
    type: beginning.type,
    from_la: beginning.fromLa,
    to_la: beginning.toLa,
    state: 'REQUESTED',
    version: 0,
    notified_at: clockStart,
    clock_start: clockStart,
    clock_rule: clockRule,
    working_days: workingDays,
    due_on: dueOn,
    created_at: createdAt,
    created_by: by,
    notified_by: isNotified ? by : null,
    asked_by: waiting?.asked_by ?? null,
    kept_for: null,
  }
  const begun = await parts.store.begin(transfer, eventsOf(beginning, clockStart, createdAt))
  return begun && compileNext(parts, begun, { by, contribution: null, child })
}

/** Only the sending authority can have notified: what the receiving one says of a notification is a request. */
const eventsOf = ({ by, isNotified, waiting }: Beginning, clockStart: string, at: string): readonly NewEvent[] => [
  ...(waiting
    ? [{ at: waiting.created_at, state: 'PENDING', by: waiting.created_by, note: 'Asked for.' } as const]
    : []),
  ...(isNotified ? [{ at: clockStart, state: 'NOTIFIED', by, note: 'By the sending authority.' } as const] : []),
  { at, state: 'REQUESTED', by, note: isNotified ? 'Sent by the sending authority.' : shownByRecord },
]

const shownByRecord =
  'Asked for by the receiving authority: a record of another organisation shows the child in its area. The sending authority has not notified it.'

const clockOf = async (parts: TransferParts, child: AuthorisedChild, beginning: Beginning): Promise<RunningClock> => {
  const given = beginning.notifiedAt ?? (await placementStart(child, beginning)) ?? parts.clock.today().toISOString()
  const started = startClock(beginning.type, given)
  if (started === null) throw unknownYears()
  return started
}

/** The start of the placement that is open in the receiving area, for a child placed out. */
const placementStart = async (child: AuthorisedChild, { toLa, type }: Beginning): Promise<string | null> => {
  if (clockRules[type].startsAt !== 'PLACEMENT_START') return null
  const { socialCare } = await child.answers()
  if (socialCare.state !== 'ANSWERED') return null
  const open = socialCare.records.rows('placements').filter((row) => row['la'] === toLa && !row['to'])
  const from = open.map((row) => row['from']).filter((value): value is string => typeof value === 'string')
  const latest = from.toSorted().at(-1)
  return latest === undefined ? null : `${latest.slice(0, 10)}T00:00:00.000Z`
}
