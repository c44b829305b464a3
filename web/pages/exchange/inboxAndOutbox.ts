import { type Page, prefix, type Reply, type Visit } from '../../pageVisit.ts'
import { actTitle } from '../../words/actTitles.ts'
import { named, namesOf, withNames } from '../childrenNames.ts'
import { onOnePage, pagingOf } from '../paging.ts'
import { choices } from '../session.ts'
import { type Heading, shownMessage, withAnswers } from './message.ts'
import { sendings, withoutChild } from './messageActs.ts'

/** A page of messages, with where the next begins. */
export interface MessagePage {
  readonly messages: readonly Heading[]
  readonly endCursor: string | null
  readonly hasNextPage: boolean
}

const filters = {
  open: { title: 'An answer is owed', variables: { open: true } },
  late: { title: 'Late', variables: { overdue: true } },
  all: { title: 'All', variables: {} },
} as const

const isFilter = (text: string): text is keyof typeof filters => Object.hasOwn(filters, text)

const boxPage = async (visit: Visit, box: 'inbox' | 'outbox'): Promise<Reply> => {
  const { query } = visit
  const wanted = query['show'] ?? ''
  const show = isFilter(wanted) ? wanted : 'all'
  const path = `${prefix}/messages${box === 'inbox' ? '' : '/sent'}`
  const paging = pagingOf(visit, path)
  const asked = await visit.ask<Readonly<Record<'inbox' | 'outbox', MessagePage | null>>>(
    box === 'inbox' ? 'inbox' : 'outbox',
    { ...filters[show].variables, first: onOnePage, after: paging.after('after') },
  )
  const page = asked.data?.[box] ?? null
  const messages = await named(visit, page?.messages ?? [])
  return {
    view: 'exchange/box',
    model: {
      ...{ title: box === 'inbox' ? 'Messages received' : 'Messages sent', box, here: '/messages' },
      purposes: choices(visit),
      now: visit.parts.clock.today().toISOString(),
      messages: paging.to(
        'after',
        page && messages.map((each) => shownMessage(visit, each)),
        page?.hasNextPage ? page.endCursor : null,
      ),
      filters: Object.entries(filters).map(([name, { title }]) => ({
        title,
        href: `${path}?show=${name}`,
        active: name === show,
      })),
      begin: await beginnings(visit),
      refusal: asked.errors[0] ?? null,
    },
  }
}

/** Mutations with which this person may begin something, in the order of the pages. */
export const mayStart = async (visit: Visit, purpose = visit.session.purpose): Promise<readonly string[]> => {
  const asked = await visit.ask<{ messageKinds: readonly { readonly mutation: string }[] | null }>(
    'messageKinds',
    {},
    purpose,
  )
  const may = new Set(asked.data?.messageKinds?.map(({ mutation }) => mutation))
  return sendings.filter((each) => may.has(each))
}

/** What begins about a child whom the gateway may not know, or about nobody, with the address of its form. */
export const beginnings = async (visit: Visit) =>
  (await mayStart(visit))
    .filter((each) => withoutChild.has(each))
    .map((each) => ({ title: actTitle(each), href: `${prefix}/messages/new/${each}` }))

/** An enquiry is a table and a drawing: fewer of them stand on one page. */
const enquiriesOnOnePage = 5

const boardPage = async (visit: Visit): Promise<Reply> => {
  const paging = pagingOf(visit, `${prefix}/board`)
  const asked = await visit.ask<{
    inbox: MessagePage | null
    outbox: MessagePage | null
  }>('enquiryBoard', { first: enquiriesOnOnePage, sent: paging.after('sent'), received: paging.after('received') })
  const { inbox = null, outbox = null } = asked.data ?? {}
  const names = await namesOf(
    visit,
    [...(outbox?.messages ?? []), ...(inbox?.messages ?? [])].map(({ childId }) => childId),
  )
  const enquiries = (list: string, page: MessagePage | null) =>
    paging.to(
      list,
      page?.messages.map((each) => withNames(names)(withAnswers(visit, each))),
      page?.hasNextPage ? page.endCursor : null,
    )
  return {
    view: 'exchange/board',
    model: {
      ...{ title: 'Enquiry board', purposes: choices(visit), here: '/board' },
      now: visit.parts.clock.today().toISOString(),
      sent: enquiries('sent', outbox),
      received: enquiries('received', inbox),
      refusal: asked.errors[0] ?? null,
    },
  }
}

/** What came and what was sent, and the board of enquiries: agencies, time left and answers. */
export const boxPages: readonly Page[] = [
  { method: 'GET', path: '/messages', answer: (visit) => boxPage(visit, 'inbox') },
  { method: 'GET', path: '/messages/sent', answer: (visit) => boxPage(visit, 'outbox') },
  { method: 'GET', path: '/board', answer: boardPage },
]
