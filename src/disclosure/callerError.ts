import { type ErrorCode, errorCodes } from '../foundation/errors.ts'

/** One error as the caller reads it: a code of the closed list and a sentence that this product wrote. */
export interface CallerError {
  readonly message: string
  readonly locations?: readonly { readonly line: number; readonly column: number }[]
  readonly path?: readonly (string | number)[]
  readonly extensions: Readonly<Record<string, unknown>> & { readonly code: ErrorCode }
}

/** An error that arises before or after execution, outside any field. */
export const plainError = (code: ErrorCode, message: string = errorCodes[code].message): CallerError => ({
  message,
  extensions: { code },
})
