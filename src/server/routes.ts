import type { IncomingMessage, ServerResponse } from 'node:http'
import { plainError } from '../disclosure/callerError.ts'
import { reply, replyErrors, replyJson, securityHeaders } from './reply.ts'

type Handler = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>

/** Path → method → what answers. A path that is not here does not exist. */
export type Routes = Readonly<Record<string, Readonly<Record<string, Handler>>>>

/**
 * Finds what answers a request. The path alone decides; the query string is never read, since it would stand in every
 * proxy's log.
 */
export const route = async (
  routes: Routes,
  prefixes: Readonly<Record<string, Handler>>,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const path = (request.url ?? '/').split('?', 1)[0] ?? '/'
  const methods = Object.hasOwn(routes, path) ? routes[path] : undefined
  if (!methods) {
    const prefixed = Object.entries(prefixes).find(([prefix]) => path.startsWith(prefix))
    if (prefixed) return prefixed[1](request, response)
    return replyErrors(response, 404, [plainError('NOT_FOUND', 'There is nothing at this address.')])
  }
  const method = request.method === 'HEAD' ? 'GET' : (request.method ?? 'GET')
  const handler = Object.hasOwn(methods, method) ? methods[method] : undefined
  if (handler) return handler(request, response)
  replyErrors(response, 405, [plainError('BAD_INPUT', 'This address does not answer that method.')], {
    allow: Object.keys(methods).join(', '),
  })
}

export const redirect =
  (to: string): Handler =>
  (_request, response) => {
    response.writeHead(302, { ...securityHeaders, location: to, 'content-length': '0' })
    response.end()
  }

/**
 * A browser that opens `/graphql` is led to the explorer; any other GET is refused, since an operation in a URL is
 * logged.
 */
export const graphqlByGet =
  (hasExplorer: boolean): Handler =>
  (request, response) => {
    if (hasExplorer && request.headers.accept?.includes('text/html')) return redirect('/explorer')(request, response)
    replyErrors(response, 405, [plainError('BAD_INPUT', 'Operations are posted.')], { allow: 'POST' })
  }

export const json =
  (value: () => unknown): Handler =>
  (_request, response) =>
    replyJson(response, 200, value())

export const text =
  (contentType: string, value: () => Promise<string>): Handler =>
  async (_request, response) =>
    reply(response, 200, contentType, await value())
