import { GraphQLError, type GraphQLFormattedError, Kind, print } from 'graphql'
import type { CallerError } from '../disclosure/callerError.ts'
import { type ErrorCode, errorCodes, Refusal } from '../foundation/errors.ts'

/**
 * Turns any error into what the caller may read: a code of the closed list and a sentence that this product wrote.
 * Texts of libraries are never passed on, since they quote values: an identifier in a variable, a connection string,
 * SQL.
 *
 * @param types names of the schema's types: what else an operation's text brought is never quoted.
 */
export const callerError = (
  formatted: GraphQLFormattedError,
  error: unknown,
  types: ReadonlySet<string> = nothing,
): CallerError => {
  const { code, message, extensions } = classify(formatted, error, types)
  return {
    message,
    ...(formatted.locations ? { locations: formatted.locations } : {}),
    ...(formatted.path ? { path: formatted.path } : {}),
    extensions: { ...extensions, code },
  }
}

/** The refusal inside an error, however often the executor wrapped it. */
export const refusalIn = (error: unknown): Refusal | null => {
  let current = error
  for (let depth = 0; depth < 8; depth += 1) {
    if (current instanceof Refusal) return current
    if (!(current instanceof GraphQLError)) return null
    current = current.originalError
  }
  return null
}

interface Classified {
  readonly code: ErrorCode
  readonly message: string
  readonly extensions?: Readonly<Record<string, unknown>>
}

const nothing: ReadonlySet<string> = new Set()

const classify = (formatted: GraphQLFormattedError, error: unknown, types: ReadonlySet<string>): Classified => {
  const kind = formatted.extensions?.['code']
  // A scalar of ours gives its own code, which stays where the value stood inside an input object.
  if (kind === 'BAD_USER_INPUT' || (kind === 'BAD_INPUT' && isVariable(error)))
    return { code: 'BAD_INPUT', message: variableSentence(error, formatted.message, types) }
  const refusal = refusalIn(error)
  if (refusal) return { code: refusal.code, message: refusal.message, extensions: refusal.extensions }
  if (kind === 'GRAPHQL_VALIDATION_FAILED')
    return { code: 'OPERATION_INVALID', message: validationSentence(formatted, error, types) }
  if (kind === 'GRAPHQL_PARSE_FAILED') return { code: 'OPERATION_INVALID', message: 'The operation cannot be read.' }
  if (kind === 'OPERATION_RESOLUTION_FAILURE') {
    return { code: 'OPERATION_INVALID', message: 'Say by `operationName` which operation of the document to run.' }
  }
  if (isLiteral(error)) return { code: 'BAD_INPUT', message: 'A value in the operation is not valid for its type.' }
  // The library stops counting after so many.
  if (formatted.message.startsWith('Too many errors processing variables'))
    return { code: 'BAD_INPUT', message: 'More of the variables are not valid.' }
  return { code: 'INTERNAL', message: errorCodes.INTERNAL.message }
}

/**
 * `A variable declared as NHSNumber! is not valid.` Neither its value is quoted nor its name, which a careless client
 * may have made of one. Of an input object the field at fault is named, and the type that it should have been of: both
 * are the schema's own.
 */
const variableSentence = (error: unknown, message: string, types: ReadonlySet<string>): string => {
  const node = error instanceof GraphQLError ? error.nodes?.[0] : undefined
  if (node?.kind !== Kind.VARIABLE_DEFINITION) return errorCodes.BAD_INPUT.message
  const fault = error instanceof GraphQLError ? (error.originalError?.message ?? '') : ''
  const field = fieldIn(message, fault)
  const type = typeIn(fault, types)
  const within = field === '' ? '' : `: its field ${field} is not valid${type === null ? '' : ` as ${type}`}`
  return `A variable declared as ${print(node.type)} is not valid${within}.`
}

/**
 * Where within a variable the fault is, as `wish.level`; empty where it is the whole. The library writes the place
 * behind the value, in which no quotation mark stands by itself, and only of fields that the schema has.
 */
const fieldIn = (message: string, fault: string): string => {
  const before = fault !== '' && message.endsWith(`; ${fault}`) ? message.slice(0, -fault.length - 2) : ''
  const place = / at "\w+((?:\.\w+|\[\d+\])+)"$/.exec(before)?.[1] ?? ''
  const missing = /^Field "(\w+)" of required type/.exec(fault)?.[1]
  return [...place.split('.'), ...(missing === undefined ? [] : [missing])].filter(Boolean).join('.')
}

/**
 * A validation sentence names types only, and what the schema itself says of them; its place is given beside it. One
 * about a value is replaced, and a name that the operation made up is left out: a careless client may have made either
 * of a person's.
 */
const validationSentence = (formatted: GraphQLFormattedError, error: unknown, types: ReadonlySet<string>): string => {
  if (formatted.extensions?.['validationErrorCode'] === 'INTROSPECTION_DISABLED')
    return 'The schema may not be read here.'
  if (isLiteral(error)) return literalSentence(formatted.message, types)
  if (isVariable(error))
    return 'A variable of the operation is not declared, not used, or not of the type that its place wants.'
  // Suggestions go first: they name what the schema has and the caller did not find.
  return formatted.message
    .replace(/ ?Did you mean(.+?)\?$/, '')
    .replace(/"([^"]*)"/g, (quoted, inner: string) => (types.has(/^\[*(\w+)/.exec(inner)?.[1] ?? '') ? quoted : '"…"'))
}

const wanted = [
  /in "(\w+)" enum/,
  /^Enum "(\w+)" cannot/,
  /^(ID|Int|Float|String|Boolean) cannot represent/,
  /^Expected value of type "\[*(\w+)/,
  /is not defined by type "(\w+)"/,
  /^Field "(\w+)\.\w+" of required type/,
  /^Field "\w+" of required type "\[*(\w+)/,
]

const typeIn = (message: string, types: ReadonlySet<string>): string | null =>
  wanted.map((pattern) => pattern.exec(message)?.[1]).find((name) => name !== undefined && types.has(name)) ?? null

/** The type that was wanted, where it is the schema's own: neither the value is quoted nor what it stood beside. */
const literalSentence = (message: string, types: ReadonlySet<string>): string => {
  const type = typeIn(message, types)
  if (type === null) return 'A value in the operation is not valid for its type.'
  return `A value in the operation is not valid as ${type}.`
}

/** A rule about a variable quotes its name, which a careless client may have made of a value. */
const isVariable = (error: unknown): boolean =>
  error instanceof GraphQLError &&
  (error.nodes ?? []).some(({ kind }) => kind === Kind.VARIABLE || kind === Kind.VARIABLE_DEFINITION)

const literals: readonly string[] = [
  Kind.STRING,
  Kind.INT,
  Kind.FLOAT,
  Kind.BOOLEAN,
  Kind.ENUM,
  Kind.LIST,
  Kind.OBJECT,
  Kind.OBJECT_FIELD,
  Kind.NULL,
]

const isLiteral = (error: unknown): boolean =>
  error instanceof GraphQLError && (error.nodes ?? []).some((node) => literals.includes(node.kind))

/** HTTP status of a response: 200 when it carries data, else the gravest of its codes. */
export const statusOf = (data: unknown, codes: readonly ErrorCode[]): number =>
  data ? 200 : Math.max(200, ...codes.map((code) => errorCodes[code].status))
