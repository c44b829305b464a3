import { secondsOf } from '../../../src/foundation/clock.ts'
import { londonDay } from '../../../src/foundation/london.ts'
import { type ChildAtHand, childAtHand, notFound, prefix, type Reply, sealChild, type Visit } from '../../pageVisit.ts'
import { londonInstant } from '../../words/dates.ts'
import { purposeShown } from '../../words/purposes.ts'
import { asked as askedFor, type Paging, pagingOf } from '../paging.ts'
import { choices } from '../session.ts'

/** What the banner shows, on every page about a child. */
export interface Banner {
  readonly id: string
  readonly asOf: string
  readonly dateOfBirth: string | null
  readonly sex: string | null
  readonly names: readonly {
    readonly given: string | null
    readonly family: string
    readonly isAlias: boolean
    readonly agency: string
  }[]
  readonly status: Readonly<Record<string, string | boolean | null>>
}

/** Parts of a child's page, in the order of a reader's questions. */
const tabs = [
  ['', 'Overview'],
  ['alerts', 'Alerts and gaps'],
  ['chronology', 'Chronology'],
  ['picture', 'Picture'],
  ['harm', 'Missing and harm'],
  ['attendance', 'Attendance'],
  ['engagement', 'Engagement'],
  ['concerns', 'Concerns'],
  ['family', 'Family'],
  ['workers', 'Who works where'],
  ['links', 'Links'],
  ['plans', 'Plans and meetings'],
  ['orders', 'Orders and care'],
  ['messages', 'Messages'],
  ['withheld', 'Withheld'],
  ['access', 'Who looked'],
  ['act', 'Act'],
] as const
/** Pages that are reached from a part, and are none themselves. */
export type Tab = (typeof tabs)[number][0] | 'say' | 'known' | 'record'

/** The day that a page is of, where one was chosen. */
export const asOfDay = ({ query, form }: Pick<Visit, 'query' | 'form'>): string | null => {
  const day = query['asOf'] ?? form['asOf'] ?? ''
  return /^\d{4}-\d{2}-\d{2}$/.test(day) && !Number.isNaN(Date.parse(day)) ? day : null
}

/** The end of a chosen day in London, or now where that is yet to come: the gateway answers for no later time. */
export const endOf = (day: string, { parts }: Pick<Visit, 'parts'>): string => {
  const end = (londonInstant(`${day}T23:59`) ?? `${day}T23:59:00Z`).replace(/:00Z$/, ':59Z')
  const now = secondsOf(parts.clock.today())
  return end < now ? end : now
}

/** Pages of the lists of one part, at the address at which it was asked for. */
export const pagingOfChild = (visit: Visit, tab: Tab): Paging =>
  pagingOf(visit, `${prefix}/child/${visit.params['child'] ?? ''}${tab === '' ? '' : `/${tab}`}`)

/** One page about the child at hand. What the child's own field does not give is reported as the gateway reports it. */
export const childPage = async <Child extends Banner>(
  visit: Visit,
  tab: Tab,
  operation: string,
  build: (child: Child, at: ChildAtHand) => object | Promise<object>,
  variables: Readonly<Record<string, unknown>> = {},
): Promise<Reply> => {
  const at = childAtHand(visit)
  if (!at) return notFound
  const day = asOfDay(visit)
  const asOf = day === null ? {} : { asOf: endOf(day, visit) }
  const asked = await visit.ask<{ child: Child | null }>(
    operation,
    { id: at.id, first: askedFor, ...asOf, ...variables },
    at.purpose,
  )
  const child = asked.data?.child
  if (!child) return unknown(visit, at, asked.errors)
  return {
    view: `child/${tab === '' ? 'overview' : tab}`,
    model: {
      ...frameOfChild(visit, at, child, tab, day),
      errors: asked.errors,
      ...(await build(child, at)),
    },
  }
}

/** Banner, tabs and purpose: what stands above every part. */
export const frameOfChild = (visit: Visit, at: ChildAtHand, child: Banner, tab: Tab, asked: string | null = null) => {
  // Of a day that is yet to come the page shows what is known now, and says so.
  const isAhead = asked !== null && asked > londonDay(visit.parts.clock.today().getTime())
  const day = isAhead ? null : asked
  const ref = sealChild(visit, at)
  const path = `${prefix}/child/${ref}`
  const behind = day === null ? '' : `?asOf=${day}`
  const name = nameOf(child)
  return {
    ...{ title: `${name}: ${tabs.find(([each]) => each === tab)?.[1] ?? ''}`, child, name, ref, path, day, tab },
    otherNames: otherNames(child),
    dayAhead: isAhead ? asked : null,
    ...{ purpose: purposeShown(at.purpose), purposes: choices(visit), here: tab },
    tabs: tabs.map(([each, text]) => ({
      text,
      href: `${path}${each === '' ? '' : `/${each}`}${behind}`,
      active: each === tab,
    })),
  }
}

export const nameOf = ({
  names,
}: {
  readonly names: readonly Pick<Banner['names'][number], 'given' | 'family' | 'isAlias'>[]
}): string => {
  const first = names.find(({ isAlias }) => !isAlias) ?? names[0]
  return first ? [first.given, first.family].filter(Boolean).join(' ') : 'Name not known to you'
}

const otherNames = (child: Banner): readonly string[] => {
  const all = child.names.map(({ given, family }) => [given, family].filter(Boolean).join(' '))
  return [...new Set(all)].filter((name) => name !== nameOf(child))
}

/** One page for a child that does not exist and one that may not be known: they look alike. */
const unknown = (
  visit: Visit,
  at: ChildAtHand,
  errors: readonly { readonly code: string; readonly message: string }[],
): Reply => {
  const isRefusal = errors.some(({ code }) => code === 'NOT_FOUND' || code === 'FORBIDDEN')
  const isAsked = errors.some(({ code }) => code === 'BAD_INPUT' || code === 'OPERATION_INVALID')
  const title = isRefusal ? 'No such child that you may know of' : 'This page cannot be shown'
  return {
    view: 'child/unknown',
    status: isRefusal ? 404 : isAsked ? 422 : 503,
    model: {
      ...{ title, ref: sealChild(visit, at), errors, here: '' },
      ...{ purpose: purposeShown(at.purpose), purposes: choices(visit), child: { id: null } },
      path: `${prefix}/child/${sealChild(visit, at)}`,
      isRefusal,
    },
  }
}
