import { type DocumentNode, GraphQLError } from 'graphql'
import type { RequestContext } from '../disclosure/context.ts'
import { type CallerError, callerError, refusalIn } from './errors.ts'
import type { GraphqlBody } from './graphqlBody.ts'
import { explainError, type Log } from './log.ts'

/** One operation that was read and weighed, and not yet validated. */
export interface Operation {
  readonly body: GraphqlBody
  /** What the text of the body says; the same object for as long as the text is kept, so that work is kept by it. */
  readonly document: DocumentNode
}

/** One answer, ready to be released or thrown away. */
export interface Answer {
  /** Undefined where nothing was executed. */
  readonly data: Readonly<Record<string, unknown>> | null | undefined
  /** Every one has passed `callerError`. */
  readonly errors: readonly CallerError[]
}

/**
 * Validates and executes. All that protects stands around it, in `graphqlRequest.ts`, and inside it, in the context and
 * the resolvers: an engine decides nothing about children, and one that is exchanged discloses no more.
 */
export type Engine = (operation: Operation, context: RequestContext) => Promise<Answer>

/** The operator's half of an error: what the caller does not read. A refusal is ordinary and is told quietly. */
export const tellOperator = (log: Log, requestId: string, errors: readonly GraphQLError[]): void => {
  for (const error of errors) {
    const refusal = refusalIn(error)
    if (refusal) log.info('OPERATION_REFUSED', { requestId, ...explainError(refusal) })
    else if (error.originalError && callerError(error.toJSON(), error).extensions.code === 'INTERNAL') {
      const path = error.path?.filter((part) => typeof part === 'string').join('.')
      log.error('FIELD_FAILED', { requestId, path, ...explainError(innermost(error)) })
    }
  }
}

const innermost = (error: Error): Error =>
  error instanceof GraphQLError && error.originalError ? innermost(error.originalError) : error
