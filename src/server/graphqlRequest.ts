import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { ApolloServer } from '@apollo/server'
import { presentedBy, type TrustedProxy } from '../auth/presented.ts'
import { isStoreSilent } from '../auth/verify.ts'
import type { RequestContext } from '../context.ts'
import { type ErrorCode, errorCodes, Refusal } from '../errors.ts'
import { AnswerText } from '../execution/answerText.ts'
import type { Enclosed } from './apollo.ts'
import { readBody, UnreadableRequest } from './body.ts'
import type { GatewayDoor } from './door.ts'
import { type CallerError, plainError, statusOf } from './errors.ts'
import { checkHeaders, type GraphqlBody, readGraphqlBody, responseType } from './graphqlBody.ts'
import { operationReader } from './limits.ts'
import { explainError, type Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import { jsonType, reply, replyErrors } from './reply.ts'
import type { Safelist } from './safelist.ts'

export interface GraphqlParts {
  readonly gateway: GatewayDoor
  readonly apollo: ApolloServer<Enclosed>
  readonly log: Log
  readonly metrics: Metrics
  readonly safelist: Safelist
  /** Whose word about a client's certificate is taken; null: nobody's. */
  readonly trustedProxy: TrustedProxy | null
}

/** One answer, ready to be released or thrown away. */
interface Answer {
  readonly data: unknown
  readonly errors: readonly CallerError[]
}

/**
 * One GraphQL request, from its bytes to its answer. The order is the protection: read within bounds, know who asks, weigh
 * the operation, execute, record, and only then write the first byte.
 */
export const graphqlRequest = (given: GraphqlParts) => {
  const parts = { ...given, weigh: operationReader() }
  return async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
    const requestId = randomUUID()
    const started = process.hrtime.bigint()
    response.setHeader('x-request-id', requestId)
    const outcome = await handle(parts, request, response, requestId).catch((error: unknown) =>
      refuse(parts, response, requestId, error),
    )
    const seconds = Number(process.hrtime.bigint() - started) / 1e9
    parts.metrics.request(outcome, seconds)
    parts.log.info('REQUEST', { requestId, outcome, milliseconds: Math.round(seconds * 1000) })
  }
}

interface WeighingParts extends GraphqlParts {
  /** Refuses an operation that asks for too much. */
  readonly weigh: (text: string) => void
}

