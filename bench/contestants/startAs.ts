import { readConfig } from '../../src/foundation/config.ts'
import { startGateway } from '../../src/main.ts'
import type { GatewayModule } from '../../src/server/gatewayTypes.ts'
import { tellHoldOnSignal } from './eventLoopHold.ts'
import { profileOnSignal } from './profiler.ts'

/**
 * Starts a gateway as `wholeview start` does, and says so. Libraries run in production mode (`NODE_ENV`); the gateway's
 * own configuration names none, since production refuses the invented authorities and numbers of the population.
 */
export async function startAs(module: GatewayModule): Promise<void> {
  const running = await startGateway(module, readConfig({ ...process.env, NODE_ENV: undefined }), {
    watchesAlerts: process.env['BENCH_WATCHES'] === 'on',
  })
  profileOnSignal()
  tellHoldOnSignal()
  process.once('SIGTERM', () => {
    running.close().then(
      () => process.exit(0),
      () => process.exit(1),
    )
  })
  console.log('ready')
}
