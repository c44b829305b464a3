import { type EventMark, swimlanes } from '../../drawings/swimlanes.ts'
import type { Page, Visit } from '../../visit.ts'
import { asOfDay, type Banner, childPage } from './childPage.ts'

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

const most = 200

export const chronologyPage: Page = {
  method: 'GET',
  path: '/child/:child/chronology',
  answer: (visit) => {
    const filters = filtersOf(visit)
    return childPage<Chronology>(
      visit,
      'chronology',
      'childChronology',
      (child) => {
        const events = child.chronology?.events ?? []
        return {
          ...filters,
          agencies: agencies.map((code) => ({
            code,
            checked: filters.chosen.includes(code),
            state: child.sources.find(({ agency }) => agency === code)?.state,
          })),
          chronology: child.chronology,
          years: byYear(events, filters.latestFirst),
          drawing: events.length === 0 ? null : swimlanes(marksOf(events), agencies),
          isFiltered: filters.chosen.length > 0 || filters.from !== null || filters.to !== null,
        }
      },
      {
        ...{ first: most, from: filters.from, to: filters.to, after: visit.query['after'] ?? null },
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
  return {
    chosen: agencies.filter((code) => query[code] === 'on'),
    ...{ from: day('from'), to: day('to'), asOfDay: asOfDay(visit) },
    latestFirst: query['order'] !== 'oldest',
  }
}

const marksOf = (events: readonly Event[]): readonly EventMark[] =>
  events.flatMap(({ id, eventAt, headline, positive, recordType, provenance }) =>
    eventAt === null
      ? []
      : [
          {
            id: anchorOf(id),
            at: eventAt,
            lane: laneOf(provenance.agency),
            text: headline,
            kind: positive ? 'good' : isHarm(recordType) ? 'harm' : 'plain',
          },
        ],
  )

/** Lists whose rows are told apart in the drawing, by shape as well as colour. */
const isHarm = (recordType: string): boolean =>
  /missing|restraint|absence|crime|abuse|arrest|attendances/i.test(recordType) && recordType !== 'attendance'

/** A record's id as an anchor of the page: letters and digits alone. */
export const anchorOf = (id: string): string => `e-${id.replace(/[^A-Za-z0-9]/g, '-')}`

const byYear = (events: readonly Event[], latestFirst: boolean) => {
  const years = new Map<string, (Event & { readonly anchor: string })[]>()
  for (const event of events) {
    const year = event.eventAt?.slice(0, 4) ?? 'No date'
    years.set(year, [...(years.get(year) ?? []), { ...event, anchor: anchorOf(event.id) }])
  }
  const list = [...years].map(([year, rows]) => ({ year, rows: latestFirst ? rows.toReversed() : rows }))
  return latestFirst ? list.reverse() : list
}
