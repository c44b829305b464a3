import { randomBytes } from 'node:crypto'
import { rmSync } from 'node:fs'
import { afterAll, describe, inject } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { migratedName } from './postgresServer.ts'
import { newDatabaseFolder, startedName } from './prepared.ts'
import { isWhole } from './sample.ts'
import { createDatabase, dropDatabase } from './serverDatabase.ts'

/** Title that says why the tests below it are skipped, when the run has no real PostgreSQL. */
export const realTitle = (title: string): string => {
  const { reason } = inject('postgres')
  return reason === null ? title : `${title} (skipped: ${reason})`
}

/** For `describe.skipIf(!hasPostgres())`. */
export const hasPostgres = (): boolean => inject('postgres').url !== null

export interface TestDatabase {
  readonly url: string
  readonly drop: () => Promise<void>
}

/** A new database on the run's real PostgreSQL: empty, or with the gateway's tables. */
export const createTestDatabase = (isMigrated = false): Promise<TestDatabase> =>
  createCopy(isMigrated ? migratedName : undefined)

/**
 * The same as a gateway of the demonstration left it, so that the next one need not fill it: with a data folder of
 * `newDataDirOfServer`, under whose secret people were taken into the register.
 */
export const createStartedDatabase = (): Promise<TestDatabase> => createCopy(startedName)

async function createCopy(template: string | undefined): Promise<TestDatabase> {
  const { url, reason } = inject('postgres')
  if (url === null) throw new Error(`There is no real PostgreSQL in this run: ${reason}`)
  const name = `test_${randomBytes(6).toString('hex')}`
  return {
    url: await createDatabase(url, name, template),
    drop: () => dropDatabase(url, name),
  }
}

/** A new, empty embedded database, whose files go when it is closed. */
export const openNewEmbedded = (): Promise<Database> => openCopy('database')

/** The same, with the gateway's tables. */
export const openMigratedEmbedded = (): Promise<Database> => openCopy('migrated')

async function openCopy(which: 'database' | 'migrated'): Promise<Database> {
  const folder = newDatabaseFolder(which)
  const database = await openEmbedded(folder)
  // Made before; where nothing was prepared it is made here.
  if (which === 'migrated') await migrateGateway(database)
  return {
    ...database,
    close: async () => {
      await database.close()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

interface Opened {
  readonly database: Database
  readonly another: () => Database
  readonly url: string | null
}

export interface TestEngine {
  readonly kind: Database['kind']
  /** A new, empty database; `another` is one more handle on it. All are closed and dropped after the block. */
  open(): Promise<Opened>
  /** The same, with the gateway's tables. */
  openMigrated(): Promise<Opened>
}

/**
 * Describes the same behaviours on a real PostgreSQL and on the embedded database: on both at full size, and wherever
 * what is tested is how an engine behaves; else by default on the real one, and embedded where there is none.
 */
export function testDatabases(
  title: string,
  body: (engine: TestEngine) => void,
  { ofEngines = false }: { readonly ofEngines?: boolean } = {},
): void {
  if (ofEngines || isWhole || !hasPostgres()) describe(`${title}, embedded`, () => body(engineOf('embedded')))
  describe.skipIf(!hasPostgres())(realTitle(`${title}, real PostgreSQL`), () => body(engineOf('postgres')))
}

function engineOf(kind: Database['kind']): TestEngine {
  const undo: (() => Promise<void>)[] = []
  const undone = async (steps: (() => Promise<void>)[]): Promise<void> => {
    for (const step of steps.splice(0).reverse()) await step()
  }
  afterAll(() => undone(undo))
  const open = async (isMigrated: boolean) => {
    if (kind === 'embedded') {
      const database = await (isMigrated ? openMigratedEmbedded() : openNewEmbedded())
      undo.push(() => database.close())
      return { database, another: () => database, url: null }
    }
    const { url, drop } = await createTestDatabase(isMigrated)
    undo.push(drop)
    const another = () => {
      const database = openPostgres(url, { applicationName: 'test', poolSize: 2 })
      undo.push(() => database.close())
      return database
    }
    return { database: another(), another, url }
  }
  return { kind, open: () => open(false), openMigrated: () => open(true) }
}
