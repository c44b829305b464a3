import { randomUUID } from 'node:crypto'
import { Refusal } from '../foundation/errors.ts'
import type { ChildFacts } from '../policy/facts.ts'
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
import { eachOnce, frontDoors, nobodyKnown } from './involvedOrganisations.ts'
import { refuseImages } from './judgementalWording.ts'
import { kindNamed } from './kinds/index.ts'
import { mailboxOf, serviceOfMailbox } from './mailboxes.ts'
import type { Addressee, MessageHeading, Recipient, StoredMessage } from './message.ts'
import { type MessageKind, reportKind, type Sending, type Standing } from './messageKind.ts'
import { reopenEarlier } from './reopenDeclined.ts'

/** Open messages that one organisation keeps about one child; of what cannot wait, so many that nobody runs into it. */
const mostOpen = { usual: 200, urgent: 2000 } as const

/** The mailbox from which a kind is sent; undefined: none of these may send it. */
export const sendingMailbox = (kind: MessageKind, mailboxes: readonly string[]): string | undefined =>
  mailboxes.find((mailbox) => !kind.from || kind.from.includes(serviceOfMailbox(mailbox)))

/** Sends a message of a kind. The same key and content give the same message, however often it is sent. */
export async function send(
  parts: ExchangeParts,
  kindName: string,
  input: unknown,
  key: string | null | undefined,
): Promise<StoredMessage> {
  const kind = kindNamed(kindName)
  const mailboxes = ownMailboxes(parts.caller)
  refuseImages(input)
  const fields = readFields(kind.fields, input)
  const now = parts.now()
  refuseFuture(fields, now)
  const mailbox = sendingMailbox(kind, mailboxes)
  if (mailbox === undefined) throw forbidden('ROLE_NOT_PERMITTED')
  const childId = typeof fields['childId'] === 'string' ? fields['childId'] : null
  const facts = await allowedChild(parts, kind, childId)
  const from = authorOf(parts.caller)
  const written = { key: keyIn(key), contentHash: hashOf({ kind: kind.name, fields }) }
  const before = await sentBefore(parts, written)
  if (before) return before
  const standing = await standingAbout(parts, kind, childId, facts)
  const refused = kind.guard?.(fields, standing, now)
  if (refused) throw refusalOf(refused)
  const most = kind.urgent ? mostOpen.urgent : mostOpen.usual
  if ((await parts.store.openFrom(from.organisation, childId, most)) >= most) throw new Refusal('REGISTER_FULL')
  const around = await sendingOf(parts, childId, facts, now)
  // A child of whom the sender may not know must not be told by whose clock runs.
  const procedures = kind.child === 'ANY' ? parts.proceduresOf(parts.caller.la) : around.procedures
  const sending = { ...around, procedures, standing }
  const whole = kind.complete?.(fields, sending) ?? fields
  const due = kind.due(whole, sending)
  const heading: MessageHeading = {
    id: randomUUID(),
    childId,
    kind: kind.name,
    version: kind.version,
    from,
    fromMailbox: mailbox,
    procedures: sending.procedures.id,
    fields: whole,
    labels: kind.labels?.(whole) ?? [],
    sentAt: now.toISOString(),
    dueAt: due?.at?.toISOString() ?? null,
    dueRule: due?.rule ?? null,
    closedAt: kind.closed ? now.toISOString() : null,
    isOfChild: facts !== null,
  }
  const placing = { facts, fromMailbox: mailbox, first: 0, at: heading.sentAt }
  const recipients = [...recipientsOf(parts, kind, { ...placing, to: eachOnce(kind.to(whole, sending)) })]
  // Who is not told to whom it went must not learn either that there was nobody: the front door has it then.
  if (kind.told !== 'NAMED' && !recipients.some(({ mailbox }) => mailbox !== null))
    recipients.push(
      ...recipientsOf(parts, kind, { ...placing, to: frontDoors(sending, 'ANSWER'), first: recipients.length }),
    )
  // Refused here, it would say that nobody keeps a case of that id, which of a hidden child is answered with a message.
  if (recipients.length === 0 && kind.child === 'ANY') recipients.push(heldBySender(sending.sender, heading.sentAt))
  if (recipients.length === 0 && !kind.closed)
    throw new Refusal('CONFLICT', { message: 'There is nobody to whom this can go.', extensions: { reason: 'NOBODY' } })
  const auditId = await parts.record(`message ${heading.id}`)
  if (await parts.store.add(heading, recipients, { ...written, auditId })) {
    if (childId !== null) await reopenEarlier(parts, kind, childId, { now, auditId })
    return { heading, recipients, events: [] }
  }
  // The same key came twice at once: one of them was kept.
  return (await sentBefore(parts, written)) ?? unkept()
}

