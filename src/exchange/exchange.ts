import type { GatewayLine } from '../childView/chronology.ts'
import { Refusal } from '../foundation/errors.ts'
import { answer, partyTo } from './answerMessage.ts'
import { ExchangeChronology } from './chronology.ts'
import { askedBy, type ExchangeParts, ownMailboxes, unknown } from './exchangeParts.ts'
import { kinds, pinnedKinds } from './kinds/index.ts'
import type { StoredMessage } from './message.ts'
import { type MessageView, viewOf } from './messageView.ts'
import type { PageFilter } from './pageStatement.ts'
import { send, sendingMailbox } from './send.ts'

/** Arguments of `inbox`, `outbox` and `messages`. */
export interface PageArguments {
  readonly first: number
  readonly after?: string | null
  readonly asOf?: string | null
  readonly childId?: string | null
  readonly kinds?: readonly string[] | null
  readonly open?: boolean | null
  readonly overdue?: boolean | null
}

/** `MessagePage` of `schema/exchange.graphql`. */
export interface MessagePage {
  readonly messages: readonly MessageView[]
  readonly pinned: readonly MessageView[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

const mostOnPage = 100

/** `MessageKindInfo` of `schema/exchange.graphql`. */
export interface KindView {
  readonly name: string
  readonly title: string
  readonly mutation: string
  readonly source: string
}

/** The exchange for one caller in one request. */
export interface Exchange {
  send(kind: string, input: unknown, key: string | null | undefined): Promise<MessageView>
  answer(mutation: string, id: string, input: unknown, key: string | null | undefined): Promise<MessageView>
  message(id: string, asOf: string | null | undefined): Promise<MessageView>
  page(box: PageFilter['box'], asked: PageArguments): Promise<MessagePage>
  /** Kinds that the caller may send. */
  kinds(): readonly KindView[]
  /** What of a child's messages stands in the chronology, as the caller is party to it. */
  chronology(childId: string, asOf: string): Promise<readonly GatewayLine[]>
}

export const openExchange = (parts: ExchangeParts): Exchange => {
  const lines = new ExchangeChronology(parts)
  const nowText = () => parts.now().toISOString()
  const shown = (message: StoredMessage, asOf: string): MessageView => {
    const view = readBy(parts, message, asOf)
    if (!view) throw unknown()
    return view
  }
  return {
    send: async (kind, input, key) => shown(await send(parts, kind, input, key), nowText()),
    answer: async (mutation, id, input, key) => shown(await answer(parts, mutation, id, input, key), nowText()),
    message: async (id, asOf) => {
      const at = asOf ?? nowText()
      return shown(await partyTo(parts, id, at), at)
    },
    kinds: () => {
      const own = ownMailboxes(parts.caller)
      return kinds.flatMap((kind) => {
        const { mutation, name, source, title } = kind
        return mutation !== null && sendingMailbox(kind, own) !== undefined ? [{ name, title, mutation, source }] : []
      })
    },
    page: (box, asked) => page(parts, box, asked),
    chronology: (childId, asOf) => lines.of(childId, asOf),
  }
}

/** A message as the caller reads it. Whose it is stands in the entry of the request that read it. */
function readBy(parts: ExchangeParts, message: StoredMessage, asOf: string): MessageView | null {
  const view = viewOf(parts, message, asOf)
  const { childId, isOfChild } = message.heading
  if (view && isOfChild && childId !== null) parts.concerns(childId)
  return view
}

async function page(parts: ExchangeParts, box: PageFilter['box'], asked: PageArguments): Promise<MessagePage> {
  ownMailboxes(parts.caller)
  const { after = null, childId = null, first, kinds, open = null, overdue = null } = asked
  if (!(first >= 1 && first <= mostOnPage)) throw new Refusal('BAD_INPUT', { message: `Ask for 1 to ${mostOnPage}.` })
  for (const kind of kinds ?? []) if (!isKind(kind)) throw new Refusal('BAD_INPUT', { message: unknownKind })
  // A token that is kept to a child reads of that child alone.
  const { scope } = parts.caller
  if (scope && !(await parts.tokenReaches(childId))) return nothing
  const asOf = asked.asOf ?? parts.now().toISOString()
  await demandPlace(parts, after, asOf)
  const filter = { box, childId, open, overdue, after, most: first + 1, kinds: kinds ?? [] }
  const asking = askedBy(parts, asOf)
  const read = async (wanted: PageFilter) => parts.store.page(asking, wanted)
  const found = await read(filter)
  const views = found.slice(0, first).flatMap((message) => readBy(parts, message, asOf) ?? [])
  // Of one child, what must be seen first stands on every page, however old it is.
  const toppers = box === 'EITHER' && childId !== null ? await read({ ...filter, ...standing }) : []
  return {
    messages: views,
    pinned: toppers.flatMap((message) => readBy(parts, message, asOf) ?? []).filter(({ pinned }) => pinned),
    endCursor: views.at(-1)?.id ?? null,
    hasNextPage: found.length > first,
  }
}

/**
 * A page goes on after a message to which the caller is party. Any other is refused, whether or not there is one: that
 * nothing comes after it would be read as an inbox without anything in it.
 */
async function demandPlace(parts: ExchangeParts, after: string | null, asOf: string): Promise<void> {
  if (after === null) return
  await partyTo(parts, after, asOf).catch((error: unknown) => {
    if (error instanceof Refusal && error.code === 'NOT_FOUND')
      throw new Refusal('BAD_INPUT', { message: 'The message to go on after is not one of yours.' })
    throw error
  })
}

const isKind = (name: string): boolean => kinds.some((kind) => kind.name === name)

const unknownKind = 'There is no such kind of message: `messageKinds` lists those that you may send.'

const standing = { kinds: pinnedKinds, open: null, overdue: null, after: null, most: 20 }

const nothing: MessagePage = { messages: [], pinned: [], endCursor: null, hasNextPage: false }
