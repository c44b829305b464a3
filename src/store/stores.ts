import { join } from 'node:path'
import { type AgencyName, schemaName } from '../foundation/agencies.ts'
import type { Database } from './database.ts'
import { openPostgres, type PostgresOptions } from './postgres.ts'
import { readRoleName } from './readRole.ts'

export interface StoreOptions {
  /** Folder of the embedded database, or `memory` for tests. */
  readonly dataDir: string | 'memory'
  /** Real PostgreSQL for everything that has no address of its own; without it, what has none is embedded. */
  readonly databaseUrl?: string | undefined
  readonly agencyUrls: Readonly<Partial<Record<AgencyName, string>>>
  /** Agencies that are read in this process. */
  readonly agencies: readonly AgencyName[]
  /** Whether agencies are read in their read-only role; false where `ensureReadRole` could not make it. */
  readonly readOnlyAgencies: boolean
  readonly wire?: PostgresOptions['wire']
}

export interface Stores {
  /** What the gateway owns. */
  readonly gateway: Database
  /**
   * For reading: on real PostgreSQL, in the agency's read-only role. Connects at the first statement, so migrate first.
   */
  agency(name: AgencyName): Database
  /** For migrations and seeds alone, with the connecting user's rights. */
  owner(name: AgencyName): Database
  close(): Promise<void>
}

/**
 * Opens what this process needs: one embedded folder with a schema each, or real PostgreSQL, or a mixture by address.
 */
export async function openStores(options: StoreOptions): Promise<Stores> {
  const { wire } = options
  const open: Database[] = []
  const closedLater = <T extends Database>(database: T): T => {
    open.push(database)
    return database
  }
  const shared = closedLater(
    options.databaseUrl
      ? openPostgres(options.databaseUrl, { applicationName: 'wholeview', poolSize: 4, wire })
      : await openFolder(options.dataDir),
  )

  const owners = new Map<AgencyName, Database>()
  const readers = new Map<AgencyName, Database>()
  for (const name of options.agencies) {
    const own = options.agencyUrls[name]
    const url = own ?? options.databaseUrl
    const schema = schemaName(name)
    owners.set(
      name,
      own ? closedLater(openPostgres(own, { applicationName: `wholeview ${name} owner`, poolSize: 2, wire })) : shared,
    )
    if (!url) readers.set(name, shared)
    else {
      const role = options.readOnlyAgencies ? { role: readRoleName(schema) } : {}
      readers.set(
        name,
        closedLater(openPostgres(url, { ...role, applicationName: `wholeview ${name}`, poolSize: 2, wire })),
      )
    }
  }
  return {
    gateway: shared,
    agency: (name) => get(readers, name),
    owner: (name) => get(owners, name),
    close: async () => {
      await Promise.all(open.map((database) => database.close()))
    },
  }
}

/** A gateway on a real PostgreSQL does not load the engine. */
async function openFolder(dataDir: string): Promise<Database> {
  const { openEmbedded } = await import('./embedded.ts')
  return openEmbedded(dataDir === 'memory' ? 'memory' : join(dataDir, 'store'))
}

function get(databases: ReadonlyMap<AgencyName, Database>, name: AgencyName): Database {
  const database = databases.get(name)
  if (!database) throw new Error(`The store of ${name} is not open in this process.`)
  return database
}
