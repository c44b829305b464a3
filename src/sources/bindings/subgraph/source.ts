import { LRUCache } from 'lru-cache'
import { Refusal } from '../../../foundation/errors.ts'
import type { NotAdmitted } from '../../../policy/admits.ts'
import type { Grant } from '../../../policy/grant.ts'
import { asAbortSignal, type Stopping } from '../../../store/stopping.ts'
import { parseUntrusted } from '../../parseUntrusted.ts'
import { noRecords } from '../../plainRecords.ts'
import { type AgencySource, type FieldSelection, type SourceAnswer, selectionKey, withHolders } from '../../source.ts'
import type { SourceLayout } from '../../sourceLayout.ts'
import { readSubgraphAnswer } from './answer.ts'
import { post } from './post.ts'
import { agencyTypesOf, type SubgraphQuery, subgraphQuery } from './query.ts'

type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>

export interface SubgraphSourceOptions {
  readonly layout: SourceLayout
  /** What may stand in front of a record's id: the kind, and the holders that are read there. */
  readonly prefixes?: readonly string[]
  /** The agency's SDL and the shared one: what may be asked, and of what kind each value is. */
  readonly sdls: readonly string[]
  /** Of the agency's subgraph. */
  readonly url: URL
  /** Signs a grant for this agency, which names this gateway as its sender. */
  readonly sign: (grant: Grant) => Promise<string>
  /** Headers that prove who sends a request: its address and its body, and nothing of the caller. */
  readonly prove: (url: URL, body: string) => Promise<Readonly<Record<string, string>>>
  /** For the operator: how much of a list the agency answered though its grant does not let it be read. */
  readonly onRefused: (list: string, reason: NotAdmitted, count: number) => void
}

const mostQueries = 512
/** As many as an agency opens in one call. */
const mostChildren = 100

/**
 * An agency in another process. It is asked as a router would ask it, one call for all children, each with its own
 * signed grant, and its answer is trusted no further than its form, and each record no further than its grant: whatever
 * is not what was asked for fails the source, and a record that may not be read is left out and reported to the
 * operator.
 *
 * A child whose part alone failed is missing from the answer; when all failed, the call is rejected with that failure.
 */
export const subgraphSource = (options: SubgraphSourceOptions): AgencySource => {
  const { layout, prefixes, sdls, url, sign, prove, onRefused } = options
  const agency = layout.contract.name
  const types = agencyTypesOf(agency, sdls)
  const queries = new LRUCache<string, SubgraphQuery>({ max: mostQueries })
  const closing = new AbortController()

  /** Cached, and bounded: operations are the caller's to write. */
  const queryFor = (selection: FieldSelection): SubgraphQuery => {
    const key = selectionKey(selection)
    const query = queries.get(key) ?? subgraphQuery(layout, types, selection, prefixes)
    queries.set(key, query)
    return query
  }

  const fetchFew = async (
    grants: readonly Grant[],
    selection: FieldSelection,
    signal: Stopping,
  ): Promise<Map<string, Answered>> => {
    const query = queryFor(grants.some(({ own }) => own) ? withHolders(selection) : selection)
    const answers = new Map(grants.map((grant) => [grant.childId, nothingHeld(selection)]))
    const asked = grants.filter(hasAnything)
    if (asked.length === 0) return answers
    const representations = await Promise.all(
      asked.map(async (grant) => ({
        __typename: 'Child',
        id: grant.childId,
        [`${agency}Grants`]: [await sign(grant)],
      })),
    )
    const body = JSON.stringify({ query: query.text, variables: { representations } })
    const text = await post(url, body, await prove(url, body), asAbortSignal(signal), closing.signal)
    const refused = new Map<string, [list: string, reason: NotAdmitted, count: number]>()
    const read = readSubgraphAnswer(parseUntrusted(text), agency, query, asked, (list, reason) => {
      const [, , count] = refused.get(`${list} ${reason}`) ?? [list, reason, 0]
      refused.set(`${list} ${reason}`, [list, reason, count + 1])
    })
    // Once for each list and reason: an agency that answers wrongly must not fill the gateway's log.
    for (const [list, reason, count] of refused.values()) onRefused(list, reason, count)
    const failure = read.find((answer) => answer instanceof Refusal)
    if (failure && read.every((answer) => answer instanceof Refusal)) throw failure
    for (const [index, grant] of asked.entries()) {
      const answer = read[index]
      if (answer && !(answer instanceof Refusal)) answers.set(grant.childId, answer)
      else answers.delete(grant.childId)
    }
    return answers
  }

  return {
    agency,
    async fetch(grants, selection, signal) {
      const parts = Array.from({ length: Math.ceil(grants.length / mostChildren) }, (_, at) =>
        grants.slice(at * mostChildren, (at + 1) * mostChildren),
      )
      const answers = await Promise.all(parts.map((part) => fetchFew(part, selection, signal)))
      return new Map(answers.flatMap((part) => [...part]))
    },
    async health() {
      try {
        const text = await post(url, '{"query":"{ __typename }"}', {}, AbortSignal.timeout(2000), closing.signal)
        const ok = JSON.stringify(parseUntrusted(text)) === '{"data":{"__typename":"Query"}}'
        return { ok, detail: ok ? 'answers' : 'answers something else' }
      } catch (error) {
        return { ok: false, detail: error instanceof Error ? error.message : 'no answer' }
      }
    },
    async close() {
      closing.abort()
    },
  }
}

/**
 * A grant that permits nothing, or for nobody the agency knows, is not sent: the agency need not learn that it was
 * asked.
 */
const hasAnything = (grant: Grant): boolean =>
  grant.persons.length > 0 &&
  [grant, grant.own].some((rows) => rows && (rows.headline | rows.content | rows.redact) !== 0)

const nothingHeld = ({ lists }: FieldSelection): Answered => ({
  state: 'ANSWERED',
  records: noRecords([...lists.keys()]),
  holdings: [],
})