const handle = async (
  parts: WeighingParts,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<'OK' | ErrorCode> => {
  const { gateway, log } = parts
  checkHeaders(request)
  const body = readGraphqlBody(await readBody(request))

  const headers = request.headersDistinct['authorization']
  const authentication = await gateway.authenticate(headers, presentedBy(request, parts.trustedProxy))
  if (!authentication.ok) {
    log.warn('AUTHENTICATION_REFUSED', { requestId, reason: authentication.reason })
    return isStoreSilent(authentication.reason) ? tellUnavailable(response) : refuseCaller(gateway, response)
  }

  parts.weigh(body.query)
  keepToSafelist(parts, body, requestId)

  const context = gateway.open(authentication.caller, {
    requestId,
    operationName: body.operationName,
    query: body.query,
    authorization: headers?.[0] ?? '',
  })
  const answer = withRequestId(await execute(parts.apollo, body, context), requestId)
  await record(parts, context, answer)
  release(request, response, context, answer)
  return answer.errors[0]?.extensions.code ?? 'OK'
}

/** After the limits, so that what is not listed is weighed like the rest, and before anything is opened. */
const keepToSafelist = ({ safelist, log }: GraphqlParts, { query }: GraphqlBody, requestId: string): void => {
  const verdict = safelist.judge(query)
  if (verdict === 'UNLISTED_LOGGED') log.warn('OPERATION_NOT_LISTED', { requestId, hash: safelist.hashOf(query) })
  if (verdict === 'REFUSED') throw new Refusal('OPERATION_NOT_LISTED', { detail: safelist.hashOf(query) })
}

/** The token was good as far as it could be read, so a caller who comes back may be served. */
const tellUnavailable = (response: ServerResponse): ErrorCode => {
  replyErrors(response, 503, [plainError('SERVICE_UNAVAILABLE')], { 'retry-after': '5' })
  return 'SERVICE_UNAVAILABLE'
}

/** The same bytes for every reason, so that a refusal teaches nothing about tokens. */
const refuseCaller = (gateway: GatewayDoor, response: ServerResponse): ErrorCode => {
  replyErrors(response, 401, [plainError('UNAUTHENTICATED')], gateway.challenge())
  return 'UNAUTHENTICATED'
}

const execute = async (apollo: ApolloServer<Enclosed>, body: GraphqlBody, context: RequestContext): Promise<Answer> => {
  const { body: result } = await apollo.executeOperation(
    {
      query: body.query,
      variables: body.variables,
      ...(body.operationName === null ? {} : { operationName: body.operationName }),
    },
    { contextValue: { request: context } },
  )
  // Incremental delivery would send bytes before the leaf is complete; the schema has no directive that asks for it.
  if (result.kind !== 'single') throw new Refusal('INTERNAL', { detail: 'incremental result' })
  const { data, errors = [] } = result.singleResult
  return { data, errors: errors.map(asCallerError) }
}

/** `callerError` made it; an error that did not pass through it is masked here. */
const asCallerError = (error: { message: string; extensions?: Record<string, unknown> }): CallerError => {
  const code = error.extensions?.['code']
  return isErrorCode(code) ? { ...error, extensions: { ...error.extensions, code } } : plainError('INTERNAL')
}

const isErrorCode = (code: unknown): code is ErrorCode => typeof code === 'string' && Object.hasOwn(errorCodes, code)

const withRequestId = (answer: Answer, requestId: string): Answer => ({
  ...answer,
  errors: answer.errors.map((error) =>
    error.extensions.code === 'INTERNAL' ? { ...error, extensions: { ...error.extensions, requestId } } : error,
  ),
})

/** Waits until the leaf is durable. When it is not, the answer is dropped: no disclosure without its record. */
const record = async ({ gateway }: GraphqlParts, context: RequestContext, answer: Answer): Promise<void> => {
  try {
    await gateway.record(context, {
      errors: answer.errors.map((error) => ({ code: error.extensions.code })),
      disclosed: hasValue(answer.data),
    })
  } catch (cause) {
    throw new Refusal('AUDIT_UNAVAILABLE', { cause })
  }
}

const hasValue = (data: unknown): boolean =>
  data instanceof AnswerText
    ? data.hasValue
    : typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null)

const release = (request: IncomingMessage, response: ServerResponse, context: RequestContext, answer: Answer): void => {
  const { data, errors } = answer
  const status = statusOf(
    data,
    errors.map((error) => error.extensions.code),
  )
  reply(response, status, responseType(request) ?? jsonType, bodyOf(answer), { 'x-audit-id': context.auditId })
}

/** Data that is written already is not read and written again. */
const bodyOf = ({ data, errors }: Answer): string | Buffer => {
  if (data instanceof AnswerText) return errors.length > 0 ? data.bodyWith(errors) : data.body
  return `${JSON.stringify({ ...(errors.length > 0 ? { errors } : {}), ...(data === undefined ? {} : { data }) })}\n`
}

/** Whatever went wrong outside a field. */
const refuse = (parts: GraphqlParts, response: ServerResponse, requestId: string, error: unknown): ErrorCode => {
  if (response.headersSent) {
    response.destroy()
    return 'INTERNAL'
  }
  if (error instanceof UnreadableRequest) {
    parts.log.info('REQUEST_REFUSED', { requestId, status: error.status, detail: error.message })
    // A sender whose body was not read to its end would go on sending it as the next request.
    replyErrors(response, error.status, [plainError(error.code, error.message)], { connection: 'close' })
    return error.code
  }
  if (error instanceof Refusal && error.code !== 'INTERNAL') {
    const isAudit = error.code === 'AUDIT_UNAVAILABLE'
    parts.log[isAudit ? 'error' : 'info'](isAudit ? 'AUDIT_FAILED' : 'OPERATION_REFUSED', {
      requestId,
      ...explainError(error),
    })
    replyErrors(response, errorCodes[error.code].status, [
      { message: error.message, extensions: { ...error.extensions, code: error.code } },
    ])
    return error.code
  }
  parts.log.error('REQUEST_FAILED', { requestId, ...explainError(error) })
  const internal = plainError('INTERNAL')
  replyErrors(response, 500, [{ ...internal, extensions: { ...internal.extensions, requestId } }])
  return 'INTERNAL'
}
