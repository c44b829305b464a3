import {
  type DocumentNode,
  type ExecutionResult,
  GraphQLError,
  type GraphQLSchema,
  getOperationAST,
  Kind,
  specifiedRules,
  type ValidationRule,
  validate,
} from 'graphql'
import type { Executor } from '../execution/executor.ts'
import { type Answer, type Engine, tellOperator } from './engine.ts'
import { callerError } from './errors.ts'
import type { Log } from './log.ts'

/**
 * The second door's engine: what Apollo Server does to an operation, without its life cycle around each request. The
 * rules are the same, and so is each error; `test/server/doors.test.ts` holds both doors to the same bytes.
 */
export const nativeEngine = (schema: GraphQLSchema, executor: Executor, introspection: boolean, log: Log): Engine => {
  const rules = introspection ? specifiedRules : [...specifiedRules, withoutIntrospection]
  const types = new Set(Object.keys(schema.getTypeMap()))
  // A document is the same object for as long as its text is kept, and no longer. What is invalid is looked at each time.
  const valid = new WeakSet<DocumentNode>()

  const told = (requestId: string, errors: readonly GraphQLError[], data?: unknown): Answer => {
    tellOperator(log, requestId, errors)
    return { data, errors: errors.map((error) => callerError(error.toJSON(), error, types)) }
  }

  return async ({ body, document }, context) => {
    if (!valid.has(document)) {
      const problems = validate(schema, document, rules)
      if (problems.length > 0)
        return told(
          context.requestId,
          problems.map((problem) => coded(problem, 'GRAPHQL_VALIDATION_FAILED')),
        )
      valid.add(document)
    }
    const { operationName, variables } = body
    if (!getOperationAST(document, operationName)) return told(context.requestId, [unresolved])
    const { data, errors } = await executor({ document, operationName, variables, context }).catch(failed)
    return errors ? told(context.requestId, errors.map(aboutVariable), data) : { data, errors: noErrors }
  }
}

const noErrors: Answer['errors'] = []

/** No operation of that name, or none named where there are several. */
const unresolved = new GraphQLError('', { extensions: { code: 'OPERATION_RESOLUTION_FAILURE' } })

/** What failed outside every field is told and recorded like the rest. */
const failed = (error: unknown): ExecutionResult => ({
  errors: [
    error instanceof GraphQLError
      ? error
      : new GraphQLError('', { originalError: error instanceof Error ? error : null }),
  ],
})

/** An error of the library with the code by which `callerError` knows its kind. */
const coded = (error: GraphQLError, code: string): GraphQLError =>
  new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    originalError: error.originalError ?? error,
    extensions: { ...error.extensions, code },
  })

/** A variable that is not of its type is the one error that stands at the variable's definition. */
const aboutVariable = (error: GraphQLError): GraphQLError =>
  error.nodes?.length === 1 &&
  error.nodes[0]?.kind === Kind.VARIABLE_DEFINITION &&
  error.extensions['code'] === undefined
    ? coded(error, 'BAD_USER_INPUT')
    : error

/** One error for each question about the schema, as Apollo Server's own rule gives it. */
const withoutIntrospection: ValidationRule = (validation) => ({
  Field: (node) => {
    if (node.name.value !== '__schema' && node.name.value !== '__type') return
    const extensions = { validationErrorCode: 'INTROSPECTION_DISABLED' }
    validation.reportError(new GraphQLError('', { nodes: [node], extensions }))
  },
})
