import { cpSync } from 'node:fs'
import { join } from 'node:path'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import { startTestGateway } from './gateway.ts'
import { newDataDirOfServer, preparedFolders, preparedIn, serverIn, startedName } from './prepared.ts'
import { createDatabase } from './serverDatabase.ts'

/**
 * Into a given folder: the embedded database as it is first made and with the gateway's tables, and a data folder as
 * the gateway's first start leaves it; on the run's PostgreSQL, where there is one, a database as that start leaves it.
 */
const [folder = ''] = process.argv.slice(2)
const { database, migrated, started } = preparedFolders(folder)
await (await openEmbedded(database)).close()
// What takes longest is to make an embedded database, so the others begin with a copy of it.
for (const store of [migrated, join(started, 'store')])
  cpSync(join(database, 'database'), join(store, 'database'), { recursive: true })
const tables = await openEmbedded(migrated)
await migrateGateway(tables)
await tables.close()
await (await startTestGateway({ DATA_DIR: started })).close()
process.env[preparedIn] = folder

const server = process.env[serverIn]
if (server !== undefined) {
  const database = await createDatabase(server, startedName)
  await (await startTestGateway({ DATABASE_URL: database, DATA_DIR: newDataDirOfServer() })).close()
}
