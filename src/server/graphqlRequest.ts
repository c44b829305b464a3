import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import type { DocumentNode } from 'graphql'
import type { Caller } from '../auth/caller.ts'
import { type DoorPath, presentedBy, type TrustedProxy } from '../auth/presented.ts'
import { isStoreSilent } from '../auth/verify.ts'
import type { RequestContext } from '../disclosure/context.ts'
import { type ErrorCode, errorCodes, Refusal } from '../errors.ts'
import { AnswerText } from '../execution/answerText.ts'
import { readBody, UnreadableRequest } from './body.ts'
import type { GatewayDoor } from './door.ts'
import { mayBegin, permission } from './earlyStart.ts'
import type { Answer, Engine } from './engine.ts'
import { plainError, statusOf } from './errors.ts'
import { acceptedType, type GraphqlBody, readGraphqlBody } from './graphqlBody.ts'
import { explainError, type Log } from './log.ts'
import type { Metrics } from './metrics.ts'
import type { OperationReader } from './operations.ts'
import { reply, replyErrors } from './reply.ts'
import type { Safelist, SafelistVerdict } from './safelist.ts'

export interface GraphqlParts {
  readonly gateway: GatewayDoor
  /** Where it is asked: a proof of who holds the token is good for this address alone. */
  readonly path: DoorPath
  /** Refuses an operation that asks for too much. */
  readonly read: OperationReader
  readonly engine: Engine
  readonly log: Log
  readonly metrics: Metrics
  readonly safelist: Safelist
  /** Whose word about a client's certificate is taken; null: nobody's. */
  readonly trustedProxy: TrustedProxy | null
}

/**
 * One GraphQL request, from its bytes to its answer, whichever engine stands behind it. The order is the protection: read within bounds, know who asks, weigh
 * the operation, execute, record, and only then write the first byte. What is begun before it is known whether the caller is
 * denied waits for that before a child is opened.
 */
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

const handle = async (
  parts: GraphqlParts,
  request: IncomingMessage,
  response: ServerResponse,
  requestId: string,
): Promise<'OK' | ErrorCode> => {
  const { gateway, log } = parts
  const type = acceptedType(request)
  const body = readGraphqlBody(await readBody(request))

  const headers = request.headersDistinct['authorization']
  const incoming = {
    requestId,
    operationName: body.operationName,
    query: body.query,
    authorization: headers?.[0] ?? '',
  }
  let weighed: Weighed | undefined
  const weigh = () => {
    weighed ??= weighedOf(parts, body)
    return weighed
  }
  const { allowed, allow } = permission()
  const start = (caller: Caller): Begun => {
    const { document } = weigh()
    const context = gateway.open(caller, incoming, allowed)
    return { context, answer: parts.engine({ body, document }, context) }
  }
  let begun: Begun | undefined
  const presented = presentedBy(request, parts.trustedProxy, parts.path)
  const authentication = await gateway.authenticate(headers, presented, (caller) => {
    begun = begin(weigh, () => start(caller))
  })
  if (!authentication.ok) {
    log.warn('AUTHENTICATION_REFUSED', { requestId, reason: authentication.reason })
    return isStoreSilent(authentication.reason) ? tellUnavailable(response) : refuseCaller(gateway, response)
  }

  keepToSafelist(parts, weigh(), body, requestId)
  const { context, answer: running } = begun ?? start(authentication.caller)
  // Only now: nothing stands any more between what goes on and its record.
  allow()
  const answer = withRequestId(await running, requestId)
  await record(parts, context, answer)
  release(response, type, context, answer)
  return answer.errors[0]?.extensions.code ?? 'OK'
}

/** An operation within the limits. */
interface Weighed {
  readonly document: DocumentNode
  readonly verdict: SafelistVerdict
}

/** @throws what `read` throws of a text that asks for too much. */
const weighedOf = ({ read, safelist }: GraphqlParts, { query }: GraphqlBody): Weighed => ({
  document: read(query),
  verdict: safelist.judge(query),
})

/** An operation that runs. */
interface Begun {
  readonly context: RequestContext
  readonly answer: Promise<Answer>
}

/** Starts what may be begun while it is asked whether the caller is denied. Whatever is wrong with it is told in its turn. */
function begin(weigh: () => Weighed, start: () => Begun): Begun | undefined {
  try {
    const { document, verdict } = weigh()
    if (verdict === 'REFUSED' || !mayBegin(document)) return undefined
    const begun = start()
    // A caller who is denied has left; of any other the answer is awaited.
    begun.answer.catch(() => undefined)
    return begun
  } catch {
    return undefined
  }
}

/** After the limits, so that what is not listed is weighed like the rest, and before anything is opened. */
const keepToSafelist = (
  { safelist, log }: GraphqlParts,
  { verdict }: Weighed,
  { query }: GraphqlBody,
  requestId: string,
): void => {
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

/** By it the operator finds what the caller may not read. */
const withRequestId = (answer: Answer, requestId: string): Answer =>
  answer.errors.length === 0
    ? answer
    : {
        data: answer.data,
        errors: answer.errors.map((error) =>
          error.extensions.code === 'INTERNAL' ? { ...error, extensions: { ...error.extensions, requestId } } : error,
        ),
      }

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

const release = (response: ServerResponse, type: string, context: RequestContext, answer: Answer): void => {
  const status = statusOf(
    answer.data,
    answer.errors.map((error) => error.extensions.code),
  )
  reply(response, status, type, bodyOf(answer), { 'x-audit-id': context.auditId })
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
