import { IncomingMessage, ServerResponse } from 'node:http'
import { Socket } from 'node:net'
import type { Purpose } from '../../../src/policy/vocabulary.ts'
import { graphqlRequest } from '../../../src/server/graphqlRequest.ts'
import { createLog } from '../../../src/server/log.ts'
import { createMetrics } from '../../../src/server/metrics.ts'
import type { TestGateway } from '../../support/gateway.ts'
import { tokensOf } from './tokens.ts'

/** Who asks, and for what. */
export interface Asking {
  readonly persona: string
  readonly purpose?: Purpose | undefined
}

/** One operation as it is posted. */
export interface Operation {
  readonly query: string
  readonly variables?: Readonly<Record<string, unknown>> | undefined
}

/** All that a caller receives, with what is different in every response put out of the way. */
export interface Answered {
  readonly status: number
  /** Without ids of the request and the leaf. */
  readonly headers: string
  readonly text: string
}

/** The gateway's own request handler, called without a socket: every step but the network is the real one. */
export interface Door {
  ask(asking: Asking, operation: Operation): Promise<Answered>
  stop(): Promise<void>
}

export async function openDoor(gateway: TestGateway): Promise<Door> {
  const tokenOf = tokensOf(gateway)
  const handle = graphqlRequest({
    gateway: gateway.opened,
    log: createLog('silent'),
    metrics: createMetrics(),
    trustedProxy: null,
  })
  return {
    ask: async (asking, operation) => {
      const token = await tokenOf(asking)
      const request = posted(JSON.stringify(operation), token)
      const response = new Kept(request)
      await handle(request, response)
      const answered = response.answered()
      if (answered.status === 401) throw new Error(`The token of ${asking.persona} was refused.`)
      return answered
    },
    // The gateway is closed by whoever started it.
    stop: async () => {},
  }
}

function posted(body: string, token: string): IncomingMessage {
  const request = new IncomingMessage(new Socket())
  const headers = {
    'content-type': 'application/json',
    authorization: `Bearer ${token}`,
    'content-length': String(Buffer.byteLength(body)),
  }
  request.method = 'POST'
  request.url = '/graphql'
  Object.assign(request.headers, headers)
  for (const [name, value] of Object.entries(headers)) request.headersDistinct[name] = [value]
  request.push(Buffer.from(body))
  request.push(null)
  return request
}

/** A response that keeps what is written instead of sending it. */
class Kept extends ServerResponse {
  #body = ''

  override end(...written: unknown[]): this {
    const [chunk] = written
    if (typeof chunk === 'string' || Buffer.isBuffer(chunk)) this.#body += chunk.toString()
    return this
  }

  answered(): Answered {
    const headers = this.#written
    const auditId = String(headers['x-audit-id'] ?? 'none')
    const { 'x-audit-id': _audit, 'x-request-id': requestId, ...rest } = headers
    const text = this.#body.replaceAll(auditId, 'AUDIT-ID').replaceAll(String(requestId), 'REQUEST-ID')
    return { status: this.statusCode, headers: JSON.stringify(rest), text }
  }

  #written: Record<string, unknown> = {}

  override writeHead(status: number, ...rest: unknown[]): this {
    this.statusCode = status
    const given = rest.find((part) => typeof part === 'object' && part !== null) ?? {}
    this.#written = { ...this.getHeaders(), ...given }
    return this
  }
}
