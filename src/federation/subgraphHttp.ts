import { randomUUID } from 'node:crypto'
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type FormattedExecutionResult,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql'
import { z } from 'zod'
import { errorCodes, Refusal } from '../errors.ts'
import { readPostedJson } from '../postedJson.ts'
import { formatSubgraphError, type SubgraphLog } from './subgraphErrors.ts'

/** One request, as the schema's resolvers see it, and what must be done before its answer leaves. */
export interface OpenedRequest {
  readonly contextValue: unknown
  /** Awaited before the first byte: an audit leaf, a line in the log. If it rejects, nothing is answered. */
  readonly release?: (result: ExecutionResult) => Promise<void>
}

export interface SubgraphHttpOptions {
  readonly schema: GraphQLSchema
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  readonly log: SubgraphLog
  /** Reads an operation's text, and refuses one that asks for too much before it is validated. */
  readonly readOperation: (text: string) => DocumentNode
  /** Opens a request; `signal` aborts when its caller has gone. */
  readonly open: (request: IncomingMessage, requestId: string, signal: AbortSignal) => Promise<OpenedRequest>
  /** Whether the subgraph can answer, for `/health/ready`. */
  readonly ready: () => Promise<boolean>
  /** Whether the schema may be read; a router composes from files and does not need it. */
  readonly introspection: boolean
  /** Headers of every refusal of a token. */
  readonly challenge?: () => Readonly<Record<string, string>>
}

export interface RunningSubgraph {
  readonly url: string
  /** Lets requests under way finish, then closes. */
  close(): Promise<void>
}

/** Grants of a hundred children for one agency are about a megabyte. */
const longestBody = 4 * 1024 * 1024
/** Of an operation's text alone: grants stand in the variables. */
const longestOperation = 256 * 1024
const mostOperations = 200

const requestBody = z.object({
  query: z.string().min(1),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})

/**
 * GraphQL over HTTP for a subgraph, and no more: POST, JSON, one operation. It is called by gateways and routers, never
 * by a browser: a request without `application/json` is refused, so no page can make one without asking.
 */
export const startSubgraphHttp = async (options: SubgraphHttpOptions): Promise<RunningSubgraph> => {
  const operations = operationCache(options)
  const server = createServer((request, response) => {
    const requestId = randomUUID()
    answer(request, response, requestId, options, operations).catch((error: unknown) => {
      const refusal = error instanceof Refusal ? error : new Refusal('INTERNAL')
      const details = { requestId, code: refusal.code, detail: refusal.detail }
      if (error instanceof Refusal) options.log.warn(details, 'refused')
      else options.log.error({ ...details, err: error }, 'failed')
      response.setHeader('x-request-id', requestId)
      const isToken = refusal.code === 'UNAUTHENTICATED'
      // The same bytes for every reason, so that a refused token teaches nothing.
      const extensions = isToken ? { code: refusal.code } : { code: refusal.code, requestId }
      const headers = isToken ? options.challenge?.() : undefined
      send(response, statusOf(refusal), { errors: [{ message: refusal.message, extensions }] }, headers)
    })
  })
  server.requestTimeout = 30_000
  server.headersTimeout = 10_000
  const port = await listen(server, options.host, options.port)
  const host = options.host.includes(':') ? `[${options.host}]` : options.host
  return { url: `http://${host}:${port}/graphql`, close: () => close(server) }
}

