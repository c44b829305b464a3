import { createServer } from 'node:net'
import type { Config } from './foundation/config.ts'
import type { Gateway, GatewayModule, OpenOptions } from './server/gatewayPort.ts'
import { createLog, type Log } from './server/log.ts'
import { createMetrics } from './server/metrics.ts'
import { type RunningServer, startServer } from './server/server.ts'

/** The gateway, opened and answering. */
export interface RunningGateway {
  readonly url: string
  readonly gateway: Gateway
  /** Reads again what may change while it runs, and says in the log what came of it. */
  reload(): void
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
  const gateway = await module.openGateway(config, { ...options, log, metrics })
  const server = await serve(config, gateway, log, metrics)
  return {
    url: server.url,
    gateway,
    reload: () => {
      const problems = gateway.reload()
      if (problems.length === 0) log.info('RELOADED')
      else log.warn('RELOAD_REFUSED', { problems: problems.join(' ') })
    },
    close: async () => {
      await server.close()
      await gateway.close()
    },
  }
}

const serve = async (
  config: Config,
  gateway: Gateway,
  log: Log,
  metrics: ReturnType<typeof createMetrics>,
): Promise<RunningServer> => {
  try {
    return await startServer({
      config,
      gateway,
      audit: gateway.audit,
      log,
      metrics,
      ...(gateway.issuer ? { issuer: gateway.issuer } : {}),
      ...(gateway.workbench ? { workbench: gateway.workbench } : {}),
    })
  } catch (error) {
    await gateway.close()
    throw error
  }
}

/** A port that nothing listens on now. */
export const freePort = (host: string): Promise<number> =>
  new Promise((resolve, reject) => {
    const probe = createServer()
    probe.once('error', reject)
    probe.listen(0, host, () => {
      const address = probe.address()
      const port = typeof address === 'object' && address ? address.port : 0
      probe.close(() => resolve(port))
    })
  })
