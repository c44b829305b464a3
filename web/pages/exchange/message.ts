import { contactOfParty } from '../../../src/foundation/contactOf.ts'
import { partyName } from '../../../src/foundation/partyName.ts'
import { board } from '../../drawings/responseBoard.ts'
import { type FormField, fieldsOf } from '../../forms/fields.ts'
import { readForm } from '../../forms/read.ts'
import { operations } from '../../operations.ts'
import { notFound, type Page, prefix, type Reply, sealChild, type Visit } from '../../pageVisit.ts'
import { actTitle } from '../../words/actTitles.ts'
import { clockOf } from '../../words/messages.ts'
import { named } from '../childrenNames.ts'
import { draftFor } from '../formDraft.ts'
import { choices } from '../session.ts'
import { always, answerings, endings } from './messageActs.ts'

export interface Recipient {
  readonly to: string
  readonly state: string
  readonly dueAt: string | null
  readonly overdue: boolean
}

interface Content {
  readonly name: string
  readonly value: string
}

interface Said {
  readonly kind: string
  readonly at: string
  readonly organisation: string | null
  readonly content: readonly Content[]
}

/** A message as lists show it. */
export interface Heading {
  readonly id: string
  readonly childId: string | null
  readonly kind: string
  readonly state: string
  readonly sentAt: string
  readonly dueAt: string | null
  readonly to: readonly Recipient[]
  readonly content: readonly Content[]
  readonly replies: readonly Said[]
}

interface Whole extends Heading {
  readonly direction: string
  readonly answers: readonly string[]
}

/** Said beside each addressee, and not again in the message. */
const inTheTable: ReadonlySet<string> = new Set(['asked', 'to', 'times'])

/** How a message ended: what came of it, why, when and by whom, as far as its reader is told; null while it has not. */
export const endingOf = ({ replies, state }: Pick<Heading, 'state' | 'replies'>) => {
  const last = state === 'CLOSED' ? replies.findLast(({ kind }) => endings.has(kind)) : undefined
  if (!last) return null
  const said = (...names: readonly string[]) => last.content.find(({ name }) => names.includes(name))?.value ?? null
  const { at, kind, organisation } = last
  return { at, kind, organisation, came: said('outcome', 'decision', 'resolution'), why: said('reason', 'reasons') }
}

/** A message with what its page adds: addresses that only this session can follow, and clocks in words. */
export const shownMessage = <Message extends Heading>(visit: Visit, message: Message) => {
  const now = visit.parts.clock.today().toISOString()
  const { secrets, session } = visit
  return {
    ...message,
    // Alerts are told apart by their rule, and not by when they came.
    alert:
      message.kind === 'ALERT_NOTICE' ? (message.content.find(({ name }) => name === 'code')?.value ?? null) : null,
    content: message.content.filter(({ name, value }) => value !== '' && !inTheTable.has(name)),
    href: `${prefix}/messages/${secrets.seal('message', message.id)}`,
    childHref:
      message.childId === null
        ? null
        : `${prefix}/child/${sealChild(visit, { id: message.childId, purpose: session.purpose })}`,
    to: message.to.map((each) => ({ ...each, clock: clockOf(each, now) })),
    ending: endingOf(message),
    // One organisation may be told in two of its mailboxes.
    parties: [...new Set(message.to.map(({ to }) => to))],
  }
}

const answering: ReadonlySet<string> = new Set(['ANSWER', 'DECLINED', 'ACCEPTED', 'OUTCOME'])

/**
 * Where one addressee stands, and the latest that it answered. A sender who is not told whom of a group it reached is
 * told where the message stands, and what came back whoever said it: where it went to one group alone, from that one.
 */
export const standingOf = (
  message: {
    readonly state: string
    readonly to: readonly Recipient[]
    readonly replies: readonly Omit<Said, 'at'>[]
  },
  addressee: Recipient,
  now: string,
) => {
  const isGroup = addressee.state === 'TAKEN'
  const isOnly = isGroup && message.to.length === 1
  const isTheirs = (organisation: string | null) =>
    isOnly || organisation === addressee.to || organisation?.startsWith(`${addressee.to}-`) === true
  const answer = message.replies.findLast((reply) => answering.has(reply.kind) && isTheirs(reply.organisation)) ?? null
  const isAnswered = isOnly && (message.state === 'ANSWERED' || answer !== null)
  return { isGroup, answer, clock: clockOf(isAnswered ? { ...addressee, state: 'ANSWERED' } : addressee, now) }
}

