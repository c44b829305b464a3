import type { MessageEvent, Recipient, StoredMessage } from './message.ts'
import type { AnswerRule, MessageKind } from './messageKind.ts'

/** Where one addressee stands. */
export interface RecipientState {
  readonly recipient: Recipient
  readonly state: 'WAITING' | 'ANSWERED' | 'DECLINED' | 'TOLD'
  readonly answer: MessageEvent | null
  readonly seenAt: string | null
  readonly assignedTo: string | null
  readonly dueAt: string | null
  readonly overdue: boolean
}

/** Where a message stands at an instant. */
export interface MessageState {
  /** TOLD: nobody owes an answer. ANSWERED: everybody who did has, and whoever sent it has yet to end it. */
  readonly state: 'OPEN' | 'ANSWERED' | 'TOLD' | 'CLOSED'
  readonly recipients: readonly RecipientState[]
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly overdue: boolean
  /** Every due time that it ever had, oldest first. */
  readonly dueTimes: readonly string[]
  /** Counted from 1, of a kind that has stages. */
  readonly stage: number
  readonly events: readonly MessageEvent[]
}

const isBefore = (at: string, asOf: string): boolean => Date.parse(at) <= Date.parse(asOf)

/**
 * What stood at an instant: a fold over what was sent and what became of it. Pure, so that a question about last
 * Tuesday has the answer that it had last Tuesday.
 */
export function stateAt(message: StoredMessage, kind: MessageKind, asOf: string): MessageState {
  const { heading } = message
  const events = message.events.filter(({ at }) => isBefore(at, asOf))
  const ruleOf = (event: MessageEvent): AnswerRule | null =>
    kind.answers.find(({ name }) => name === event.kind) ?? null
  const isClosed = kind.closed === true || events.some((event) => ruleOf(event)?.settles === 'ALL')
  const timed = events.filter(
    ({ recipient, dueAt, dueRule }) => recipient === null && (dueAt !== null || dueRule !== null),
  )
  const latest = timed.at(-1) ?? heading
  const ofWhole = kind.dueIsOfWhole?.(heading.fields) === true
  const recipients = message.recipients
    .filter(({ addedAt }) => isBefore(addedAt, asOf))
    .map((recipient) => recipientState(recipient, { events, ruleOf, isClosed, asOf, latest, ofWhole }))
  const isLate = latest.dueAt !== null && isOver(latest.dueAt, asOf)
  const overdue = !isClosed && (recipients.some((each) => each.overdue) || (isLate && (ofWhole || isOwed(recipients))))
  return {
    state: overallState(isClosed, recipients),
    recipients,
    dueAt: latest.dueAt,
    dueRule: latest.dueRule,
    overdue,
    dueTimes: [heading, ...timed].flatMap(({ dueAt }) => (dueAt === null ? [] : [dueAt])),
    stage: Math.max(
      1,
      ...events.map(({ fields }) => (typeof fields['stage'] === 'number' ? fields['stage'] : 1)),
      stageOf(heading),
    ),
    events,
  }
}

const stageOf = ({ fields }: StoredMessage['heading']): number =>
  typeof fields['stage'] === 'number' ? fields['stage'] : 1

const isOver = (dueAt: string, asOf: string): boolean => Date.parse(dueAt) < Date.parse(asOf)

/** Whether anybody still owes an answer. */
const isOwed = (recipients: readonly RecipientState[]): boolean => recipients.some(({ state }) => state === 'WAITING')

interface Looked {
  readonly events: readonly MessageEvent[]
  readonly ruleOf: (event: MessageEvent) => AnswerRule | null
  readonly isClosed: boolean
  readonly asOf: string
  readonly latest: { readonly dueAt: string | null }
  /** The due time is that of the message's end, and of nobody's answer. */
  readonly ofWhole: boolean
}

function overallState(isClosed: boolean, recipients: readonly RecipientState[]): MessageState['state'] {
  if (isClosed) return 'CLOSED'
  if (isOwed(recipients)) return 'OPEN'
  return recipients.some(({ answer }) => answer !== null) ? 'ANSWERED' : 'TOLD'
}

function recipientState(
  recipient: Recipient,
  { events, ruleOf, isClosed, asOf, latest, ofWhole }: Looked,
): RecipientState {
  const own = events.filter((event) => event.recipient === recipient.place)
  const reopened = own.findLastIndex(({ kind }) => kind === 'REOPENED')
  const since = own.slice(reopened + 1)
  const answer = since.findLast((event) => ruleOf(event)?.settles != null) ?? null
  const dueAt = own[reopened]?.dueAt ?? recipient.dueAt ?? (ofWhole ? null : latest.dueAt)
  const lateAfter = dueAt ?? latest.dueAt
  const owes = recipient.duty === 'ANSWER' || reopened >= 0
  const waits = owes && answer === null && !isClosed
  return {
    recipient,
    state: stateOf(owes && !isClosed, answer),
    answer,
    seenAt: own.find(({ kind }) => kind === 'SEEN')?.at ?? null,
    assignedTo: textOr(own.findLast(({ kind }) => kind === 'ASSIGNED')?.fields['to']),
    dueAt,
    overdue: waits && lateAfter !== null && isOver(lateAfter, asOf),
  }
}

const stateOf = (owes: boolean, answer: MessageEvent | null): RecipientState['state'] => {
  if (answer) return answer.kind === 'DECLINED' ? 'DECLINED' : 'ANSWERED'
  return owes ? 'WAITING' : 'TOLD'
}

const textOr = (value: unknown): string | null => (typeof value === 'string' ? value : null)
