import { openEmbedded } from '../../src/store/embedded.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import { startTestGateway } from './gateway.ts'
import { preparedFolders } from './prepared.ts'

/**
 * Into a given folder: the embedded database as it is first made and with the gateway's tables, and a data folder as
 * the gateway's first start leaves it.
 */
const [folder = ''] = process.argv.slice(2)
const { database, migrated, started } = preparedFolders(folder)
await (await openEmbedded(database)).close()
const tables = await openEmbedded(migrated)
await migrateGateway(tables)
await tables.close()
await (await startTestGateway({ DATA_DIR: started })).close()
