import { type EventMark, swimlanes } from '../../drawings/swimlanes.ts'
import type { Page, Visit } from '../../pageVisit.ts'
import { onOnePage } from '../paging.ts'
import { asOfDay, type Banner, childPage, pagingOfChild } from './childPage.ts'

const agencies = ['CHILDRENS_SOCIAL_CARE', 'HEALTH', 'EDUCATION', 'POLICE', 'ADULT_SERVICES'] as const

/** Services stand in the lane of their agency. */
export const laneOf = (agency: string): string => {
  if (agency.startsWith('HEALTH')) return 'HEALTH'
  if (['PROBATION', 'ADULT_SOCIAL_CARE', 'SUBSTANCE_SERVICE', 'HOUSING'].includes(agency)) return 'ADULT_SERVICES'
  if (['EARLY_HELP', 'CHILDRENS_HOME', 'FOSTER_CARER', 'COURT', 'VOLUNTARY'].includes(agency))
    return 'CHILDRENS_SOCIAL_CARE'
  return agency === 'YOUTH_JUSTICE' ? 'POLICE' : agency
}

interface Event {
  readonly id: string
  readonly eventAt: string | null
  readonly headline: string
  readonly positive: boolean
  readonly recordType: string
  readonly provenance: { readonly agency: string; readonly recordedAt: string }
}

type Chronology = Banner & {
  readonly sources: readonly { readonly agency: string; readonly state: string; readonly contact: string | null }[]
  readonly chronology: {
    readonly total: number | null
    readonly unavailable: readonly string[]
    readonly events: readonly Event[] | null
    readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null }
  } | null
}

/** As many as the gateway gives at once, all of which are drawn. */
const most = 200

export const chronologyPage: Page = {
  method: 'GET',
  path: '/child/:child/chronology',
  answer: (visit) => {
    const [filters, paging] = [filtersOf(visit), pagingOfChild(visit, 'chronology')]
    return childPage<Chronology>(
      visit,
      'chronology',
      'childChronology',
      (child) => {
        const events = child.chronology?.events ?? []
        const pageInfo = child.chronology?.pageInfo
        return {
          ...filters,
          agencies: agencies.map((code) => ({
            code,
            checked: filters.chosen.includes(code),
            state: child.sources.find(({ agency }) => agency === code)?.state,
          })),
          chronology: child.chronology,
          later: paging.to('after', events, pageInfo?.hasNextPage ? pageInfo.endCursor : null),
          ...pagesOf(visit, events, {
            latestFirst: filters.latestFirst,
            empty: emptyLanes(child.sources, filters.chosen),
          }),
          partly: child.sources.filter(({ state }) => state === 'PARTIAL').map(({ agency }) => agency),
          isFiltered: filters.chosen.length > 0 || filters.from !== null || filters.to !== null,
        }
      },
      {
        // What ends before it begins is shown without a period, and said: the form stays.
        ...(filters.isBackwards ? {} : { from: filters.from, to: filters.to }),
        ...{ first: most, after: paging.after('after') },
        agencies: filters.chosen.length > 0 ? filters.chosen.flatMap(servicesOf) : null,
      },
    )
  },
}

/** What the filter of an agency asks for: itself, and the services within it. */
const servicesOf = (agency: string): readonly string[] => [agency]

const filtersOf = (visit: Visit) => {
  const { query } = visit
  const day = (name: string) => (/^\d{4}-\d{2}-\d{2}$/.test(query[name] ?? '') ? (query[name] ?? null) : null)
  const [from, to] = [day('from'), day('to')]
  return {
    chosen: agencies.filter((code) => query[code] === 'on'),
    ...{ from, to, asOfDay: asOfDay(visit) },
    isBackwards: from !== null && to !== null && from > to,
    latestFirst: query['order'] !== 'oldest',
  }
}

const laneWords: Readonly<Record<string, string>> = {
  NOTHING_HELD: 'nothing held',
  WITHHELD: 'withheld',
  UNAVAILABLE: 'did not answer',
  NOT_CONNECTED: 'not connected',
  NOT_LOOKED_FOR: 'not looked for',
}

/** What a lane without an event says, of agencies that are not filtered away. */
const emptyLanes = (sources: Chronology['sources'], chosen: readonly string[]): Readonly<Record<string, string>> =>
  Object.fromEntries(
    sources.flatMap(({ agency, state }) =>
      chosen.length === 0 || chosen.includes(agency) ? [[agency, laneWords[state] ?? 'none that you may see']] : [],
    ),
  )

const marksOf = (events: readonly Event[], listed: ReadonlySet<Event>): readonly EventMark[] =>
  events.flatMap((event) => {
    const { id, eventAt, headline, positive, recordType, provenance } = event
    return eventAt === null
      ? []
      : [
          {
            id: anchorOf(id),
            at: eventAt,
            lane: laneOf(provenance.agency),
            text: headline,
            kind: positive ? 'good' : isHarm(recordType) ? 'harm' : 'plain',
            isListed: listed.has(event),
          },
        ]
  })

/** Lists whose rows are told apart in the drawing, by shape as well as colour. */
const isHarm = (recordType: string): boolean =>
  /missing|restraint|absence|crime|abuse|arrest|attendances/i.test(recordType) && recordType !== 'attendance'

/** A record's id as an anchor of the page: letters and digits alone. */
export const anchorOf = (id: string): string => `e-${id.replace(/[^A-Za-z0-9]/g, '-')}`

/** One page of the list, with every event in the drawing: those of other pages as marks without a link. */
const pagesOf = (
  { query }: Pick<Visit, 'query'>,
  events: readonly Event[],
  { empty, latestFirst }: { readonly empty: Readonly<Record<string, string>>; readonly latestFirst: boolean },
) => {
  const inOrder = latestFirst ? events.toReversed() : events
  const pages = Math.max(1, Math.ceil(inOrder.length / onOnePage))
  const page = Math.min(pages, Math.max(1, Number.parseInt(query['page'] ?? '1', 10) || 1))
  const listed = inOrder.slice((page - 1) * onOnePage, page * onOnePage)
  const drawing = events.length === 0 ? null : swimlanes(marksOf(events, new Set(listed)), agencies, empty)
  const others = new URLSearchParams(Object.entries(query).filter(([name]) => name !== 'page'))
  const addressOf = (to: number) => `?${new URLSearchParams([...others, ['page', String(to)]])}`
  return {
    ...{ drawing, page, pages, years: byYear(listed) },
    newer: page > 1 ? addressOf(page - 1) : null,
    older: page < pages ? addressOf(page + 1) : null,
  }
}

const byYear = (events: readonly Event[]) => {
  const years = new Map<string, (Event & { readonly anchor: string })[]>()
  for (const event of events) {
    const year = event.eventAt?.slice(0, 4) ?? 'No date'
    years.set(year, [...(years.get(year) ?? []), { ...event, anchor: anchorOf(event.id) }])
  }
  return [...years].map(([year, rows]) => ({ year, rows }))
}
