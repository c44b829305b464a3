import { type ExecutionResult, GraphQLError, type GraphQLSchema, Kind } from 'graphql'
import type { Executor } from '../execution/executor.ts'
import { type Answer, type Engine, tellOperator } from './engine.ts'
import { callerError } from './errors.ts'
import type { Log } from './log.ts'

/** Tells errors of one operation: the operator in full, and the caller as much as `callerError` lets through. */
export type Tell = (requestId: string, errors: readonly GraphQLError[], data?: Answer['data']) => Answer

export function tellerOf(schema: GraphQLSchema, log: Log): Tell {
  const types = new Set(Object.keys(schema.getTypeMap()))
  return (requestId, errors, data) => {
    tellOperator(log, requestId, errors)
    return { data, errors: errors.map((error) => callerError(error.toJSON(), error, types)) }
  }
}

/** Executes an operation that was found valid, for every engine. */
export const executed =
  (executor: Executor, tell: Tell): Engine =>
  async ({ body: { operationName, variables }, document }, context) => {
    const { data, errors } = await executor({ document, operationName, variables, context }).catch(failed)
    return errors ? tell(context.requestId, errors.map(aboutVariable), data) : { data, errors: noErrors }
  }

const noErrors: Answer['errors'] = []

/** What failed outside every field is told and recorded like the rest. */
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
    ? coded(error, 'BAD_USER_INPUT')
    : error

/** An error of the library with the code by which `callerError` knows its kind. */
export const coded = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    originalError: error.originalError ?? error,
    extensions: { ...error.extensions, code },
  })
