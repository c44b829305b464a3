import { contactOfParty } from '../foundation/contactOf.ts'
import { speakerOf, standingOf } from './answerMessage.ts'
import type { ExchangeParts } from './exchangeParts.ts'
import { textsOf, wordingWarnings } from './judgementalWording.ts'
import { nextStage } from './kinds/disagreement.ts'
import { kindNamed } from './kinds/index.ts'
import type { Fields, FieldValue, MessageEvent, StoredMessage } from './message.ts'
import { type MessageKind, objectsIn } from './messageKind.ts'
import { type RecipientState, stateAt } from './messageState.ts'
import { isPartyOf, ownEntries } from './ownChronologyEntries.ts'

/** `MessageField` of `schema/exchange.graphql`. */
export interface FieldView {
  readonly name: string
  readonly value: string
  readonly evidence: string | null
}

/** `MessageRecipient`. */
export interface RecipientView {
  readonly to: string
  readonly service: string | null
  readonly role: string | null
  readonly state: string
  readonly dueAt: string | null
  readonly overdue: boolean
  readonly seenAt: string | null
  readonly assignedTo: string | null
  readonly connected: boolean
  readonly contact: string | null
}

/** `MessageEvent`. */
export interface EventView {
  readonly id: string
  readonly kind: string
  readonly at: string
  readonly organisation: string | null
  readonly role: string | null
  readonly content: readonly FieldView[]
  readonly dueAt: string | null
  readonly dueRule: string | null
}

/** `Message`, as one party reads it. */
export interface MessageView {
  readonly id: string
  readonly childId: string | null
  readonly kind: string
  readonly title: string
  readonly version: number
  readonly direction: 'SENT' | 'RECEIVED'
  readonly from: { readonly organisation: string; readonly role: string }
  readonly to: readonly RecipientView[]
  readonly content: readonly FieldView[]
  readonly sentAt: string
  readonly dueAt: string | null
  readonly dueRule: string | null
  readonly dueTimes: readonly string[]
  readonly state: string
  readonly overdue: boolean
  readonly alertCode: string | null
  readonly seenAt: string | null
  readonly assignedTo: string | null
  readonly stage: number | null
  readonly nextStage: { readonly stage: number; readonly dueAt: string | null; readonly rule: string } | null
  readonly replies: readonly EventView[]
  readonly answers: readonly string[]
  readonly warnings: readonly string[]
  readonly pinned: boolean
}

/** A message as the caller may read it; null for whoever is not party to it. */
export function viewOf(parts: ExchangeParts, message: StoredMessage, asOf: string): MessageView | null {
  const standing = standingOf(parts, message, asOf)
  if (!standing) return null
  const { heading } = message
  const kind = kindNamed(heading.kind)
  const state = stateAt(message, kind, asOf)
  const own = state.recipients.filter(({ recipient }) => standing.own.some(({ place }) => place === recipient.place))
  const isNamed = kind.told === 'NAMED'
  const readsAll = standing.isSender || own.some(({ recipient }) => kind.readAsSender?.includes(recipient.service))
  const parties = new Set([parts.caller.organisation, ...own.map(({ recipient }) => recipient.party)])
  const isOwnParty = isPartyOf(parties, parts.organisationOf)
  const content = (fields: Fields, names: readonly string[] = []) =>
    contentOf(readsAll ? fields : ownEntries(fields, names, isOwnParty))
  const telling = { kind, isNamed, standing, content, names: (code: string) => readsAll || isOwnParty(code) }
  const waits = own.some((each) => each.state === 'WAITING') && state.state !== 'CLOSED'
  const procedures = parts.proceduresById(heading.procedures)
  const asItStands = { ...message, events: state.events }
  const answers = kind.answers.filter(({ afterwards, by, openTo }) => {
    if (state.state === 'CLOSED' && !afterwards) return false
    if (procedures && openTo?.(asItStands, speakerOf(standing), procedures) === false) return false
    return (standing.isSender && by !== 'ADDRESSEE') || (own.length > 0 && by !== 'SENDER')
  })
  const ofWhole = kind.dueIsOfWhole?.(heading.fields) === true
  // What others owe is no lateness of an addressee who has answered.
  const overdue = state.overdue && (standing.isSender || waits || ofWhole)
  const isStaged = kind.answers.some(({ name }) => name === 'STAGE')
  const proposed =
    isStaged && state.overdue && procedures ? nextStage(asItStands, { now: new Date(asOf), procedures }) : null
  return {
    id: heading.id,
    childId: heading.childId,
    kind: kind.name,
    title: kind.title,
    version: heading.version,
    direction: standing.isSender ? 'SENT' : 'RECEIVED',
    from: { organisation: heading.from.organisation, role: heading.from.role },
    to: recipientsTold(parts, kind.told, standing.isSender ? state.recipients : own, standing.isSender),
    content: content(heading.fields, kind.namesOthers),
    sentAt: heading.sentAt,
    dueAt: standing.isSender || own.length === 0 ? state.dueAt : (own[0]?.dueAt ?? state.dueAt),
    dueRule: state.dueRule,
    dueTimes: state.dueTimes,
    state: state.state,
    overdue,
    alertCode: overdue ? latenessOf(kind, state.events) : (kind.alertCode?.(heading.fields, state.events) ?? null),
    seenAt: own.find(({ seenAt }) => seenAt !== null)?.seenAt ?? null,
    assignedTo: own.find(({ assignedTo }) => assignedTo !== null)?.assignedTo ?? null,
    stage: isStaged ? state.stage : null,
    nextStage: proposed && {
      stage: proposed.stage,
      dueAt: proposed.at?.toISOString() ?? null,
      rule: proposed.rule,
    },
    replies: state.events.flatMap((event) => replyTold(event, heading.from.organisation, telling)),
    answers: [...new Set(answers.map(({ mutation }) => mutation))],
    warnings: standing.isSender ? wordingWarnings(textsOf(heading.fields)) : [],
    pinned: kind.pinned === true && state.state !== 'CLOSED',
  }
}

