import type { ServerResponse } from 'node:http'
import type { CallerError } from '../disclosure/callerError.ts'

/** Headers of every reply: nothing is cached, framed, sniffed, or sent to another site. */
export const securityHeaders: Readonly<Record<string, string>> = {
  'cache-control': 'no-store',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'",
  'cross-origin-opener-policy': 'same-origin',
  'cross-origin-resource-policy': 'same-origin',
  'referrer-policy': 'no-referrer',
  'x-content-type-options': 'nosniff',
  'x-frame-options': 'DENY',
}

/** Writes a whole reply at once. */
export const reply = (
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string | Buffer,
  headers: Readonly<Record<string, string>> = {},
): void => {
  put(response, securityHeaders)
  response.setHeader('content-type', contentType)
  response.setHeader('content-length', Buffer.byteLength(body))
  put(response, headers)
  response.writeHead(status)
  // A text leaves in one write with the headers.
  response.end(body)
}

/** One by one: to spread them into an object that is made for every reply takes more than twice as long. */
function put(response: ServerResponse, headers: Readonly<Record<string, string>>): void {
  for (const name in headers) response.setHeader(name, headers[name] ?? '')
}

export const jsonType = 'application/json; charset=utf-8'

export const replyJson = (
  response: ServerResponse,
  status: number,
  value: unknown,
  headers: Readonly<Record<string, string>> = {},
): void => reply(response, status, jsonType, `${JSON.stringify(value)}\n`, headers)

export const replyErrors = (
  response: ServerResponse,
  status: number,
  errors: readonly CallerError[],
  headers: Readonly<Record<string, string>> = {},
): void => replyJson(response, status, { errors }, headers)
