import {
  type DocumentNode,
  type ExecutionResult,
  execute,
  type GraphQLError,
  type GraphQLSchema,
  NoSchemaIntrospectionCustomRule,
  specifiedRules,
  validate,
} from 'graphql'
import { demandFewChildren } from '../disclosure/childrenNamed.ts'
import type { GraphqlBody } from '../server/graphqlBody.ts'

export interface SubgraphEngineOptions {
  readonly schema: GraphQLSchema
  /** Reads an operation's text, and refuses one that asks for too much before it is validated. */
  readonly readOperation: (text: string) => DocumentNode
  /** Whether the schema may be read; a router composes from files and does not need it. */
  readonly introspection: boolean
}

/** Validates and executes one operation at an agency. */
export type SubgraphEngine = (operation: GraphqlBody, contextValue: unknown) => Promise<ExecutionResult>

const mostOperations = 200

/** @returns an engine that refuses an operation over too many children before any of their grants is opened. */
export const subgraphEngine = (options: SubgraphEngineOptions): SubgraphEngine => {
  const operations = operationCache(options)
  return async ({ query, operationName, variables }, contextValue) => {
    const document = operations(query)
    if (!('kind' in document)) return { errors: document }
    demandFewChildren(document, operationName, variables)
    return execute({ schema: options.schema, document, contextValue, variableValues: variables, operationName })
  }
}

/** Gateways and routers send the same few operations over and over: each is parsed and validated once. */
const operationCache = ({ schema, readOperation, introspection }: SubgraphEngineOptions) => {
  const rules = introspection ? specifiedRules : [...specifiedRules, NoSchemaIntrospectionCustomRule]
  const known = new Map<string, DocumentNode>()
  return (text: string): DocumentNode | readonly GraphQLError[] => {
    const before = known.get(text)
    if (before) return before
    const document = readOperation(text)
    const errors = validate(schema, document, rules, { maxErrors: 5 })
    if (errors.length > 0) return errors
    if (known.size >= mostOperations) known.clear()
    known.set(text, document)
    return document
  }
}
