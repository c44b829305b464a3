import { createServer, type IncomingMessage, type RequestListener, type Server, type ServerResponse } from 'node:http'
import { createServer as createTlsServer } from 'node:https'
import { plainError } from '../disclosure/callerError.ts'
import type { TlsFiles } from '../foundation/config.ts'
import { isLoopback } from '../foundation/localAddresses.ts'
import { replyErrors } from './reply.ts'
import { tlsOptions } from './tlsFiles.ts'

export interface ListenOptions {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Null: plain HTTP. */
  readonly tls: TlsFiles | null
  readonly handle: (request: IncomingMessage, response: ServerResponse) => void
}

export interface Listening {
  /** Where it listens, without a slash at the end. */
  readonly url: string
  /** Takes no new connection, lets running requests end within the time, then closes. */
  close(graceMs: number): Promise<void>
}

/** Headers of one request. Node would drop those beyond unseen, a second `Authorization` among them. */
const mostHeaders = 100

/** The HTTP of gateway and subgraphs alike, with one set of limits. Resolves once it listens. */
export const startListening = async ({ host, port, tls, handle }: ListenOptions): Promise<Listening> => {
  const server = serverOf(tls, (request, response) => {
    if (request.rawHeaders.length > 2 * mostHeaders) refuseHeaders(response)
    else handle(request, response)
  })
  // A sender that trickles its request may not hold a connection.
  server.headersTimeout = 10_000
  server.requestTimeout = 30_000
  server.keepAliveTimeout = 30_000
  // One more than is taken, so that too many are seen.
  server.maxHeadersCount = mostHeaders + 1
  await listen(server, port, host)
  return {
    url: addressOf(server, host, tls ? 'https' : 'http'),
    close: (graceMs) => drain(server, graceMs),
  }
}

const refuseHeaders = (response: ServerResponse): void =>
  replyErrors(response, 431, [plainError('BAD_INPUT', `Send ${mostHeaders} headers at most.`)], { connection: 'close' })

/**
 * Plain HTTP, or TLS where its files are given. A client is asked for a certificate but not made to show one: which
 * token needs it, the token says. A certificate that the configured authorities do not vouch for counts as none.
 */
const serverOf = (tls: TlsFiles | null, handle: RequestListener): Server => {
  return tls === null ? createServer(handle) : createTlsServer(tlsOptions(tls), handle)
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
  // A kept-alive connection falls idle only when its running request has ended, so idle ones are looked for until none
  // is left.
  const idle = setInterval(() => server.closeIdleConnections(), 25)
  const late = setTimeout(() => server.closeAllConnections(), graceMs)
  await closed
  clearInterval(idle)
  clearTimeout(late)
}
