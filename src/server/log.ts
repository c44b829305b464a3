import { type DestinationStream, pino } from 'pino'
import { Refusal, StartupError } from '../foundation/errors.ts'
import type { LogLevel } from '../foundation/settingVariables.ts'

/** Every event the gateway logs, by code. Operators search by it. */
export const logCodes = [
  'AUDIT_FAILED',
  'AUTHENTICATION_REFUSED',
  'ALERTS_BEHIND',
  'DUTIES_BEHIND',
  'FIELD_FAILED',
  'IDENTITY_SECRET_MISSING',
  'LISTENING',
  'OPERATION_NOT_LISTED',
  'OPERATION_REFUSED',
  'READ_ROLE_MISSING',
  'RECORD_REFUSED',
  'RELEASED',
  'RELOADED',
  'RELOAD_REFUSED',
  'REQUEST',
  'REQUEST_FAILED',
  'REQUEST_REFUSED',
  'SOURCE_UNREACHABLE',
  'STOPPED',
  'STOPPING',
] as const
export type LogCode = (typeof logCodes)[number]

/** Plain facts about the request, never about a child: no name, identifier, variable, operation text or token. */
export type LogFields = Readonly<Record<string, string | number | boolean | null | undefined>>

export interface Log {
  info(code: LogCode, fields?: LogFields): void
  warn(code: LogCode, fields?: LogFields): void
  error(code: LogCode, fields?: LogFields): void
}

/** Members that are never written, whoever passes them. The rule is to not pass them; this is the net below it. */
const forbidden = ['authorization', 'token', 'variables', 'query', 'body', 'name', 'nhsNumber', 'upn']

/** Structured logs, one JSON object a line, on standard error so that standard output stays the command's. */
export const createLog = (level: LogLevel, destination: DestinationStream = pino.destination(2)): Log => {
  const logger = pino(
    {
      level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      messageKey: 'code',
      formatters: { level: (label) => ({ level: label }) },
      redact: { paths: forbidden, remove: true },
    },
    destination,
  )
  return {
    info: (code, fields = {}) => logger.info(fields, code),
    warn: (code, fields = {}) => logger.warn(fields, code),
    error: (code, fields = {}) => logger.error(fields, code),
  }
}

/**
 * An error for the operator. Sentences that this product wrote are kept; the text of any other error is not, since a
 * database or a library may quote a record in it. Its kind, code and place in the source are enough to find it.
 */
export const explainError = (error: unknown): LogFields => {
  if (error instanceof Refusal) {
    return { error: error.code, detail: error.detail, ...(error.cause ? prefixed('cause', error.cause) : {}) }
  }
  if (error instanceof StartupError) return { error: 'StartupError', detail: error.message }
  return prefixed('error', error)
}

const prefixed = (prefix: string, error: unknown): LogFields => {
  if (!(error instanceof Error)) return { [prefix]: typeof error }
  const code =
    'code' in error && typeof error.code === 'string' && /^\w{1,40}$/.test(error.code) ? error.code : undefined
  return { [prefix]: error.name, [`${prefix}Code`]: code, [`${prefix}At`]: placeOf(error) }
}

const placeOf = (error: Error): string | undefined =>
  error.stack
    ?.split('\n')
    .filter((line) => /^\s+at /.test(line))
    .slice(0, 4)
    .map((line) => line.trim().replace(/\(?file:\/\/.*\/(?=(src|resolvers|node_modules)\/)/, '('))
    .join(' ')