/** What lateness is called: by the last thing that set a clock under a name of its own. */
const latenessOf = (kind: MessageKind, events: readonly MessageEvent[]): string | null =>
  events
    .map((event) => kind.answers.find(({ name }) => name === event.kind)?.overdueCode)
    .findLast((code) => code !== undefined) ?? kind.overdueCode

/**
 * To whom it went, as far as the reader is told: an addressee knows of itself, a sender of whom they named and of no
 * other.
 */
function recipientsTold(
  { organisationOf, registry }: ExchangeParts,
  told: 'NAMED' | readonly string[],
  recipients: readonly RecipientState[],
  isSender: boolean,
): readonly RecipientView[] {
  if (isSender && told !== 'NAMED') return told.map(taken)
  return recipients.map(({ assignedTo, dueAt, overdue, recipient, seenAt, state }) => {
    const { mailbox, party, role, service } = recipient
    const isArea = registry.authorities.has(party) || registry.forces.has(party)
    return {
      ...{ to: party, service, role, state: mailbox === null ? 'NOT_TOLD' : state, dueAt, overdue, seenAt, assignedTo },
      connected: mailbox !== null && (isArea || organisationOf(party) !== null),
      contact: contactOfParty(registry, party),
    }
  })
}

/** That it was taken, and nothing of where: the same for every child. */
const taken = (to: string): RecipientView => ({
  ...{ to, service: null, role: null, state: 'TAKEN', dueAt: null, overdue: false, seenAt: null, assignedTo: null },
  ...{ connected: true, contact: null },
})

interface Telling {
  readonly kind: ReturnType<typeof kindNamed>
  readonly isNamed: boolean
  readonly standing: NonNullable<ReturnType<typeof standingOf>>
  readonly content: (fields: Fields, names?: readonly string[]) => readonly FieldView[]
  /** Whether the reader is told that this organisation is party to the message. */
  readonly names: (organisation: string) => boolean
}

/**
 * What one party is told of what became of a message. Who saw it and to whom it was given is the addressee's own
 * matter.
 */
function replyTold(event: MessageEvent, sender: string, telling: Telling): readonly EventView[] {
  const { content, isNamed, kind, standing } = telling
  const isOwn = standing.own.some(({ place }) => place === event.recipient)
  if (event.kind === 'SEEN' || event.kind === 'ASSIGNED') return []
  const rule = kind.answers.find(({ name }) => name === event.kind)
  const ofSender = event.recipient === null
  const isTold = isOwn || ofSender || rule?.shared === true || (standing.isSender && isNamed)
  if (!isTold) return []
  // What an addressee says to all is said to all; that it is an addressee is for the sender and its own side.
  const isTeller = isOwn || event.by.organisation === sender || telling.names(event.by.organisation)
  return [
    {
      id: event.id,
      kind: event.kind,
      at: event.at,
      organisation: isTeller ? event.by.organisation : null,
      role: isTeller ? event.by.role : null,
      content: content(event.fields, rule?.namesOthers),
      dueAt: event.dueAt,
      dueRule: event.dueRule,
    },
  ]
}

/** Fields as they are read: each with its name, and a statement with how it is known. */
export function contentOf(fields: Fields): readonly FieldView[] {
  return Object.entries(fields).flatMap(([name, value]) =>
    name === 'childId' || value === null ? [] : fieldViews(name, value, fields),
  )
}

function fieldViews(name: string, value: FieldValue, fields: Fields): readonly FieldView[] {
  const objects = objectsIn(fields, name)
  if (objects.length > 0) return objects.map((each) => objectView(name, each))
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return [objectView(name, value as Fields)]
  return [{ name, value: Array.isArray(value) ? value.map(String).join(', ') : String(value), evidence: null }]
}

function objectView(name: string, fields: Fields): FieldView {
  const { evidence, text, ...others } = fields
  const rest = Object.entries(others).flatMap(([key, value]) =>
    value === null ? [] : [`${key}: ${Array.isArray(value) ? value.map(String).join(', ') : String(value)}`],
  )
  return {
    name,
    value: [...(typeof text === 'string' ? [text] : []), ...rest].join('; '),
    evidence: typeof evidence === 'string' ? evidence : null,
  }
}
