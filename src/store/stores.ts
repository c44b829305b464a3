import { join } from 'node:path'
import { type AgencyName, schemaName } from '../foundation/agencies.ts'
import type { Database } from './database.ts'
import { openPostgres, type PostgresOptions } from './postgres.ts'
import { readRoleName } from './readRole.ts'

/** Tables of one kind that are in a database of their own. */
export interface StorePlace {
  readonly id: string
  /** PostgreSQL schema. */
  readonly schema: string
  /** Null: embedded, in a folder of this name. */
  readonly url: string | null
  readonly folder: string
}

export interface StoreOptions {
  /** Folder of the embedded database, or `memory` for tests. */
  readonly dataDir: string | 'memory'
  /** Real PostgreSQL for everything that has no address of its own; without it, what has none is embedded. */
  readonly databaseUrl?: string | undefined
  readonly agencyUrls: Readonly<Partial<Record<AgencyName, string>>>
  /** Agencies that are read in this process. */
  readonly agencies: readonly AgencyName[]
  /** Beside them, what holders of theirs keep elsewhere. */
  readonly places?: readonly StorePlace[]
  /** Whether agencies are read in their read-only role; false where `ensureReadRole` could not make it. */
  readonly readOnlyAgencies: boolean
  readonly wire?: PostgresOptions['wire']
}

export interface Stores {
  /** What the gateway owns. */
  readonly gateway: Database
  /**
   * For reading, by agency or place: on real PostgreSQL, in the agency's read-only role. Connects at the first
   * statement, so migrate first.
   */
  agency(place: string): Database
  /** For migrations and seeds alone, with the connecting user's rights. */
  owner(place: string): Database
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

  const owners = new Map<string, Database>()
  const readers = new Map<string, Database>()
  const ownerOf = (id: string, url: string): Database =>
    closedLater(openPostgres(url, { applicationName: `wholeview ${id} owner`, poolSize: 2, wire }))
  const readerOf = (id: string, schema: string, url: string): Database => {
    const role = options.readOnlyAgencies ? { role: readRoleName(schema) } : {}
    return closedLater(openPostgres(url, { ...role, applicationName: `wholeview ${id}`, poolSize: 2, wire }))
  }
  for (const name of options.agencies) {
    const own = options.agencyUrls[name]
    const url = own ?? options.databaseUrl
    owners.set(name, own ? ownerOf(name, own) : shared)
    readers.set(name, url ? readerOf(name, schemaName(name), url) : shared)
  }
  const folders = new Map<string, Database>()
  for (const { id, schema, url, folder } of options.places ?? []) {
    const embedded =
      url === null ? (folders.get(folder) ?? closedLater(await openFolder(options.dataDir, folder))) : null
    if (embedded) folders.set(folder, embedded)
    owners.set(id, embedded ?? ownerOf(id, url ?? ''))
    readers.set(id, embedded ?? readerOf(id, schema, url ?? ''))
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
async function openFolder(dataDir: string, name = 'store'): Promise<Database> {
  const { openEmbedded } = await import('./embedded.ts')
  return openEmbedded(dataDir === 'memory' ? 'memory' : join(dataDir, name))
}

function get(databases: ReadonlyMap<string, Database>, name: string): Database {
  const database = databases.get(name)
  if (!database) throw new Error(`The store of ${name} is not open in this process.`)
  return database
}
