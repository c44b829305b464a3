import type { IncomingMessage, RequestListener, Server, ServerResponse } from 'node:http'
import type { DoorPath } from '../auth/presented.ts'
import { type Config, isLoopback } from '../config.ts'
import { createExecutor } from '../execution/executor.ts'
import { startApollo } from './apollo.ts'
import { type AuditDoor, auditRoutes } from './auditRoutes.ts'
import type { GatewayDoor } from './door.ts'
import type { Engine } from './engine.ts'
import { plainError } from './errors.ts'
import { createExplorer, hasExplorer } from './explorer.ts'
import { graphqlRequest } from './graphqlRequest.ts'
import { createReadiness } from './health.ts'
import { listener } from './listener.ts'
import { explainError, type Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { nativeEngine } from './nativeEngine.ts'
import { operationReader } from './operations.ts'
import { replyErrors } from './reply.ts'
import { graphqlByGet, json, type Routes, redirect, route, text } from './routes.ts'
import { openSafelist } from './safelist.ts'

export interface ServerOptions {
  readonly config: Pick<Config, 'host' | 'port' | 'publicUrl' | 'introspection' | 'tls' | 'trustedProxy' | 'safelist'>
  readonly gateway: GatewayDoor
  /** The demonstration's token issuer, under `/issuer/`. */
  readonly issuer?: { readonly callback: RequestListener }
  /** The log's face to witnesses and verifiers, under `/audit/`. */
  readonly audit?: AuditDoor
  readonly log: Log
  readonly metrics: Metrics
  /** How long running requests may take to end when the server stops. */
  readonly graceMs?: number
}

export interface RunningServer {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  /** Takes no new request, lets running ones end, then closes. The gateway behind it is closed by whoever opened it. */
  close(): Promise<void>
}

/** Starts the HTTP server. Resolves once it listens. */
export const startServer = async (options: ServerOptions): Promise<RunningServer> => {
  const { config, gateway, issuer, audit, log, metrics } = options
  const { trustedProxy } = config
  const safelist = openSafelist(config.safelist)
  // One of each for both doors: what is read and compiled for one serves the other.
  const read = operationReader()
  const executor = createExecutor(gateway.schema)
  const apollo = await startApollo(gateway.schema, executor, config.introspection, log)
  const native = nativeEngine(gateway.schema, executor, config.introspection, log)
  const asked = (path: DoorPath, engine: Engine) =>
    graphqlRequest({ gateway, path, read, engine, log, metrics, safelist, trustedProxy })

  let isStopping = false
  const explorer = hasExplorer(config) ? createExplorer() : null
  const readiness = createReadiness(gateway, log, metrics)
  const routes: Routes = {
    '/graphql': {
      POST: asked('/graphql', apollo.engine),
      GET: graphqlByGet(explorer !== null),
    },
    '/graphql/native': { POST: asked('/graphql/native', native), GET: graphqlByGet(false) },
    '/health/live': { GET: json(() => ({ status: 'LIVE' })) },
    '/health/ready': { GET: (_request, response) => readiness(response, isStopping) },
    '/metrics': { GET: text(metrics.contentType, () => metrics.text()) },
    '/.well-known/jwks.json': { GET: json(() => gateway.jwks()) },
    ...(explorer && {
      '/': { GET: redirect('/explorer') },
      '/explorer': { GET: explorer.page },
      '/explorer/explorer.js': { GET: explorer.script },
    }),
  }
  const prefixes = {
    ...(issuer && { '/issuer/': issuer.callback }),
    ...(audit && { '/audit/': auditRoutes(audit) }),
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isStopping && request.url !== '/health/ready') {
      return replyErrors(response, 503, [plainError('NOT_READY')], { connection: 'close', 'retry-after': '5' })
    }
    await route(routes, prefixes, request, response)
  }
  const server = listener(config.tls, (request, response) => {
    answer(request, response).catch((error: unknown) => {
      log.error('REQUEST_FAILED', explainError(error))
      if (response.headersSent) response.destroy()
      else replyErrors(response, 500, [plainError('INTERNAL')])
    })
  })
  boundInTime(server)
  await listen(server, config.port, config.host)
  const url = addressOf(server, config.host, config.tls ? 'https' : 'http')
  log.info('LISTENING', { url })

  let closing: Promise<void> | undefined
  const close = async () => {
    isStopping = true
    log.info('STOPPING')
    await drain(server, options.graceMs ?? 10_000)
    await apollo.stop()
    log.info('STOPPED')
  }
  return {
    url,
    close: () => {
      closing ??= close()
      return closing
    },
  }
}

/** A sender that trickles its request may not hold a connection. */
const boundInTime = (server: Server): void => {
  server.headersTimeout = 10_000
  server.requestTimeout = 30_000
  server.keepAliveTimeout = 30_000
  server.maxHeadersCount = 100
}

const listen = (server: Server, port: number, host: string): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      server.off('error', reject)
      resolve()
    })
  })

const addressOf = (server: Server, host: string, protocol: 'http' | 'https'): string => {
  const address = server.address()
  const port = typeof address === 'object' && address ? address.port : 0
  const name = isLoopback(host) ? host : host === '0.0.0.0' || host === '::' ? '127.0.0.1' : host
  return `${protocol}://${name.includes(':') ? `[${name}]` : name}:${port}`
}

const drain = async (server: Server, graceMs: number): Promise<void> => {
  const closed = new Promise<void>((resolve) => {
    server.close(() => resolve())
  })
  // A kept-alive connection falls idle only when its running request has ended, so idle ones are looked for until none is left.
  const idle = setInterval(() => server.closeIdleConnections(), 25)
  const late = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(late)
}
