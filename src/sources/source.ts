import type { Grant } from '../policy/grant.ts'
import type { Stopping } from '../store/stopping.ts'
import type { Row } from './contract.ts'

/** What one operation wants of one agency: fields by list, and whether counts are needed. The same for every child of it. */
export interface Want {
  /** List → fields. `eventAt`, `sensitivity` and `provenance.<field>` are fields like any other. Computed fields are not in it. */
  readonly lists: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether to count what the caller may read, by list and service. */
  readonly holdings: boolean
}

/** Records that the caller may read, counted. Nothing that is withheld is in the count. */
export interface Holding {
  readonly list: string
  /** Value of the `Agency` enum. */
  readonly service: string
  readonly count: number
  /** When the latest was recorded. */
  readonly latest: string | null
}

/** One agency's answer about one child. */
export type SourceAnswer =
  | {
      readonly state: 'ANSWERED'
      readonly lists: Readonly<Record<string, readonly Row[]>>
      readonly holdings: readonly Holding[]
    }
  | { readonly state: 'UNAVAILABLE' | 'NOT_CONNECTED' | 'STALE'; readonly detail: string }

/** An agency's records behind a grant: SQL in this process, or a subgraph in another. */
export interface AgencySource {
  readonly agency: string
  /** Whether grants alone decide what it answers, whoever's token it is given: then what several callers ask may go together. */
  readonly isBlindToCallers?: boolean
  /**
   * Answers for every grant, in one round trip, whatever the number of children. Reads only what the grant permits and
   * `want` asks. Rows are ordered by `eventAt`, then id. Rejects when the source cannot answer; the caller turns that into
   * the agency's state.
   *
   * @param authorization the caller's `Authorization` header, for a subgraph in another process.
   */
  fetch(
    grants: readonly Grant[],
    want: Want,
    signal: Stopping,
    authorization?: string,
  ): Promise<ReadonlyMap<string, Extract<SourceAnswer, { state: 'ANSWERED' }>>>
  /** Whether the source can be reached now; `detail` is for operators. */
  health(): Promise<{ readonly ok: boolean; readonly detail: string }>
  close(): Promise<void>
}

const keys = new WeakMap<Want, string>()

/** What a want asks, as one text; wants that ask the same have the same. */
export function wantKey(want: Want): string {
  const known = keys.get(want)
  if (known !== undefined) return known
  const lists = [...want.lists].map(([list, fields]) => `${list}:${[...fields].sort().join(',')}`).sort()
  const key = `${lists.join(';')}${want.holdings ? '+holdings' : ''}`
  keys.set(want, key)
  return key
}
