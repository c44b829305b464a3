import type { Knex } from 'knex'
import type { WireRow } from '../bytes/wireRow.ts'
import type { Stopping } from './stopping.ts'

/** One statement of the hot path. Every column is text, so that the embedded and the real database give the same bytes. */
export interface Statement {
  /** Name under which it is prepared when it comes again; the same name is always the same text. */
  readonly name: string
  readonly text: string
  readonly values: readonly unknown[]
}

/** A connection to one database in one role. */
export interface Database {
  readonly kind: 'embedded' | 'postgres'
  /** Query builder, for migrations, seeds and what the gateway owns. Not for the hot path. */
  readonly knex: Knex
  /** Runs a prepared statement; rows are arrays of text or null. Pipelined on real PostgreSQL. Rejects when `signal` aborts. */
  rows(statement: Statement, signal?: Stopping): Promise<readonly (readonly (string | null)[])[]>
  /** The same with rows as they came, for what is copied from them and seldom looked at. */
  wireRows(statement: Statement, signal?: Stopping): Promise<readonly WireRow[]>
  close(): Promise<void>
}
