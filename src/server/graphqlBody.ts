import type { IncomingMessage } from 'node:http'
import { readStrictJsonBody } from '../foundation/strictJsonBody.ts'
import { UnreadableRequest } from './requestBody.ts'

/** One operation, as it was posted. */
export interface GraphqlBody {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
  readonly extensions: Readonly<Record<string, unknown>>
}

/**
 * Only JSON in UTF-8 is read. A form or plain text can be posted by any web page without asking the browser first, and
 * another charset may read as one text here and as another in a log.
 *
 * @returns the media type to answer in.
 */
export const acceptedType = (request: IncomingMessage): string => {
  const [type = '', ...parameters] = (request.headers['content-type'] ?? '').toLowerCase().split(';')
  if (type.trim() !== 'application/json') throw unreadable(415, 'The Content-Type must be application/json.')
  const charsets = parameters.map((text) => text.trim()).filter((text) => text.startsWith('charset'))
  if (!charsets.every((text) => /^charset\s*=\s*"?utf-8"?$/.test(text)))
    throw unreadable(415, 'The charset must be utf-8.')
  const accepted = responseType(request)
  if (accepted === null) throw unreadable(406, 'The Accept header must allow application/json.')
  return accepted
}

/** Null when the caller accepts none that is spoken here. */
const responseType = (request: IncomingMessage): string | null => {
  const accepted = (request.headers.accept ?? '*/*').split(',').map((part) => part.split(';')[0]?.trim().toLowerCase())
  if (accepted.includes('application/graphql-response+json')) return 'application/graphql-response+json; charset=utf-8'
  const json = ['application/json', 'application/*', '*/*'].some((type) => accepted.includes(type))
  return json ? 'application/json; charset=utf-8' : null
}

/** Reads the posted JSON strictly. What it holds is never quoted in a refusal. */
export const readGraphqlBody = (bytes: Buffer): GraphqlBody => {
  const read = readStrictJsonBody(bytes)
  if (!read) throw unreadable(400, 'The body is not valid JSON.')
  const { value } = read
  if (Array.isArray(value)) throw unreadable(400, 'Post one operation at a time.')
  if (!isRecord(value)) throw unreadable(400, 'The body must be a JSON object.')
  const { query, operationName = null, variables = null, extensions = null } = value
  if (typeof query !== 'string' || query.trim() === '') throw unreadable(400, 'The body must have a `query` text.')
  // It stands in the audit log for ever, so that it may be no more than a name.
  const isName = typeof operationName === 'string' && /^(?:[_A-Za-z]\w{0,127})?$/.test(operationName)
  if (operationName !== null && !isName) throw unreadable(400, '`operationName` must be a name.')
  if (variables !== null && !isRecord(variables)) throw unreadable(400, '`variables` must be an object.')
  if (extensions !== null && !isRecord(extensions)) throw unreadable(400, '`extensions` must be an object.')
  return { query, operationName: operationName || null, variables: variables ?? {}, extensions: extensions ?? {} }
}

const unreadable = (status: number, message: string) => new UnreadableRequest(status, 'BAD_INPUT', message)

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
