import { randomUUID } from 'node:crypto'
import { kindNamed } from './kinds/index.ts'
import { isDeclinedForHarm } from './kinds/informationRequest.ts'
import type { Author, MessageEvent, StoredMessage } from './message.ts'
import { type Due, dueColumns, type MessageKind } from './messageKind.ts'
import { stateAt } from './messageState.ts'
import type { Change, MessageStore } from './messageStore.ts'
import { clock, type Procedures } from './procedures.ts'

/** What opening an answer again needs. */
export interface ReopenParts {
  readonly store: MessageStore
  readonly proceduresById: (id: string) => Procedures | null
}

interface Reopening {
  readonly now: Date
  readonly auditId: string
}

/**
 * What was declined before is looked at again by whoever declined it, with a clock of its own; what they said then
 * stands as it was.
 */
export async function reopenEarlier(
  parts: ReopenParts,
  { reopens }: MessageKind,
  childId: string,
  reopening: Reopening,
): Promise<void> {
  if (!reopens) return
  for (const { heading } of await parts.store.declinedAbout(childId))
    await reopenIn(parts, heading.id, reopens, reopening)
}

const reopenIn = (
  { proceduresById, store }: ReopenParts,
  id: string,
  reopens: Reopens,
  { now, auditId }: Reopening,
): Promise<void> =>
  store.change(id, (message) => {
    const procedures = proceduresById(message.heading.procedures)
    if (message.heading.closedAt !== null || !procedures) return []
    return answersIn(message, reopens, now).map(({ place }) =>
      reopened(place, now, clock(procedures, 'informationRequest', now), auditId),
    )
  })

type Reopens = NonNullable<MessageKind['reopens']>

/** Answers that stand, of addressees who are to look at them again. */
const answersIn = (
  message: StoredMessage,
  reopens: Reopens,
  now: Date,
): readonly { readonly place: number; readonly answer: MessageEvent }[] =>
  stateAt(message, kindNamed(message.heading.kind), now.toISOString()).recipients.flatMap(({ answer, recipient }) =>
    answer !== null && reopens(message, answer) ? [{ place: recipient.place, answer }] : [],
  )

/** One who declined to say something, for harm to the child, and has not looked at it again. */
export interface Declined {
  readonly messageId: string
  readonly place: number
  readonly by: Author
  readonly at: string
}

/** All who declined so about a child. */
export async function declinedForHarm(store: MessageStore, childId: string, now: Date): Promise<readonly Declined[]> {
  return (await store.declinedAbout(childId)).flatMap((message) =>
    answersIn(message, isDeclinedForHarm, now).map(({ answer, place }) => ({
      ...{ messageId: message.heading.id, place, by: answer.by, at: answer.at },
    })),
  )
}

/** Has one of them decide again, unless they did meanwhile. */
export const reopenDeclined = (parts: ReopenParts, { at, messageId }: Declined, reopening: Reopening): Promise<void> =>
  reopenIn(parts, messageId, (message, answer) => answer.at === at && isDeclinedForHarm(message, answer), reopening)

/** That an addressee owes a further answer. The gateway says it for nobody in particular. */
export const reopened = (place: number, now: Date, due: Due, auditId: string): Change => ({
  event: {
    id: randomUUID(),
    at: now.toISOString(),
    kind: 'REOPENED',
    recipient: place,
    by: { organisation: 'gateway', role: 'EXCHANGE', person: 'gateway' },
    fields: {},
    ...dueColumns(due),
  },
  written: { key: null, contentHash: '', auditId },
  settles: 'REOPENS',
})
