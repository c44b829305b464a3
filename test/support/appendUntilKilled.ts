import { createPrivateKey } from 'node:crypto'
import { openAuditLog } from '../../src/audit/log.ts'
import { systemClock } from '../../src/foundation/clock.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import { auditEntryFor } from './auditEntry.ts'

/**
 * A process that appends leaves to the log in a folder as fast as it can, and prints the id of each once it is
 * acknowledged.
 */
const [folder = '', privateKey = '', publicJwk = '{}'] = process.argv.slice(2)
const database = await openEmbedded(folder)
await migrateGateway(database)
const key = { privateKey: createPrivateKey(privateKey), publicJwk: JSON.parse(publicJwk), kid: 'test' }
const log = await openAuditLog({ database, key, origin: 'killed.example.invalid', clock: systemClock() })
let next = 0
const append = async (): Promise<void> => {
  for (;;) {
    const id = `${process.pid}-${next++}`
    await log.append(auditEntryFor(id, 'C04'))
    process.stdout.write(`${id}\n`)
  }
}
await Promise.all(Array.from({ length: 8 }, append))
