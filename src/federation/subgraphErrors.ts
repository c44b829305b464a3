import { GraphQLError, type GraphQLFormattedError, Kind } from 'graphql'
import { type ErrorCode, errorCodes, Refusal } from '../foundation/errors.ts'

/** An error as the caller of a subgraph reads it. */
export type SubgraphError = GraphQLFormattedError & { readonly extensions: { readonly code: ErrorCode } }

/** What an operator reads. The calls are pino's. No line carries a name, a person id, a token or a record. */
export interface SubgraphLog {
  info(details: object, message: string): void
  warn(details: object, message: string): void
  error(details: object, message: string): void
}

/**
 * What the caller of a subgraph reads of an error: a code of the closed list and its sentence. Anything unforeseen is
 * INTERNAL, and only the log has its cause.
 */
export const formatSubgraphError = (error: GraphQLError, requestId: string, log: SubgraphLog): SubgraphError => {
  const path = error.path ? { path: error.path } : {}
  const original = refusalIn(error)
  if (original) {
    log.warn({ requestId, code: original.code, detail: original.detail }, 'refused')
    return { message: original.message, ...path, extensions: { ...original.extensions, code: original.code } }
  }
  const code = isVariable(error) ? 'BAD_INPUT' : error.originalError ? 'INTERNAL' : 'OPERATION_INVALID'
  if (code === 'INTERNAL') log.error({ requestId, err: error.originalError }, 'failed')
  return { message: errorCodes[code].message, ...path, extensions: { code, requestId } }
}

/** A scalar that does not read a variable throws: that is its sender's fault and not this product's. */
const isVariable = ({ path, nodes }: GraphQLError): boolean =>
  path === undefined && nodes?.[0]?.kind === Kind.VARIABLE_DEFINITION

const refusalIn = (error: unknown): Refusal | null => {
  if (error instanceof Refusal) return error
  return error instanceof GraphQLError ? refusalIn(error.originalError) : null
}
