import { randomUUID } from 'node:crypto'
import { Refusal } from '../foundation/errors.ts'
import {
  authorOf,
  type ExchangeParts,
  forbidden,
  hashOf,
  keyIn,
  ownMailboxes,
  readFields,
  refusalOf,
  refuseFuture,
  unknown,
} from './exchangeParts.ts'
import { eachOnce } from './involvedOrganisations.ts'
import { refuseImages } from './judgementalWording.ts'
import { kindNamed } from './kinds/index.ts'
import { mailboxOf } from './mailboxes.ts'
import type { Fields, MessageEvent, Recipient, StoredMessage } from './message.ts'
import {
  type AnswerRule,
  type Standing as Around,
  dueColumns,
  type MessageKind,
  reportKind,
  type Speaker,
  shape,
  text,
} from './messageKind.ts'
import { stateAt } from './messageState.ts'
import type { Change } from './messageStore.ts'
import { reopened } from './reopenDeclined.ts'
import { recipientsOf, sendingOf, sentBefore } from './send.ts'

/** What can be done with a message of every kind. */
const common: readonly AnswerRule[] = [
  { name: 'SEEN', mutation: 'seeMessage', by: 'ADDRESSEE', fields: shape({}), settles: null, afterwards: true },
  {
    name: 'ASSIGNED',
    mutation: 'assignMessage',
    by: 'ADDRESSEE',
    fields: shape({ to: text }),
    settles: null,
    afterwards: true,
  },
  { name: 'REPLY', mutation: 'replyToMessage', by: 'EITHER', fields: shape({ text }), settles: null, afterwards: true },
  {
    name: 'ESCALATED',
    mutation: 'escalateMessage',
    by: 'EITHER',
    fields: shape({ reason: text }),
    settles: null,
    // To the managers of the side that has not answered, where that is an authority.
    alsoTo: (_, sending, { recipients }) =>
      recipients.flatMap(({ party }) =>
        sending.registry.authorities.has(party)
          ? [{ party, service: 'MANAGERS' as const, duty: 'ANSWER' as const }]
          : [],
      ),
  },
]

/** Where the caller stands towards a message. */
interface Standing {
  readonly isSender: boolean
  readonly own: readonly Recipient[]
}

export const speakerOf = ({ isSender, own }: Standing): Speaker => ({
  isSender,
  services: own.map(({ service }) => service),
})

/** How a caller is party to a message; null for everybody else, who cannot know of it. */
export function standingOf(parts: ExchangeParts, message: StoredMessage, asOf: string): Standing | null {
  const mailboxes = ownMailboxes(parts.caller)
  const { fromMailbox, labels, sentAt } = message.heading
  if (Date.parse(sentAt) > Date.parse(asOf)) return null
  const isSender = mailboxes.includes(fromMailbox)
  const own = labels.some((label) => parts.hides(label))
    ? []
    : message.recipients.filter(
        ({ mailbox, role, addedAt }) =>
          mailbox !== null &&
          mailboxes.includes(mailbox) &&
          (role === null || role === parts.caller.role) &&
          Date.parse(addedAt) <= Date.parse(asOf),
      )
  return isSender || own.length > 0 ? { isSender, own } : null
}

/** A message to which the caller is party. @throws Refusal for what is unknown and for what is others', alike. */
export async function partyTo(parts: ExchangeParts, id: string, asOf: string): Promise<StoredMessage> {
  ownMailboxes(parts.caller)
  const message = await parts.store.byIdFor(parts.caller, id)
  if (!message || !standingOf(parts, message, asOf)) throw unknown()
  if (!(await parts.tokenReaches(message.heading.childId))) throw unknown()
  return message
}

/** Answers a message, or does with it what every message allows. */
export async function answer(
  parts: ExchangeParts,
  mutation: string,
  id: string,
  input: unknown,
  key: string | null | undefined,
): Promise<StoredMessage> {
  refuseImages(input)
  const now = parts.now()
  const at = now.toISOString()
  const found = await partyTo(parts, id, at)
  const kind = kindNamed(found.heading.kind)
  const rule = [...kind.answers, ...common].find((each) => each.mutation === mutation)
  if (!rule)
    throw new Refusal('CONFLICT', {
      message: 'A message of this kind is not answered so.',
      extensions: { reason: 'KIND' },
    })
  const fields = readFields(rule.fields, input)
  refuseFuture(fields, now)
  const written = { key: keyIn(key), contentHash: hashOf({ id, mutation, fields }) }
  const before = await sentBefore(parts, written)
  if (before) return before
  const { childId } = found.heading
  const facts = childId === null ? null : await parts.facts(childId)
  const around = await sendingOf(parts, childId, facts, now)
  // By the procedures under which it was sent, whatever holds today.
  const sending = {
    ...around,
    procedures: parts.proceduresById(found.heading.procedures) ?? around.procedures,
    standing: rule.guardedBy === 'STANDING' ? await ownStanding(parts, childId, at) : around.standing,
  }
  const changes = (message: StoredMessage, auditId: string): readonly Change[] => {
    const standing = standingOf(parts, message, at)
    if (!standing) throw unknown()
    return changesOf({ parts, kind, rule, fields, standing, message, at, sending, facts }, { ...written, auditId })
  }
  // What is refused leaves no entry that says it was done; what races is decided again while nobody else can change it.
  if (changes(found, '').length === 0) return found
  const auditId = await parts.record(`message ${id}`)
  await parts.store.change(id, (message) => changes(message, auditId))
  return (await parts.store.byId(id)) ?? found
}