const answer = async (
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
  options: SubgraphHttpOptions,
  operations: (text: string) => DocumentNode | readonly GraphQLError[],
): Promise<void> => {
  const path = (request.url ?? '').split('?')[0]
  if (request.method === 'GET' && path === '/health/live') return send(response, 200, { live: true })
  if (request.method === 'GET' && path === '/health/ready') {
    const ready = await options.ready().catch(() => false)
    return send(response, ready ? 200 : 503, { ready })
  }
  if (path !== '/graphql' && path !== '/')
    return send(response, 404, { errors: [{ message: 'There is nothing here.' }] })
  if (request.method !== 'POST') return send(response, 405, { errors: [{ message: 'Use POST.' }] })
  const unreadable = headerFault(request)
  if (unreadable) return send(response, 415, { errors: [{ message: unreadable }] })
  const body = readRequest(await readBody(request))
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  // Who asks comes before what is asked, so that nobody learns the schema from which operations are valid.
  const opened = await options.open(request, requestId, gone.signal)
  if (body.query.length > longestOperation) throw new Refusal('OPERATION_TOO_LARGE', { detail: 'operation too long' })
  const document = operations(body.query)
  if (!('kind' in document)) {
    return send(response, 400, { errors: document.map((error) => formatSubgraphError(error, requestId, options.log)) })
  }
  const result = await execute({
    schema: options.schema,
    document,
    contextValue: opened.contextValue,
    variableValues: body.variables ?? null,
    operationName: body.operationName ?? null,
  })
  await opened.release?.(result)
  send(response, 200, {
    ...(result.data === undefined ? {} : { data: result.data }),
    ...(result.errors
      ? { errors: result.errors.map((error) => formatSubgraphError(error, requestId, options.log)) }
      : {}),
  })
}

/** Routers send the same few operations over and over: each is parsed and validated once. */
const operationCache = ({ schema, readOperation, introspection }: SubgraphHttpOptions) => {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const known = new Map<string, DocumentNode>()
  return (text: string): DocumentNode | readonly GraphQLError[] => {
    const before = known.get(text)
    if (before) return before
    const document = readOperation(text)
    const errors = validate(schema, document, rules, { maxErrors: 5 })
    if (errors.length > 0) return errors
    if (known.size >= mostOperations) known.clear()
    known.set(text, document)
    return document
  }
}

/** JSON in UTF-8, not compressed: another charset may read as one text here and as another in a log. */
const headerFault = ({ headers }: IncomingMessage): string | null => {
  const [type = '', ...parameters] = (headers['content-type'] ?? '').toLowerCase().split(';')
  if (type.trim() !== 'application/json') return 'Send application/json.'
  const charsets = parameters.map((text) => text.trim()).filter((text) => text.startsWith('charset'))
  if (!charsets.every((text) => /^charset\s*=\s*"?utf-8"?$/.test(text))) return 'The charset must be utf-8.'
  return (headers['content-encoding'] ?? 'identity') === 'identity' ? null : 'The body may not be compressed.'
}

const readRequest = (bytes: Buffer): z.infer<typeof requestBody> => {
  const parsed = requestBody.safeParse(readPostedJson(bytes)?.value)
  if (!parsed.success) throw new Refusal('OPERATION_INVALID', { detail: 'not a GraphQL request' })
  return parsed.data
}

/** A body that is too long is read to its end and forgotten, within the time a request may take, so that its sender hears why. */
const readBody = async (request: IncomingMessage): Promise<Buffer> => {
  const parts: Buffer[] = []
  let length = 0
  for await (const part of request) {
    const bytes = Buffer.from(part)
    length += bytes.length
    if (length <= longestBody) parts.push(bytes)
    else parts.length = 0
  }
  if (length > longestBody) throw new Refusal('OPERATION_TOO_LARGE', { detail: 'body too long' })
  return Buffer.concat(parts)
}

/** The status that goes with the code; a refusal that would stand beside data has none here, and is the request's fault. */
const statusOf = ({ code }: Refusal): number => (errorCodes[code].status === 200 ? 400 : errorCodes[code].status)

const send = (
  response: ServerResponse,
  status: number,
  body: FormattedExecutionResult | object,
  headers: Readonly<Record<string, string>> = {},
): void => {
  if (response.headersSent || response.destroyed) return
  const text = JSON.stringify(body)
  response.writeHead(status, {
    'content-type': 'application/json; charset=utf-8',
    'content-length': Buffer.byteLength(text),
    'cache-control': 'no-store',
    'x-content-type-options': 'nosniff',
    ...headers,
  })
  response.end(text)
}

const listen = (server: Server, host: string, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(port, host, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address ? address.port : port)
    })
  })

const close = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    server.close(() => resolve())
    server.closeIdleConnections()
  })