const unkept = (): never => {
  throw new Refusal('CONFLICT')
}

const nothingStands: Standing = { reports: [], concerns: [] }

async function standingAbout(
  parts: ExchangeParts,
  kind: MessageKind,
  childId: string | null,
  facts: ChildFacts | null,
): Promise<Standing> {
  if (kind.guardedBy !== 'STANDING' || childId === null || facts === null) return nothingStands
  const [reports, concerns] = await Promise.all([
    parts.store.ofChild(childId, reportKind),
    parts.undisposedConcerns(childId),
  ])
  return { reports, concerns }
}

/** What was sent before under this key. @throws Refusal where that was something else. */
export async function sentBefore(
  { caller, store }: ExchangeParts,
  { key, contentHash }: { readonly key: string | null; readonly contentHash: string },
): Promise<StoredMessage | null> {
  if (key === null) return null
  const found = await store.sentBefore(authorOf(caller), key)
  if (!found) return null
  if (found.contentHash !== contentHash)
    throw new Refusal('CONFLICT', { message: 'This key was used for something else.', extensions: { reason: 'KEY' } })
  return store.byId(found.id)
}

/**
 * Facts of the child a message is about. About any child one may fear; whoever speaks as a party to a case must be one,
 * and a child that does not exist is one to whose case nobody is a party.
 */
async function allowedChild(
  parts: ExchangeParts,
  kind: MessageKind,
  childId: string | null,
): Promise<ChildFacts | null> {
  if (!(await parts.tokenReaches(childId))) throw kind.child === 'PARTY' ? notParty() : unknown()
  const facts = childId === null ? null : await parts.facts(childId)
  const isParty = facts !== null && facts.relationship !== 'NONE' && parts.reachable(facts)
  if (kind.child === 'PARTY' && childId !== null && !isParty) throw notParty()
  return facts
}

const notParty = (): Refusal =>
  new Refusal('NOT_A_PARTY', { message: 'Your organisation is not a party to the case of a child with this id.' })

/** What a kind looks at to decide to whom a message goes and when it is due. */
export async function sendingOf(
  parts: ExchangeParts,
  childId: string | null,
  facts: ChildFacts | null,
  now: Date,
): Promise<Sending> {
  const { organisation, la, force } = parts.caller
  const circle = facts && childId !== null ? await parts.circleOf(childId, facts) : nobodyKnown
  return {
    now,
    circle,
    procedures: parts.proceduresOf(circle.responsibleLa ?? la),
    registry: parts.registry,
    standing: nothingStands,
    placeProtected: facts?.placeProtected === true,
    organisationOf: parts.organisationOf,
    sender: { organisation, la, force },
  }
}

interface Placing {
  readonly to: readonly Addressee[]
  readonly facts: ChildFacts | null
  readonly fromMailbox: string
  /** Place of the first. */
  readonly first: number
  readonly at: string
}

/**
 * Nobody writes to themselves. Of what gives away a place that must not be found, those roles of a service are told
 * that may know it; where there are none, the addressee stands among those who were to be told, without a mailbox.
 */
export function recipientsOf(
  parts: ExchangeParts,
  kind: Pick<MessageKind, 'tellsPlace'>,
  { to, facts, fromMailbox, first, at }: Placing,
): readonly Recipient[] {
  const rolesTold = ({ party, role = null, service }: Addressee): readonly (string | null)[] => {
    if (!kind.tellsPlace || !facts?.placeProtected) return [role]
    const mayKnow = parts.rolesKnowingPlace(party, service, facts)
    return role === null ? mayKnow : mayKnow.filter((each) => each === role)
  }
  const isOther = ({ party, service }: Addressee) => mailboxOf(party, service) !== fromMailbox
  return to
    .filter(isOther)
    .flatMap((addressee): readonly Omit<Recipient, 'place'>[] => {
      const { dueAt = null, duty, party, role = null, service } = addressee
      const roles = rolesTold(addressee)
      const told = { party, service, dueAt, duty, addedAt: at }
      if (roles.length === 0) return [{ ...told, role, duty: 'INFORM', mailbox: null }]
      return roles.map((each) => ({ ...told, role: each, mailbox: mailboxOf(party, service) }))
    })
    .map((recipient, index) => ({ ...recipient, place: first + index }))
}

/**
 * About any child somebody may fear, and what they say is kept. Where nobody else would have it, because the front door
 * that would is the sender's own, it is owed there and stands among what they sent until somebody takes it up.
 */
const heldBySender = ({ organisation, la }: Sending['sender'], at: string): Recipient => ({
  ...{ place: 0, party: la ?? organisation, service: 'FRONT_DOOR', role: null, mailbox: null },
  ...{ duty: 'ANSWER', dueAt: null, addedAt: at },
})
