import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { plainError } from '../disclosure/callerError.ts'
import type { TlsFiles } from '../foundation/config.ts'
import { errorCodes, Refusal } from '../foundation/errors.ts'
import { statusOf } from '../server/callerErrors.ts'
import { acceptedType, type GraphqlBody, readGraphqlBody } from '../server/graphqlBody.ts'
import { startListening } from '../server/listener.ts'
import { reply, replyErrors, replyJson } from '../server/reply.ts'
import { bodyLimit, readBody, UnreadableRequest } from '../server/requestBody.ts'
import { json, type Routes, route } from '../server/routes.ts'
import type { SubgraphError, SubgraphLog } from './subgraphErrors.ts'

/** One operation as it came to a subgraph. */
export interface PostedOperation {
  readonly request: IncomingMessage
  readonly requestId: string
  readonly operation: GraphqlBody
  /** As it came, for what proves who sent it. */
  readonly body: Buffer
  /** Aborts when its caller has gone. */
  readonly gone: AbortSignal
}

export interface SubgraphAnswer {
  /** Undefined where nothing was executed. */
  readonly data?: unknown
  readonly errors: readonly SubgraphError[]
}

export interface SubgraphHttpOptions {
  readonly host: string
  /** 0 for any free port. */
  readonly port: number
  /** Null: plain HTTP. */
  readonly tls: TlsFiles | null
  readonly log: SubgraphLog
  /** Who asks comes before what is asked, so that nobody learns the schema from which operations are valid. */
  readonly answer: (posted: PostedOperation) => Promise<SubgraphAnswer>
  /** Whom an agency knows, told to the gateway alone; absent: there is no such address. */
  readonly people?: (posted: Pick<PostedOperation, 'request' | 'requestId' | 'body'>) => Promise<unknown>
  /** Whether the subgraph can answer, for `/health/ready`. */
  readonly ready: () => Promise<boolean>
  /** Headers of every refusal of a token. */
  readonly challenge?: () => Readonly<Record<string, string>>
}

export interface RunningSubgraph {
  readonly url: string
  /** Lets requests under way finish, then closes. */
  close(): Promise<void>
}

/**
 * Grants of a hundred children for one agency are about a megabyte. They stand in the variables; the text is as long as
 * elsewhere.
 */
const longestBody = 4 * 1024 * 1024

/** Which page of people is asked for. */
const longestQuestion = 4096

const graceMs = 10_000

/**
 * GraphQL over HTTP for a subgraph: the gateway's own HTTP with fewer addresses. It is called by gateways and routers.
 */
export const startSubgraphHttp = async (options: SubgraphHttpOptions): Promise<RunningSubgraph> => {
  const post = (request: IncomingMessage, response: ServerResponse): Promise<void> =>
    answered(options, request, response)
  const routes: Routes = {
    '/graphql': { POST: post },
    '/': { POST: post },
    ...(options.people ? { '/people': { POST: (request, response) => toldPeople(options, request, response) } } : {}),
    '/health/live': { GET: json(() => ({ live: true })) },
    '/health/ready': {
      GET: async (_request, response) => {
        const ready = await options.ready().catch(() => false)
        replyJson(response, ready ? 200 : 503, { ready })
      },
    },
  }
  const { host, port, tls } = options
  const handle = (request: IncomingMessage, response: ServerResponse): void => {
    // What the answer of an operation can fail with is reported by `answered`.
    route(routes, {}, request, response).catch(() => response.destroy())
  }
  const listening = await startListening({ host, port, tls, handle })
  return { url: `${listening.url}/graphql`, close: () => listening.close(graceMs) }
}

const answered = async (
  options: SubgraphHttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const requestId = randomUUID()
  response.setHeader('x-request-id', requestId)
  const gone = new AbortController()
  response.once('close', () => gone.abort())
  try {
    const type = acceptedType(request)
    const body = await readBody(request, longestBody)
    const operation = readGraphqlBody(body)
    if (operation.query.length > bodyLimit) throw new Refusal('OPERATION_TOO_LARGE', { detail: 'operation too long' })
    const { data, errors } = await options.answer({ request, requestId, operation, body, gone: gone.signal })
    const codes = errors.map(({ extensions }) => extensions.code)
    const answer = { ...(data === undefined ? {} : { data }), ...(errors.length > 0 ? { errors } : {}) }
    reply(response, statusOf(data, codes), type, `${JSON.stringify(answer)}\n`)
  } catch (error) {
    refuse(options, response, requestId, error)
  }
}

const toldPeople = async (
  options: SubgraphHttpOptions,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> => {
  const requestId = randomUUID()
  response.setHeader('x-request-id', requestId)
  try {
    const body = await readBody(request, longestQuestion)
    replyJson(response, 200, await options.people?.({ request, requestId, body }))
  } catch (error) {
    refuse(options, response, requestId, error)
  }
}

const refuse = (
  { log, challenge }: SubgraphHttpOptions,
  response: ServerResponse,
  requestId: string,
  error: unknown,
): void => {
  if (error instanceof UnreadableRequest) {
    log.warn({ requestId, code: error.code, detail: error.message }, 'refused')
    // A sender whose body was not read to its end would go on sending it as the next request.
    replyErrors(response, error.status, [plainError(error.code, error.message)], { connection: 'close' })
    return
  }
  const refusal = error instanceof Refusal ? error : new Refusal('INTERNAL')
  const details = { requestId, code: refusal.code, detail: refusal.detail }
  if (error instanceof Refusal) log.warn(details, 'refused')
  else log.error({ ...details, err: error }, 'failed')
  const isToken = refusal.code === 'UNAUTHENTICATED'
  // The same bytes for every reason, so that a refused token teaches nothing.
  const extensions = isToken ? { code: refusal.code } : { code: refusal.code, requestId }
  const headers = isToken ? challenge?.() : undefined
  replyErrors(response, refusedStatus(refusal), [{ message: refusal.message, extensions }], headers)
}

/**
 * The status that goes with the code; a refusal that would stand beside data has none here, and is the request's fault.
 */
const refusedStatus = ({ code }: Refusal): number => (errorCodes[code].status === 200 ? 400 : errorCodes[code].status)
