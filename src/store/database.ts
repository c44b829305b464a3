import type { Knex } from 'knex'
import type { Stopping } from './stopping.ts'

/** One statement of the hot path. Every column is text, so that the embedded and the real database give the same bytes. */
export interface Statement {
  /** Name under which it is prepared; the same name is always the same text. */
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
  close(): Promise<void>
}
