import type pg from 'pg'
import type { AgencyName } from '../../src/foundation/agencies.ts'
import type { ChronologyRule, SourceContract } from '../../src/sources/contract.ts'
import { type Layouts, type StoredList, storedLists } from '../questionShape.ts'
import { chronologyAgencies, chronologyStretches } from '../questions/chronology.ts'
import type { Links } from './handWrittenServer.ts'
import { textOf } from './serve.ts'

interface Narrated {
  readonly stored: StoredList
  readonly rule: ChronologyRule
  readonly name: string
  readonly text: string
}

interface Event {
  readonly id: string
  readonly eventAt: string
  readonly headline: string
  readonly action: string | null
  readonly recordType: string
}

type Contracts = Readonly<Record<AgencyName, SourceContract>>

/**
 * Reads every list that is narrated, in one pipelined round, and narrates it with the same sentences as the gateway.
 */
export function chronologyOf(
  layouts: Layouts,
  contracts: Contracts,
  pipe: () => pg.Client,
): (id: string, linksOf: (ids: readonly string[]) => Promise<Links>) => Promise<Record<string, unknown>> {
  const narrated = narratedOf(layouts, contracts)
  return async (id, linksOf) => {
    const links = await linksOf([id])
    const lists = await Promise.all(
      narrated.map(async ({ stored, rule, name, text }) => {
        const persons = [...(links.get(stored.agency)?.keys() ?? [])]
        if (persons.length === 0) return []
        const { rows } = await pipe().query<{ id: string; eventAt: string; person: string } & Record<string, string>>({
          name,
          text,
          values: [persons],
        })
        return rows.map((row): Event => {
          const { headline, action } = rule.tell(row)
          return { id: row.id, eventAt: textOf(row.eventAt), headline, action: action || null, recordType: stored.list }
        })
      }),
    )
    const events = lists.flat().sort((one, other) => compare(one.eventAt, other.eventAt) || compare(one.id, other.id))
    return {
      id,
      ...Object.fromEntries(
        chronologyStretches.map(({ alias, from, to }) => {
          const within = events.filter(({ eventAt }) => eventAt.slice(0, 10) >= from && eventAt.slice(0, 10) <= to)
          return [alias, { total: within.length, events: within.slice(0, 200) }]
        }),
      ),
    }
  }
}

const compare = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

function narratedOf(layouts: Layouts, contracts: Contracts): Narrated[] {
  return Object.values(contracts).flatMap(({ name, agency, lists }) => {
    if (!(chronologyAgencies as readonly string[]).includes(agency)) return []
    return Object.entries(lists).flatMap(([list, { chronology: rule }]) => {
      if (!rule) return []
      // The contract's name is its agency's.
      const owner = name as AgencyName
      const stored = storedLists(layouts, {
        [owner]: {
          [list]: ['eventAt', ...rule.fields.filter((field) => layouts[owner].lists.get(list)?.columns.has(field))],
        },
      })[0]
      if (!stored) return []
      const columns = stored.columns.map(({ field, sql }) => `${sql} as "${field}"`).join(', ')
      const text = `select ${stored.name} as "id", ${columns} from ${stored.table} where "${stored.person}" = any($1::text[])`
      return [{ stored, rule, name: `told_${owner}_${list}`, text }]
    })
  })
}
