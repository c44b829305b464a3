import { readConfig } from '../../src/config.ts'
import * as gateway from '../../src/gateway.ts'
import { startGateway } from '../../src/main.ts'
import { profileOnSignal } from './profiler.ts'

/**
 * The gateway as `wholeview start` opens it. Libraries run in production mode (`NODE_ENV`); the gateway's own configuration
 * is told of none, since production refuses the invented authorities and numbers of the population. Nothing else differs:
 * token, policy and audit are the same code.
 */
const config = readConfig({ ...process.env, NODE_ENV: undefined })
const running = await startGateway(gateway, config)
profileOnSignal()
process.once('SIGTERM', () => {
  running.close().then(
    () => process.exit(0),
    () => process.exit(1),
  )
})
console.log('ready')
