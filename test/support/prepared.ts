import { cpSync, mkdirSync, mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/**
 * Where a run keeps what it made once, for every test to begin with a copy: to make an embedded database takes seconds.
 */
export const preparedIn = 'WHOLEVIEW_TEST_PREPARED'

/** Address of the run's real PostgreSQL, where there is one, for whoever is no test itself. */
export const serverIn = 'WHOLEVIEW_TEST_POSTGRES'

/** The database on it that a gateway of the demonstration filled, as `newDataDir` is the folder. */
export const startedName = 'started'

export const preparedFolders = (folder: string) => ({
  database: join(folder, 'database'),
  migrated: join(folder, 'migrated'),
  started: join(folder, 'started'),
})

/** A new folder with an embedded database in which there is nothing yet, or nothing but the gateway's empty tables. */
export function newDatabaseFolder(which: 'database' | 'migrated' = 'database', folder = newFolder()): string {
  copyInto(folder, (folders) => folders[which], ['database'])
  return folder
}

/** A new data folder whose store is such a database: nothing is in it yet. */
export function newEmptyDataDir(): string {
  const folder = newFolder()
  newDatabaseFolder('database', join(folder, 'store'))
  return folder
}

/**
 * A new data folder in which a gateway of the demonstration was started before: its stores are filled, and it has no
 * keys yet but the secret under which people were taken into the register.
 */
export function newDataDir(folder = newFolder()): string {
  // As the gateway makes it: a copy would make the folder of one file anew, for everybody to look into.
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 })
  copyInto(folder, ({ started }) => started, ['store', 'keys/identity.secret'])
  return folder
}

/** A new data folder for a copy of the `started` database: without a store, under the same secret. */
export function newDataDirOfServer(): string {
  const folder = newFolder()
  mkdirSync(join(folder, 'keys'), { recursive: true, mode: 0o700 })
  copyInto(folder, ({ started }) => started, ['keys/identity.secret'])
  return folder
}

const newFolder = (): string => mkdtempSync(join(tmpdir(), 'wholeview-'))

/** Outside a run nothing is prepared, and the folder stays empty: whoever opens it makes what is missing. */
function copyInto(
  folder: string,
  which: (folders: ReturnType<typeof preparedFolders>) => string,
  names: readonly string[],
): void {
  const prepared = process.env[preparedIn]
  if (prepared === undefined) return
  const from = which(preparedFolders(prepared))
  for (const name of names) cpSync(join(from, name), join(folder, name), { recursive: true })
}