/** Whom somebody rings who is not told whom a message reached: the front door where they themselves work. */
const ownFrontDoor = ({ parts: { registry }, session }: Visit): string | null => {
  const { organisation } = session.person
  const own = [...registry.holders.values()].find((holder) => holder.organisation === organisation)
  const la = own?.la ?? /^(LA\d+)-/.exec(organisation)?.[1]
  return la ? contactOfParty(registry, la) : null
}

/** Each addressee with the latest that it answered; whoever speaks for an authority is of an organisation of it. */
export const withAnswers = <Message extends Heading>(visit: Visit, message: Message) => {
  const shown = shownMessage(visit, message)
  const now = visit.parts.clock.today().toISOString()
  const frontDoor = ownFrontDoor(visit)
  const to = message.to.map((each) => ({ ...each, ...standingOf(message, each, now), frontDoor }))
  return {
    ...shown,
    to,
    drawing:
      to.length > 1
        ? board(
            to.map((each) => ({ ...each, name: partyName(visit.parts.registry, each.to) })),
            message.sentAt,
            now,
          )
        : null,
  }
}

const idOf = ({ params, secrets }: Visit) => secrets.unseal('message', params['message'] ?? '')

const messagePage = async (visit: Visit, problems: readonly object[] = [], act: string | null = null) => {
  const id = idOf(visit)
  if (id === null) return notFound
  const asked = await visit.ask<{ message: Whole | null }>('message', { id })
  const message = asked.data?.message
  const frame = { purposes: choices(visit), here: '/messages' }
  if (!message)
    return {
      view: 'exchange/refused',
      model: { ...frame, title: 'No such message', refusal: asked.errors[0] ?? null },
      status: 404,
    } satisfies Reply
  const draftName = (mutation: string) => `${mutation} ${id}`
  const forms = await Promise.all(
    [...message.answers, ...always]
      .filter((mutation) => answerings.includes(mutation))
      .map(async (mutation) => {
        const draft = await draftFor(visit, draftName(mutation))
        const values = mutation === act ? visit.form : draft.values
        const fields = questionsOf(visit, mutation)
        const isBegun = mutation === act || Object.keys(values).length > 0
        return { mutation, title: actTitle(mutation), fields, values, draft: draft.ref, isBegun }
      }),
  )
  const [shown] = await named(visit, [withAnswers(visit, message)])
  return {
    view: 'exchange/message',
    model: {
      ...{ ...frame, title: 'Message', message: shown, forms, errors: problems },
      now: visit.parts.clock.today().toISOString(),
      answering: forms.filter(({ mutation }) => !always.includes(mutation)),
      other: forms.filter(({ mutation }) => always.includes(mutation)),
      ref: visit.params['message'],
    },
    ...(problems.length > 0 ? { status: 422 } : {}),
  } satisfies Reply
}

const given: ReadonlySet<string> = new Set(['id', 'key'])

const questionsOf = ({ parts }: Visit, mutation: string): readonly FormField[] =>
  fieldsOf(parts.schema, operations.get(mutation) ?? '', given)

/** One message with all that became of it, and the ways in which the reader can answer it now. */
export const messagePages: readonly Page[] = [
  { method: 'GET', path: '/messages/:message', answer: (visit) => messagePage(visit) },
  {
    method: 'POST',
    path: '/messages/:message/:act',
    answer: async (visit) => {
      const [id, act] = [idOf(visit), visit.params['act'] ?? '']
      if (id === null || !answerings.includes(act)) return notFound
      const { problems, variables } = readForm(questionsOf(visit, act), visit.form)
      if (problems.length > 0) return messagePage(visit, problems, act)
      const asked = await visit.ask<Readonly<Record<string, object | null>>>(act, { ...variables, id })
      if (!asked.data?.[act])
        return messagePage(visit, [{ text: asked.errors[0]?.message ?? 'Nothing was recorded.' }], act)
      await visit.parts.drafts.drop(visit.session.person, `${act} ${id}`)
      return { to: `${prefix}/messages/${visit.params['message']}` }
    },
  },
]
