import knex, { type Knex } from 'knex'
import { abortable } from './abortable.ts'
import type { PostgresConnection } from './connection.ts'
import type { Database } from './database.ts'
import { openPipelinedConnections } from './pipelinedConnections.ts'
import { plainWire } from './plainWire.ts'
import { quietLog, sessionSettings } from './sessionSettings.ts'
import type { Wire } from './wireSession.ts'

export interface PostgresOptions {
  /**
   * Read-only role as which every session runs, made by `ensureReadRole`. The session cannot write, whatever the
   * statement.
   */
  readonly role?: string
  /** Shown in `pg_stat_activity`. */
  readonly applicationName: string
  /** How many pipelined connections serve `rows`; as many again, opened when needed, serve knex. */
  readonly poolSize: number
  /** How rows come; by pg's own means where nothing is said. */
  readonly wire?: Wire | undefined
}

/**
 * A real PostgreSQL. Nothing connects until the first statement, and a lost connection is made again by the next one.
 * A hung server is the caller's to judge: pass a signal with a deadline.
 */
export function openPostgres(url: string, options: PostgresOptions): Database {
  const connection = connectionFor(url, options)
  const pipelinedConnections = openPipelinedConnections(connection, options.poolSize, options.wire ?? plainWire)
  let builder: Knex | undefined
  const database: Database = {
    kind: 'postgres',
    get knex() {
      builder ??= knex({
        client: 'pg',
        connection,
        pool: { min: 0, max: options.poolSize },
        acquireConnectionTimeout: 15_000,
        log: quietLog,
      })
      return builder
    },
    rows: async (statement, signal) => (await database.wireRows(statement, signal)).map((row) => row.copies()),
    wireRows: (statement, signal) => abortable(pipelinedConnections.run(statement, signal), signal),
    close: async () => {
      await Promise.all([pipelinedConnections.close(), builder?.destroy()])
    },
  }
  return database
}

function connectionFor(url: string, { role, applicationName }: PostgresOptions): PostgresConnection {
  const settings = [...sessionSettings, ...(role === undefined ? [] : readOnly(role))]
  const own = settings.map(([name, value]) => `-c ${name}=${value.replace(/[\\ ]/g, '\\$&')}`).join(' ')
  const { connectionString, asked } = takeOptions(url)
  return {
    connectionString,
    options: asked === null ? own : `${asked} ${own}`,
    application_name: applicationName,
    connectionTimeoutMillis: 5000,
    keepAlive: true,
  }
}

/** `role` is set at connection, so there is no moment at which the session has more rights. */
const readOnly = (role: string): [string, string][] => [
  ['role', role],
  ['default_transaction_read_only', 'on'],
]

/** `options` in the address would replace ours; taken out of it, both count. */
function takeOptions(url: string): { connectionString: string; asked: string | null } {
  if (!URL.canParse(url)) return { connectionString: url, asked: null }
  const address = new URL(url)
  const asked = address.searchParams.get('options')
  if (asked === null) return { connectionString: url, asked }
  address.searchParams.delete('options')
  return { connectionString: address.href, asked }
}
