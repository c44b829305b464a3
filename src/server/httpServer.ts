import type { IncomingMessage, RequestListener, ServerResponse } from 'node:http'
import { plainError } from '../disclosure/callerError.ts'
import type { Config } from '../foundation/config.ts'
import { type AuditEndpoint, auditRoutes } from './auditRoutes.ts'
import { createExplorer, hasExplorer } from './explorer.ts'
import { graphqlRequest } from './graphqlRequest.ts'
import { startListening } from './listener.ts'
import { explainError, type Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { GatewayPort } from './portToGateway.ts'
import { createReadiness } from './readiness.ts'
import { replyErrors } from './reply.ts'
import { graphqlByGet, json, type Routes, redirect, route, text } from './routes.ts'

export interface ServerOptions {
  readonly config: Pick<Config, 'host' | 'port' | 'introspection' | 'tls' | 'trustedProxy'>
  readonly gateway: GatewayPort
  /** The demonstration's token issuer, under `/issuer/`. */
  readonly issuer?: { readonly callback: RequestListener }
  /** The pages for people, under `/workbench/`. */
  readonly workbench?: { readonly handle: RequestListener }
  /** The log's face to witnesses and verifiers, under `/audit/`. */
  readonly audit?: AuditEndpoint
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
  const { config, gateway, issuer, workbench, audit, log, metrics } = options
  const { trustedProxy } = config
  let isStopping = false
  const explorer = hasExplorer(config) ? createExplorer() : null
  const readiness = createReadiness(gateway, log, metrics)
  const routes: Routes = {
    '/graphql': {
      POST: graphqlRequest({ gateway, log, metrics, trustedProxy }),
      GET: graphqlByGet(explorer !== null),
    },
    '/health/live': { GET: json(() => ({ status: 'LIVE' })) },
    '/health/ready': { GET: (_request, response) => readiness(response, isStopping) },
    '/metrics': { GET: text(metrics.contentType, () => metrics.text()) },
    '/.well-known/jwks.json': { GET: json(() => gateway.jwks()) },
    ...((workbench || explorer) && { '/': { GET: redirect(workbench ? '/workbench/' : '/explorer') } }),
    ...(workbench && { '/workbench': { GET: redirect('/workbench/') } }),
    ...(explorer && {
      '/explorer': { GET: explorer.page },
      '/explorer/explorer.js': { GET: explorer.script },
    }),
  }
  const prefixes = {
    ...(issuer && { '/issuer/': issuer.callback }),
    ...(workbench && { '/workbench/': workbench.handle }),
    ...(audit && { '/audit/': auditRoutes(audit) }),
  }

  const answer = async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    if (isStopping && request.url !== '/health/ready') {
      return replyErrors(response, 503, [plainError('NOT_READY')], { connection: 'close', 'retry-after': '5' })
    }
    await route(routes, prefixes, request, response)
  }
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    answer(request, response).catch((error: unknown) => {
      log.error('REQUEST_FAILED', explainError(error))
      if (response.headersSent) response.destroy()
      else replyErrors(response, 500, [plainError('INTERNAL')])
    })
  }
  const listening = await startListening({ host: config.host, port: config.port, tls: config.tls, handle })
  const { url } = listening
  log.info('LISTENING', { url })

  let closing: Promise<void> | undefined
  const close = async () => {
    isStopping = true
    log.info('STOPPING')
    await listening.close(options.graceMs ?? 10_000)
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
