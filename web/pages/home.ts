import type { Role } from '../../src/policy/vocabulary.ts'
import { type Page, prefix, type Visit } from '../pageVisit.ts'
import { namesOf, withNames } from './childrenNames.ts'
import { beginnings } from './exchange/inboxAndOutbox.ts'
import { type Heading, shownMessage } from './exchange/message.ts'
import { formPage } from './find.ts'

/** Where each role's work begins; all others begin with a child and what is owed to them or by them. */
const firstScreen: Partial<Readonly<Record<Role, string>>> = {
  RECEIVING_OFFICER: '/transfers',
  INFORMATION_GOVERNANCE_OFFICER: '/governance',
  TEAM_MANAGER: '/worklist',
  HEAD_OF_SERVICE: '/worklist',
  REVIEWING_OFFICER: '/worklist',
  MISSING_COORDINATOR: '/oversight/missing',
  QUALITY_ASSURANCE_OFFICER: '/oversight',
  REVIEW_AUTHOR: '/oversight',
}

/** They look somebody up first; others see first what came of what they raised. */
const findsFirst: ReadonlySet<Role> = new Set(['MASH_ANALYST', 'SOCIAL_WORKER', 'OUT_OF_HOURS_WORKER'])
const most = 5

type Box = { readonly messages: readonly Heading[] } | null

const waiting = async (visit: Visit) => {
  const box = async (name: 'inbox' | 'outbox', variables: object) => {
    const asked = await visit.ask<Readonly<Record<string, Box>>>(name, { first: most, ...variables })
    return asked.data?.[name]?.messages ?? null
  }
  const [owed, sent, begin] = await Promise.all([box('inbox', { open: true }), box('outbox', {}), beginnings(visit)])
  const names = await namesOf(
    visit,
    [...(owed ?? []), ...(sent ?? [])].map(({ childId }) => childId),
  )
  const shown = (messages: readonly Heading[] | null) =>
    messages?.map((each) => withNames(names)(shownMessage(visit, each))) ?? null
  return { owed: shown(owed), sent: shown(sent), begin, now: visit.parts.clock.today().toISOString() }
}

export const homePage: Page = {
  method: 'GET',
  path: '/',
  answer: async (visit) => {
    const { role } = visit.session.person
    const first = firstScreen[role]
    if (first) return { to: `${prefix}${first}` }
    return formPage(visit, {}, [], { waiting: await waiting(visit), findsFirst: findsFirst.has(role) })
  },
}
