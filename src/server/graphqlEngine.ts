import {
  ApolloServer,
  type ApolloServerOptions,
  type ApolloServerPlugin,
  type GraphQLResponse,
  HeaderMap,
} from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import type { DocumentNode, GraphQLSchema } from 'graphql'
import type { AnswerParts, Disclosing, Executed, Operation } from '../disclosure/answer.ts'
import { type CallerError, plainError } from '../disclosure/callerError.ts'
import { createExecutor } from '../execution/executor.ts'
import { type ErrorCode, errorCodes, Refusal } from '../foundation/errors.ts'
import { callerError } from './callerErrors.ts'
import { executed, tellerOf, tellOperator } from './executeOperation.ts'
import type { Log } from './log.ts'
import { limits } from './operationLimits.ts'

type Execute = AnswerParts['execute']

/**
 * What Apollo Server is given of a request: it copies it for each execution, so the request itself stands one level
 * below.
 */
interface Enclosed {
  readonly context: Disclosing
  readonly operation: Operation
  readonly document: DocumentNode
}

export interface Engine {
  readonly execute: Execute
  stop(): Promise<void>
}

/**
 * The one engine. Apollo Server reads, validates and names what is wrong with an operation the first time its text
 * comes; what it let through to execution runs from its compiled plan from then on, without Apollo Server's life cycle
 * around it.
 */
export const startEngine = async (schema: GraphQLSchema, introspection: boolean, log: Log): Promise<Engine> => {
  const execute = executed(createExecutor(schema), tellerOf(schema, log))
  // A document is the same object for as long as its text is kept, and no longer. What is invalid is looked at each
  // time.
  const valid = new WeakMap<DocumentNode, Set<string | null>>()
  const executeValid: Execute = (operation, document, context) => {
    const names = valid.get(document) ?? new Set()
    valid.set(document, names.add(operation.operationName))
    return execute(operation, document, context)
  }
  const server = new ApolloServer<Enclosed>(optionsOf(schema, introspection, log, executeValid))
  await server.start()
  return {
    execute: (operation, document, context) =>
      valid.get(document)?.has(operation.operationName)
        ? execute(operation, document, context)
        : throughApollo(server, { operation, document, context }),
    stop: () => server.stop(),
  }
}

const optionsOf = (
  schema: GraphQLSchema,
  introspection: boolean,
  log: Log,
  execute: Execute,
): ApolloServerOptions<Enclosed> => {
  const types = new Set(Object.keys(schema.getTypeMap()))
  return {
    schema,
    introspection,
    // What is valid is known by our own document, and bounded with it.
    documentStore: null,
    plugins: [...pluginsInOrder(log, execute)],
    formatError: (formatted, error) => callerError(formatted, error, types),
    parseOptions: { maxTokens: limits.tokens },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: silent,
  }
}

/**
 * Everything that takes part in a GraphQL request, in order. The first five switch off what Apollo Server would add by
 * itself; nothing leaves this process but the answer.
 */
const pluginsInOrder = (log: Log, execute: Execute): readonly ApolloServerPlugin<Enclosed>[] => [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
  {
    requestDidStart: async () => ({
      // In the place of Apollo Server's own execution. What names no operation is left to that, which says so.
      responseForOperation: async ({ operation, contextValue }) =>
        operation
          ? responseOf(await execute(contextValue.operation, contextValue.document, contextValue.context))
          : null,
      didEncounterErrors: async ({ errors, contextValue }) => tellOperator(log, contextValue.context.requestId, errors),
    }),
  },
]

const responseOf = ({ data, errors }: Executed): GraphQLResponse => ({
  http: { headers: new HeaderMap() },
  body: {
    kind: 'single',
    singleResult: { ...(data === undefined ? {} : { data }), ...(errors.length > 0 ? { errors } : {}) },
  },
})

const throughApollo = async (server: ApolloServer<Enclosed>, enclosed: Enclosed): Promise<Executed> => {
  const { query, variables, operationName } = enclosed.operation
  const { body: result } = await server.executeOperation(
    { query, variables, ...(operationName === null ? {} : { operationName }) },
    { contextValue: enclosed },
  )
  // Incremental delivery would send bytes before the entry is complete; the schema has no directive that asks for it.
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

const ignore = () => {}
/** Apollo Server's own lines may quote an error's text; `tellOperator` tells the operator instead. */
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }
