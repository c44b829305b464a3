import { z } from 'zod'
import { type NotAdmitted, opensList, rowClauses } from '../../../policy/admits.ts'
import type { Grant } from '../../../policy/grant.ts'
import type { Holding } from '../../source.ts'
import { isCounted } from '../../sourceLayout.ts'
import type { SubgraphQuery } from './query.ts'

/** Called with each record, or count, that was answered though its grant does not let it be read. */
export type OnRefused = (list: string, reason: NotAdmitted) => void

const holdings = z.array(
  z.strictObject({
    list: z.string(),
    service: z.string(),
    count: z.number().int().nonnegative(),
    latest: z.string().nullable(),
  }),
)

/** One more record of a list. */
export const countInto = (
  counted: Map<string, Holding>,
  list: string,
  service: unknown,
  recordedAt: string | null,
): void => {
  if (typeof service !== 'string') throw new TypeError('a record of no service')
  const known = counted.get(`${list}|${service}`)
  const isLater = known?.latest == null || (recordedAt !== null && recordedAt > known.latest)
  counted.set(`${list}|${service}`, {
    list,
    service,
    count: (known?.count ?? 0) + 1,
    latest: isLater ? recordedAt : known.latest,
  })
}

/**
 * Records that were read are counted as they were admitted. Of all others the agency's own count is all there is: it is
 * held to what a count may be of, and to the date.
 *
 * @param counted what was admitted, by list and service.
 */
export const readCounts = (
  given: unknown,
  { lists, layout }: SubgraphQuery,
  grant: Grant,
  counted: ReadonlyMap<string, Holding>,
  onRefused: OnRefused,
): Holding[] => {
  const read = new Set(lists.filter(({ selected }) => selected).map(({ list }) => list))
  const refusalOf = ({ list, service, latest }: Holding): NotAdmitted | null => {
    const of = layout.lists.get(list)
    if (!of || !isCounted(of) || !opensList(grant, of)) return 'LIST_CLOSED'
    const head = { ...nothing, recordedAt: latest, named: [service] }
    if (!rowClauses.RECORDED_LATER(grant, of, head, grant)) return 'RECORDED_LATER'
    // Whose they are is not said: where some may be the caller's own organisation's, theirs may be counted.
    return grant.own !== null || rowClauses.REVEALING_SERVICE(grant, of, head, grant) ? null : 'REVEALING_SERVICE'
  }
  const theirs = holdings.parse(given ?? []).filter((holding) => {
    if (read.has(holding.list)) return false
    const reason = refusalOf(holding)
    // Another's word is not repeated to the operator.
    if (reason !== null) onRefused(layout.lists.has(holding.list) ? holding.list : 'of no such name', reason)
    return reason === null
  })
  const mine = [...counted.values()].filter(({ list }) => read.has(list) && list !== 'person')
  return [...theirs, ...mine].sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1))
}

const keyOf = ({ list, service }: Holding): string => `${list}|${service}`

const nothing = {
  id: null,
  person: null,
  labels: null,
  handling: null,
  relevance: null,
  organisation: null,
  owner: null,
  named: [],
}
