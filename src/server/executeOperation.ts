import { type ExecutionResult, GraphQLError, type GraphQLSchema, Kind } from 'graphql'
import type { AnswerParts, Executed } from '../disclosure/answer.ts'
import type { Executor } from '../execution/executor.ts'
import { callerError, refusalIn } from './callerErrors.ts'
import { explainError, type Log } from './log.ts'

/** Tells errors of one operation: the operator in full, and the caller as much as `callerError` lets through. */
type Tell = (requestId: string, errors: readonly GraphQLError[], data?: Executed['data']) => Executed

export function tellerOf(schema: GraphQLSchema, log: Log): Tell {
  const types = new Set(Object.keys(schema.getTypeMap()))
  return (requestId, errors, data) => {
    tellOperator(log, requestId, errors)
    return { data, errors: errors.map((error) => callerError(error.toJSON(), error, types)) }
  }
}

/** Executes an operation that was found valid. */
export const executed =
  (executor: Executor, tell: Tell): AnswerParts['execute'] =>
  async ({ operationName, variables }, document, context) => {
    const { data, errors } = await executor({ document, operationName, variables, context }).catch(failed)
    return errors ? tell(context.requestId, errors.map(aboutVariable), data) : { data, errors: noErrors }
  }

const noErrors: Executed['errors'] = []

/** What failed outside every field is reported and recorded like the rest. */
const failed = (error: unknown): ExecutionResult => ({
  errors: [
    error instanceof GraphQLError
      ? error
      : new GraphQLError('', { originalError: error instanceof Error ? error : null }),
  ],
})

/** A variable that is not of its type is the one error that stands at the variable's definition. */
const aboutVariable = (error: GraphQLError): GraphQLError =>
  error.nodes?.length === 1 &&
  error.nodes[0]?.kind === Kind.VARIABLE_DEFINITION &&
  error.extensions['code'] === undefined
    ? new GraphQLError(error.message, {
        nodes: error.nodes,
        originalError: error.originalError ?? error,
        extensions: { ...error.extensions, code: 'BAD_USER_INPUT' },
      })
    : error

/**
 * The operator's half of an error: what the caller does not read. A refusal is ordinary and logged at info level, and
 * one that stopped many fields is one.
 */
export const tellOperator = (log: Log, requestId: string, errors: readonly GraphQLError[]): void => {
  const refusals = new Set<unknown>()
  for (const error of errors) {
    const refusal = refusalIn(error)
    if (refusal) {
      if (!refusals.has(refusal)) log.info('OPERATION_REFUSED', { requestId, ...explainError(refusal) })
      refusals.add(refusal)
    } else if (error.originalError && callerError(error.toJSON(), error).extensions.code === 'INTERNAL') {
      const path = error.path?.filter((part) => typeof part === 'string').join('.')
      log.error('FIELD_FAILED', { requestId, path, ...explainError(innermost(error)) })
    }
  }
}

const innermost = (error: Error): Error =>
  error instanceof GraphQLError && error.originalError ? innermost(error.originalError) : error
