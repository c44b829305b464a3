import { createServer } from 'node:net'
import type { Config } from './foundation/config.ts'
import type { Gateway, GatewayModule, OpenOptions } from './server/gatewayTypes.ts'
import { type RunningServer, startServer } from './server/httpServer.ts'
import { LiveGateway } from './server/liveGateway.ts'
import { createLog, type Log } from './server/log.ts'
import { createMetrics } from './server/metrics.ts'

/** The gateway, opened and answering. */
export interface RunningGateway {
  readonly url: string
  readonly gateway: Gateway
  /**
   * Reads again what may change while it runs, and says in the log what came of it.
   *
   * @returns everything that stands in the way; then nothing has changed.
   */
  reload(): Promise<readonly string[]>
  /** Drains the server, then closes stores and sources. */
  close(): Promise<void>
}

/**
 * Opens the gateway and serves it. The port is settled first, since the demonstration's issuer signs the address at
 * which it is reached.
 */
export const startGateway = async (
  module: GatewayModule,
  wanted: Config,
  options: Pick<
    OpenOptions,
    'onProgress' | 'records' | 'wrapSource' | 'wrapDatabase' | 'clockRuns' | 'watchesAlerts'
  > & {
    readonly log?: Log
  } = {},
): Promise<RunningGateway> => {
  const config = wanted.port === 0 ? { ...wanted, port: await freePort(wanted.host) } : wanted
  const log = options.log ?? createLog(config.logLevel)
  const metrics = createMetrics()
  const open = () => module.openGateway(config, { ...options, log, metrics })
  const beforeStores = async () => {
    await freePort(config.host, config.port)
  }
  const live = new LiveGateway(await module.openGateway(config, { ...options, log, metrics, beforeStores }), open)
  const server = await serve(config, live, log, metrics)
  let reloaded: Promise<unknown> = Promise.resolve()
  const reload = async (): Promise<readonly string[]> => {
    const problems = await live.reload()
    if (problems.length === 0) log.info('RELOADED')
    else log.warn('RELOAD_REFUSED', { problems: problems.join(' ') })
    return problems
  }
  return {
    url: server.url,
    get gateway() {
      return live.now
    },
    reload: () => {
      // One after the other: the last is what is in force.
      const next = reloaded.then(reload)
      reloaded = next.catch(() => undefined)
      return next
    },
    close: async () => {
      await server.close()
      await reloaded
      await live.close()
    },
  }
}

const serve = async (
  config: Config,
  live: LiveGateway,
  log: Log,
  metrics: ReturnType<typeof createMetrics>,
): Promise<RunningServer> => {
  try {
    return await startServer({ config, ...live.served, log, metrics })
  } catch (error) {
    await live.close()
    throw error
  }
}

/** A port that nothing listens on now: the one that is named, or any. Rejects as listening there would. */
export const freePort = (host: string, wanted = 0): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(wanted, host, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
