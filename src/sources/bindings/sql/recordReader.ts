import type { Grant } from '../../../policy/grant.ts'
import type { StoredRow } from '../../../store/database.ts'
import type { Wire } from '../../../store/wireSession.ts'
import type { RecordSet } from '../../recordSet.ts'
import type { SourceLayout } from '../../sourceLayout.ts'
import type { SqlPlan } from './statement.ts'

/** What one statement found of every child that it was asked for. */
export interface FoundRecords {
  /**
   * @param child the place of its grant among those of the statement.
   * @param lists names of all that were asked for.
   */
  of(child: number, lists: readonly string[]): RecordSet
  /** Shows every row of one branch of one child. */
  each(child: number, branch: number, look: (row: StoredRow) => void): void
}

/** How an agency's own tables are read: how rows come, and how they are held until they are written. */
export interface RecordReader {
  readonly wire: Wire
  found(layout: SourceLayout, plan: SqlPlan, grants: readonly Grant[], rows: readonly StoredRow[]): FoundRecords
}
