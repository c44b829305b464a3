import type { Database, Statement } from '../../src/store/database.ts'

/** A database whose every statement of the hot path passes the test first; what comes back is the database's own. */
export const sentThrough = (database: Database, pass: (statement: Statement) => Statement): Database => ({
  kind: database.kind,
  get knex() {
    return database.knex
  },
  rows: (statement, signal) => database.rows(pass(statement), signal),
  wireRows: (statement, signal) => database.wireRows(pass(statement), signal),
  close: () => database.close(),
})
