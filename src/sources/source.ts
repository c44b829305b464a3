import type { Holder } from '../foundation/holder.ts'
import type { Grant } from '../policy/grant.ts'
import { holderField } from '../policy/ownRowGrants.ts'
import type { ChangeVersions } from '../store/changeVersions.ts'
import type { Stopping } from '../store/stopping.ts'
import type { Carried } from './carriedLists.ts'
import type { RecordSet } from './recordSet.ts'
import type { TimePage } from './timePage.ts'

/**
 * What one operation selects of one agency: fields by list, and whether counts are needed. The same for every child of
 * it.
 */
export interface FieldSelection {
  /**
   * List → fields. `eventAt`, `sensitivity` and `provenance.<field>` are fields like any other. Computed fields are not
   * in it.
   */
  readonly lists: ReadonlyMap<string, ReadonlySet<string>>
  /** Whether to count what the caller may read, by list and service. */
  readonly holdings: boolean
  /** Whether to tell, with the records, what is noted of changes to them: for a reader that keeps what they derive. */
  readonly withVersions?: boolean
  /**
   * Stretches of time, when no record beside them is wanted. A source that cannot read so little gives every record,
   * and whoever asks takes the stretches from them.
   */
  readonly pages?: readonly TimePage[]
  /** Whether to count what matches each page, where not all of it is given. */
  readonly counted?: boolean
}

/** Records that the caller may read, counted by list, service and holder. Nothing that is withheld is in the count. */
export interface Holding {
  readonly list: string
  /** Value of the `Agency` enum. */
  readonly service: string
  /** Id of the holder; absent where it may not be told, or no holder is told apart. */
  readonly holder?: string | undefined
  readonly count: number
  /** When the latest was recorded. */
  readonly latest: string | null
}

/**
 * One agency's answer about one child. `paged` is its answer to what was asked in pages beside, of other lists.
 */
export type SourceAnswer =
  | {
      readonly state: 'ANSWERED'
      readonly records: RecordSet
      readonly holdings: readonly Holding[]
      /** What was noted of changes when this was read; absent where it was not asked, or the source cannot tell. */
      readonly changeVersions?: ChangeVersions | undefined
      /** Holders of whose records nothing came; absent: none. */
      readonly gaps?: readonly HolderGap[]
      /** Holders from whom something is expected about the child; absent: none, or it is not said. */
      readonly expected?: readonly Holder[]
      /** Holders that know the child and have no place for every list; absent: none. */
      readonly carried?: readonly Carried[]
      /** How many records match, by the key of the page; of one that is not in it, all are among the records. */
      readonly matching?: ReadonlyMap<string, number>
      readonly paged?: SourceAnswer
    }
  | {
      readonly state: AwayState
      readonly detail: string
      readonly gaps?: readonly HolderGap[]
      readonly expected?: readonly Holder[]
      readonly carried?: readonly Carried[]
      readonly paged?: SourceAnswer
    }

/** Why nothing came, or nothing that is of today. */
export type AwayState = 'UNAVAILABLE' | 'NOT_CONNECTED' | 'NOT_LOOKED_FOR' | 'STALE'

/** A holder whose records are lacking, or may be. It is so for every child alike, whatever the holder has of whom. */
export interface HolderGap {
  readonly holder: Holder
  readonly state: AwayState
  /**
   * The holder's people are known and the child is none of them. It moves no number: it is used only where nothing that
   * the holder could have of the child would be hidden from this caller.
   */
  readonly unlinked?: true
  /**
   * A person has yet to say which child some of the holder's people are. It is so of every child, and what is said of
   * one rather than counted goes by the records that are known to be theirs.
   */
  readonly unsettled?: true
}

/** An agency's records behind a grant: SQL in this process, or a subgraph in another. */
export interface AgencySource {
  readonly agency: string
  /**
   * Answers for every grant, in one round trip, whatever the number of children. Reads only what the grant permits and
   * `selection` asks. Rows are ordered by `eventAt`, then id. Rejects when the source cannot answer; the caller turns
   * that into the agency's state. Grants alone decide: what several callers ask may go together, and who they are is
   * not said.
   */
  fetch(
    grants: readonly Grant[],
    selection: FieldSelection,
    signal: Stopping,
  ): Promise<ReadonlyMap<string, Extract<SourceAnswer, { state: 'ANSWERED' }>>>
  /**
   * What is noted of changes to what case status is read from, by person; null where the source cannot tell of every
   * change. While it stays the same, so do the records.
   */
  readonly changeVersions?: (persons: readonly string[], signal: Stopping) => Promise<ChangeVersions | null>
  /** Whether the source can be reached now; `detail` is for operators. */
  health(): Promise<{ readonly ok: boolean; readonly detail: string }>
  close(): Promise<void>
}

const withHolder = new WeakMap<FieldSelection, FieldSelection>()

/** The same selection, and of every row who holds it: where own rows and others' are read otherwise. */
export function withHolders(selection: FieldSelection): FieldSelection {
  const known = withHolder.get(selection)
  if (known) return known
  const lists = new Map(
    [...selection.lists].map(([list, fields]) => [list, new Set([...fields, holderField])] as const),
  )
  const made = { ...selection, lists }
  withHolder.set(selection, made)
  return made
}

const keys = new WeakMap<FieldSelection, string>()

/** What a selection asks, as one text; selections that ask the same have the same. */
export function selectionKey(selection: FieldSelection): string {
  const known = keys.get(selection)
  if (known !== undefined) return known
  const { pages, counted } = selection
  const key = `${shapeKey(selection)}${pages ? JSON.stringify([pages, counted]) : ''}`
  keys.set(selection, key)
  return key
}

const listKeys = new WeakMap<FieldSelection['lists'], string>()

/** What selections have in common that one statement reads: the same but for which pages. */
export function shapeKey({ lists, holdings, withVersions, pages }: FieldSelection): string {
  const known = listKeys.get(lists) ?? listsKey(lists)
  listKeys.set(lists, known)
  return `${known}${holdings ? '+holdings' : ''}${withVersions ? '+noted' : ''}${pages ? '+pages' : ''}`
}

const listsKey = (lists: FieldSelection['lists']): string =>
  [...lists]
    .map(([list, fields]) => `${list}:${[...fields].sort().join(',')}`)
    .sort()
    .join(';')
