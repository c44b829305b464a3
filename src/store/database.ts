import type { Knex } from 'knex'
import type { Stopping } from './stopping.ts'

/**
 * One statement of the hot path. Every column is text, so that the embedded and the real database give the same bytes.
 */
export interface Statement {
  /** Name under which it is prepared when it comes again; the same name is always the same text. */
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** One row of a statement, as the store holds it: columns that are looked at one by one. */
export interface StoredRow {
  /**
   * One column; null also where there is no such column. The text may keep alive all that came with the row: it is for
   * what a request looks at, and not for what is cached.
   */
  text(place: number): string | null
  /** The same as a text of its own, which may be cached. */
  copy(place: number): string | null
  /** Every column, as `text` gives it. */
  texts(): readonly (string | null)[]
  /** Every column, as `copy` gives it. */
  copies(): readonly (string | null)[]
}

/** A connection to one database in one role. */
export interface Database {
  readonly kind: 'embedded' | 'postgres'
  /** Query builder, for migrations, seeds and what the gateway owns. Not for the hot path. */
  readonly knex: Knex
  /**
   * Runs a prepared statement; rows are arrays of text or null. Pipelined on real PostgreSQL. Rejects when `signal`
   * aborts.
   */
  rows(statement: Statement, signal?: Stopping): Promise<readonly (readonly (string | null)[])[]>
  /** The same with rows as they came, of which little may ever be looked at. */
  wireRows(statement: Statement, signal?: Stopping): Promise<readonly StoredRow[]>
  close(): Promise<void>
}