/** Reports about a child to which the caller is party: a refusal must not tell of others' messages. */
async function ownStanding(parts: ExchangeParts, childId: string | null, at: string): Promise<Around> {
  const reports = childId === null ? [] : await parts.store.ofChild(childId, reportKind)
  return { reports: reports.filter((message) => standingOf(parts, message, at) !== null), concerns: [] }
}

interface Answering {
  readonly parts: ExchangeParts
  readonly kind: MessageKind
  readonly rule: AnswerRule
  readonly fields: Fields
  readonly standing: Standing
  readonly message: StoredMessage
  readonly at: string
  readonly sending: Awaited<ReturnType<typeof sendingOf>>
  readonly facts: Parameters<ExchangeParts['reachable']>[0] | null
}

/** The events that an answer comes to, decided while nobody else can change the message. */
function changesOf(answering: Answering, written: Change['written']): readonly Change[] {
  const { at, facts, fields, kind, message, parts, rule, sending } = answering
  const place = answeringPlace(answering)
  if (rule.openTo?.(message, speakerOf(answering.standing), sending.procedures) === false)
    throw forbidden('NOT_AT_THIS_STAGE')
  const state = stateAt(message, kind, at)
  if (state.state === 'CLOSED' && !rule.afterwards)
    throw new Refusal('CONFLICT', { message: 'This message has ended.', extensions: { reason: 'CLOSED' } })
  const own = state.recipients.find(({ recipient }) => recipient.place === place)
  if (rule.name === 'SEEN' && own?.seenAt) return []
  if (rule.settles === 'OWN' && own?.answer)
    throw new Refusal('CONFLICT', { message: 'You have answered this.', extensions: { reason: 'ANSWERED' } })
  if (rule.once && message.events.some(({ kind: said }) => said === rule.name))
    throw new Refusal('CONFLICT', { message: 'That was said already.', extensions: { reason: 'ANSWERED' } })
  const refused = rule.refuse?.(fields, sending, message)
  if (refused !== null && refused !== undefined)
    throw refusalOf(typeof refused === 'string' ? { code: 'CONFLICT', reason: 'REFUSED', message: refused } : refused)
  const event: MessageEvent = {
    id: randomUUID(),
    at,
    kind: rule.name,
    // What gives everybody another due time is nobody's own.
    recipient: rule.due ? null : place,
    by: authorOf(parts.caller),
    fields: rule.complete?.(fields, sending, message) ?? fields,
    ...dueColumns(rule.due?.(fields, sending, message)),
  }
  const known = new Set(message.recipients.map(({ party, service }) => mailboxOf(party, service)))
  const further = eachOnce(rule.alsoTo?.(fields, sending, message) ?? []).filter(
    ({ party, service }) => !known.has(mailboxOf(party, service)),
  )
  const placing = { to: further, facts, fromMailbox: message.heading.fromMailbox, first: message.recipients.length, at }
  const asked = new Set(rule.asksAgain?.(fields))
  const again = rule.againDue?.(sending) ?? { at: null, rule: '' }
  return [
    { event, written, settles: rule.settles, recipients: recipientsOf(parts, kind, placing) },
    ...message.recipients
      .filter(({ mailbox, party }) => mailbox !== null && asked.has(party))
      .map(({ place: asksPlace }) => reopened(asksPlace, sending.now, again, written.auditId)),
  ]
}

/** The addressee for whom the caller answers; null for the sender. */
function answeringPlace({ rule, standing }: Answering): number | null {
  const [own] = standing.own
  if (rule.by === 'SENDER' && !standing.isSender) throw forbidden('ONLY_THE_SENDER')
  if (rule.by === 'ADDRESSEE' && !own) throw forbidden('ONLY_AN_ADDRESSEE')
  if (rule.by === 'SENDER') return null
  return own?.place ?? null
}
