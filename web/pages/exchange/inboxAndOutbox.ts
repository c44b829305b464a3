import { type Page, prefix, type Reply, type Visit } from '../../pageVisit.ts'
import { actTitle } from '../../words/messageActWords.ts'
import { choices } from '../session.ts'
import { type Heading, shownMessage, withAnswers } from './message.ts'
import { sendings, withoutChild } from './messageActs.ts'

interface Box {
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
  const { query, secrets } = visit
  const wanted = query['show'] ?? ''
  const show = isFilter(wanted) ? wanted : 'all'
  const after = query['after'] ? secrets.unseal('message', query['after']) : null
  const asked = await visit.ask<Readonly<Record<'inbox' | 'outbox', Box | null>>>(
    box === 'inbox' ? 'inbox' : 'outbox',
    { ...filters[show].variables, after },
  )
  const page = asked.data?.[box] ?? null
  const path = `${prefix}/messages${box === 'inbox' ? '' : '/sent'}`
  const kinds = await mayStart(visit)
  return {
    view: 'exchange/box',
    model: {
      ...{ title: box === 'inbox' ? 'Messages received' : 'Messages sent', box, here: '/messages' },
      purposes: choices(visit),
      now: visit.parts.clock.today().toISOString(),
      messages: page?.messages.map((each) => shownMessage(visit, each)) ?? null,
      next:
        page?.hasNextPage && page.endCursor
          ? `${path}?show=${show}&after=${secrets.seal('message', page.endCursor)}`
          : null,
      filters: Object.entries(filters).map(([name, { title }]) => ({
        title,
        href: `${path}?show=${name}`,
        active: name === show,
      })),
      begin: kinds
        .filter((each) => withoutChild.has(each))
        .map((each) => ({ title: actTitle(each), href: `${prefix}/messages/new/${each}` })),
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

type Enquiry = Heading & { readonly replies: Parameters<typeof withAnswers>[1]['replies'] }

const boardPage = async (visit: Visit): Promise<Reply> => {
  const asked = await visit.ask<{
    inbox: { readonly messages: readonly Enquiry[] } | null
    outbox: { readonly messages: readonly Enquiry[] } | null
  }>('enquiryBoard')
  const enquiries = (list: readonly Enquiry[] | undefined) => list?.map((each) => withAnswers(visit, each)) ?? null
  return {
    view: 'exchange/board',
    model: {
      ...{ title: 'Enquiry board', purposes: choices(visit), here: '/board' },
      now: visit.parts.clock.today().toISOString(),
      sent: enquiries(asked.data?.outbox?.messages),
      received: enquiries(asked.data?.inbox?.messages),
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
