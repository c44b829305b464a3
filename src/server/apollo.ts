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
import type { GraphQLSchema } from 'graphql'
import type { RequestContext } from '../disclosure/context.ts'
import { type ErrorCode, errorCodes, Refusal } from '../errors.ts'
import type { Executor } from '../execution/executor.ts'
import { type Answer, type Engine, type Operation, tellOperator } from './engine.ts'
import { type CallerError, callerError, plainError } from './errors.ts'
import { executed, tellerOf } from './executed.ts'
import { KeptDocuments } from './keptDocuments.ts'
import { limits } from './limits.ts'
import type { Log } from './log.ts'

/** What Apollo Server is given of a request: it copies it for each execution, so the request itself stands one level below. */
interface Enclosed {
  readonly request: RequestContext
  readonly operation: Operation
}

/** Apollo Server, started. */
export interface Apollo {
  readonly engine: Engine
  stop(): Promise<void>
}

/**
 * Everything that takes part in a GraphQL request, in order. The first five switch off what Apollo Server would add by
 * itself; nothing leaves this process but the answer.
 */
const pluginsInOrder = (log: Log, execute: Engine): readonly ApolloServerPlugin<Enclosed>[] => [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
  {
    requestDidStart: async () => ({
      // In the place of Apollo Server's own execution. What names no operation is left to that, which says so.
      responseForOperation: async ({ operation, contextValue }) =>
        operation ? responseOf(await execute(contextValue.operation, contextValue.request)) : null,
      didEncounterErrors: async ({ errors, contextValue }) => tellOperator(log, contextValue.request.requestId, errors),
    }),
  },
]

const responseOf = ({ data, errors }: Answer): GraphQLResponse => ({
  http: { headers: new HeaderMap() },
  body: {
    kind: 'single',
    singleResult: { ...(data === undefined ? {} : { data }), ...(errors.length > 0 ? { errors } : {}) },
  },
})

/** What Apollo Server has found valid. Its own store counts thirty megabytes of JSON, which are many times as much in memory. */
const validated = (): NonNullable<ApolloServerOptions<Enclosed>['documentStore']> => {
  const kept = new KeptDocuments()
  return {
    get: async (key) => kept.get(key),
    set: async (key, document) => kept.keep(key, document),
    delete: async (key) => kept.drop(key),
  }
}

/** The default door's engine. Reading the request and releasing the answer stay in `graphqlRequest.ts`. */
export const startApollo = async (
  schema: GraphQLSchema,
  executor: Executor,
  introspection: boolean,
  log: Log,
): Promise<Apollo> => {
  const types = new Set(Object.keys(schema.getTypeMap()))
  const server = new ApolloServer<Enclosed>({
    schema,
    introspection,
    documentStore: validated(),
    plugins: [...pluginsInOrder(log, executed(executor, tellerOf(schema, log)))],
    formatError: (formatted, error) => callerError(formatted, error, types),
    parseOptions: { maxTokens: limits.tokens },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: silent,
  })
  await server.start()
  return { engine: engineOf(server), stop: () => server.stop() }
}

const engineOf =
  (server: ApolloServer<Enclosed>): Engine =>
  async (operation, request) => {
    const { query, variables, operationName } = operation.body
    const { body: result } = await server.executeOperation(
      { query, variables, ...(operationName === null ? {} : { operationName }) },
      { contextValue: { request, operation } },
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

const ignore = () => {}
/** Apollo Server's own lines may quote an error's text; `tellOperator` tells the operator instead. */
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }
