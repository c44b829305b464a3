import type { RecordIds } from '../audit/recordIdsDigest.ts'
import type { SelectionPlan } from '../execution/answerPlan.ts'
import type { JsonBytes } from '../execution/jsonBytes.ts'
import type { Grant } from '../policy/grant.ts'
import type { Row } from './contract.ts'

/** The records of one agency's answer about one child. Whoever reads them does not know how they are held. */
export interface RecordSet {
  /** Names of the lists that were asked for, whatever may be read of them. */
  readonly lists: readonly string[]
  /** Whether a row of the list came from its source. */
  has(list: string): boolean
  /** Rows of one list in order of time, then id; none of a list that was not asked for. */
  rows(list: string): readonly Row[]
  /** The same for a reader of few fields of many rows: they are only looked at, and never copied. */
  readings(list: string): readonly Row[]
  /**
   * Writes one list as JSON: of each record what is selected, where the grant permits it. False, with nothing written:
   * then its rows are resolved field by field, which must give the same text. A set that never writes is slower, and as
   * good.
   */
  write(list: string, selection: SelectionPlan, grant: Grant, out: JsonBytes): boolean
  /**
   * Whether a record of the list came that could not be read, or one of these fields of a record that may be read:
   * a number that counts by them may be too low.
   */
  unread(list: string, fields: readonly string[]): boolean
  /** What the audit entry says of which records were read. */
  ids(): RecordIds
  /**
   * Has no records from now on. What held them on the way may be garbage of the kind that V8 collects late, and
   * thousands of records with it.
   */
  release(): void
}

/** The rows of every list by name. */
export const listsOf = (records: RecordSet): Readonly<Record<string, readonly Row[]>> =>
  Object.fromEntries(records.lists.map((list) => [list, records.rows(list)]))

/** The same, for a reader who only looks at them: of some lists, where it looks at no others. */
export const readingsOf = (
  records: RecordSet,
  lists: readonly string[] = records.lists,
): Readonly<Record<string, readonly Row[]>> => Object.fromEntries(lists.map((list) => [list, records.readings(list)]))
