import { ApolloServer, type ApolloServerOptions, type ApolloServerPlugin } from '@apollo/server'
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginSchemaReportingDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from '@apollo/server/plugin/disabled'
import { GraphQLError, type GraphQLSchema } from 'graphql'
import type { RequestContext } from '../context.ts'
import { createExecutor, type Executor } from '../execution/executor.ts'
import { callerError, refusalIn } from './errors.ts'
import { limits } from './limits.ts'
import { explainError, type Log } from './log.ts'

/** What Apollo Server is given of a request: it copies it for each execution, so the request itself stands one level below. */
export interface Enclosed {
  readonly request: RequestContext
}

/**
 * Everything that takes part in a GraphQL request, in order. The first five switch off what Apollo Server would add by
 * itself; nothing leaves this process but the answer.
 */
const pluginsInOrder = (log: Log): readonly ApolloServerPlugin<Enclosed>[] => [
  ApolloServerPluginCacheControlDisabled(),
  ApolloServerPluginInlineTraceDisabled(),
  ApolloServerPluginLandingPageDisabled(),
  ApolloServerPluginSchemaReportingDisabled(),
  ApolloServerPluginUsageReportingDisabled(),
  tellOperator(log),
]

/** The engine. It parses, validates and executes; reading the request and releasing the answer stay in `graphqlRequest.ts`. */
export const createApollo = (schema: GraphQLSchema, introspection: boolean, log: Log): ApolloServer<Enclosed> => {
  const types = new Set(Object.keys(schema.getTypeMap()))
  return new ApolloServer<Enclosed>({
    gateway: compiledBy(createExecutor(schema), schema),
    introspection,
    plugins: [...pluginsInOrder(log)],
    formatError: (formatted, error) => callerError(formatted, error, types),
    parseOptions: { maxTokens: limits.tokens },
    persistedQueries: false,
    allowBatchedHttpRequests: false,
    hideSchemaDetailsFromClientErrors: true,
    includeStacktraceInErrorResponses: false,
    stopOnTerminationSignals: false,
    logger: silent,
  })
}

type GatewayInterface = NonNullable<Extract<ApolloServerOptions<Enclosed>, { gateway: unknown }>['gateway']>

/** Apollo Server's seat for another executor: it still parses, validates, and formats errors. */
const compiledBy = (executor: Executor, schema: GraphQLSchema): GatewayInterface => ({
  load: async () => ({
    // The name that was asked for: Apollo Server's own is null also where the document has no such operation.
    executor: ({ document, request, context }) =>
      executor({
        document,
        operationName: request.operationName ?? null,
        variables: request.variables ?? {},
        context: context.request,
      }),
  }),
  onSchemaLoadOrUpdate: (callback) => {
    callback({ apiSchema: schema, coreSupergraphSdl: '' })
    return () => {}
  },
  stop: async () => {},
})

/** The operator's half of an error: what the caller does not read. A refusal is ordinary and is told quietly. */
const tellOperator = (log: Log): ApolloServerPlugin<Enclosed> => ({
  requestDidStart: async () => ({
    didEncounterErrors: async ({ errors, contextValue }) => {
      const { requestId } = contextValue.request
      for (const error of errors) {
        const refusal = refusalIn(error)
        if (refusal) log.info('OPERATION_REFUSED', { requestId, ...explainError(refusal) })
        else if (error.originalError && callerError(error.toJSON(), error).extensions.code === 'INTERNAL') {
          const path = error.path?.filter((part) => typeof part === 'string').join('.')
          log.error('FIELD_FAILED', { requestId, path, ...explainError(innermost(error)) })
        }
      }
    },
  }),
})

const innermost = (error: Error): Error =>
  error instanceof GraphQLError && error.originalError ? innermost(error.originalError) : error

const ignore = () => {}
/** Apollo Server's own lines may quote an error's text; the plugin above tells the operator instead. */
const silent = { debug: ignore, info: ignore, warn: ignore, error: ignore }
