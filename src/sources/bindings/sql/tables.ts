import type { CommonColumn } from './commonColumns.ts'

/** One list's table, where it is not as the convention says. */
export interface ListTable {
  /** The snake case of the list where nothing is said. */
  readonly table?: string
  /** Field → column, where it is not the snake case of the field. */
  readonly columns?: Readonly<Record<string, string>>
  /** Common column → the table's own column for it. */
  readonly common?: Readonly<Partial<Record<CommonColumn, string>>>
}

/**
 * The tables of one kind of agency in a database of ours, by list. A kind whose tables follow the convention has none.
 */
export type KindTables = Readonly<Record<string, ListTable>>
