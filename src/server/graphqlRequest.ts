import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { presentedBy, type TrustedProxy } from '../auth/presentedCredentials.ts'
import { isStoreSilent } from '../auth/verifyToken.ts'
import type { Answer } from '../disclosure/answer.ts'
import { plainError } from '../disclosure/callerError.ts'
import { AnswerText } from '../execution/writtenAnswer.ts'
import type { ErrorCode } from '../foundation/errors.ts'
import { statusOf } from './callerErrors.ts'
import { acceptedType, readGraphqlBody } from './graphqlBody.ts'
import { explainError, type Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { GatewayPort } from './portToGateway.ts'
import { jsonType, reply, replyErrors } from './reply.ts'
import { bodyLimit, readBody, UnreadableRequest } from './requestBody.ts'

export interface GraphqlParts {
  readonly gateway: GatewayPort
  readonly log: Log
  readonly metrics: Metrics
  /** Whose word about a client's certificate is taken; null: nobody's. */
  readonly trustedProxy: TrustedProxy | null
}

/** One GraphQL request over HTTP, from its bytes to its answer. */
export const graphqlRequest =
  (parts: GraphqlParts) =>
  async (request: IncomingMessage, response: ServerResponse): Promise<void> => {
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

/**
 * The order is the protection: read within bounds, know who asks, and only then answer, which weighs, opens, executes
 * and records. What is begun before it is known whether the caller is denied waits for that before a child is opened.
 */
const handle = async (
  { gateway, log, trustedProxy }: GraphqlParts,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<'OK' | ErrorCode> => {
  const type = acceptedType(request)
  const { query, operationName, variables } = readGraphqlBody(await readBody(request, bodyLimit))
  const headers = request.headersDistinct['authorization']
  const asked = gateway.prepare({ query, operationName, variables, requestId })
  response.once('close', () => asked.leave())
  const authentication = await gateway.authenticate(headers, presentedBy(request, trustedProxy), (caller) =>
    asked.begin(caller),
  )
  if (!authentication.ok) {
    asked.leave()
    log.warn('AUTHENTICATION_REFUSED', { requestId, reason: authentication.reason })
    return isStoreSilent(authentication.reason) ? tellUnavailable(response) : refuseCaller(gateway, response)
  }
  const answer = await asked.answer(authentication.caller)
  release(response, type, answer)
  return answer.outcome
}

/** The token was good as far as it could be read, so a caller who comes back may be served. */
const tellUnavailable = (response: ServerResponse): ErrorCode => {
  replyErrors(response, 503, [plainError('SERVICE_UNAVAILABLE')], { 'retry-after': '5' })
  return 'SERVICE_UNAVAILABLE'
}

/** The same bytes for every reason, so that a refusal teaches nothing about tokens. */
const refuseCaller = (gateway: GatewayPort, response: ServerResponse): ErrorCode => {
  replyErrors(response, 401, [plainError('UNAUTHENTICATED')], gateway.challenge())
  return 'UNAUTHENTICATED'
}

const release = (response: ServerResponse, type: string, answer: Answer): void => {
  const { data, errors, auditId } = answer
  const status = statusOf(
    data,
    errors.map((error) => error.extensions.code),
  )
  if (auditId === null) reply(response, status, jsonType, bodyOf(answer))
  else reply(response, status, type, bodyOf(answer), { 'x-audit-id': auditId })
}

/** Data that is written already is not read and written again. */
const bodyOf = ({ data, errors }: Answer): string | Buffer => {
  if (data instanceof AnswerText) return errors.length > 0 ? data.bodyWith(errors) : data.body
  return `${JSON.stringify({ ...(errors.length > 0 ? { errors } : {}), ...(data === undefined ? {} : { data }) })}\n`
}

/** What is not even an operation, or failed where nothing should. */
const refuse = ({ log }: GraphqlParts, response: ServerResponse, requestId: string, error: unknown): ErrorCode => {
  if (response.headersSent) {
    response.destroy()
    return 'INTERNAL'
  }
  if (error instanceof UnreadableRequest) {
    log.info('REQUEST_REFUSED', { requestId, status: error.status, detail: error.message })
    // A sender whose body was not read to its end would go on sending it as the next request.
    replyErrors(response, error.status, [plainError(error.code, error.message)], { connection: 'close' })
    return error.code
  }
  log.error('REQUEST_FAILED', { requestId, ...explainError(error) })
  const internal = plainError('INTERNAL')
  replyErrors(response, 500, [{ ...internal, extensions: { ...internal.extensions, requestId } }])
  return 'INTERNAL'
}
