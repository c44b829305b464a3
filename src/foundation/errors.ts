/**
 * The closed list of codes a caller can meet. `docs/errors.md` documents each; a test keeps the two equal.
 * `message` is the sentence the caller reads: never a token, a name, a health fact or SQL.
 */
export const errorCodes = {
  UNAUTHENTICATED: { status: 401, message: 'A valid access token is required.' },
  FORBIDDEN: { status: 200, message: 'Your role and purpose do not permit this.' },
  NOT_FOUND: { status: 200, message: 'There is no such record that you may know of.' },
  NOT_A_PARTY: { status: 200, message: 'Your authority is not a party to this transfer.' },
  BAD_INPUT: { status: 200, message: 'An argument is not valid.' },
  CONFLICT: { status: 200, message: 'The record has changed or is not in a state that allows this.' },
  TOO_MANY_PENDING: { status: 200, message: 'Your organisation has reached its limit of waiting requests.' },
  REGISTER_FULL: { status: 200, message: 'Your organisation has reached its limit of these for this child.' },
  CLOSURE_EVIDENCE_REQUIRED: { status: 200, message: 'A case is not closed because a family is away.' },
  IMAGERY_PROHIBITED: { status: 422, message: 'Images, links to images and encoded files cannot be recorded.' },
  FILTER_NOT_PERMITTED: { status: 200, message: 'You may not filter or sort by a category that is withheld from you.' },
  SOURCE_UNAVAILABLE: { status: 200, message: 'This agency did not answer. The rest of the answer stands.' },
  GRANT_REQUIRED: { status: 200, message: 'A grant signed by the gateway for this agency and child is required.' },
  GRANT_REFUSED: { status: 200, message: 'The grant is not valid for this agency, child, caller or time.' },
  OPERATION_TOO_LARGE: { status: 400, message: 'The operation asks for more than the gateway allows.' },
  OPERATION_INVALID: { status: 400, message: 'The operation is not valid for this schema.' },
  OPERATION_NOT_LISTED: { status: 400, message: 'Only operations that were agreed beforehand run here.' },
  AUDIT_UNAVAILABLE: { status: 503, message: 'The disclosure could not be recorded, so nothing was disclosed.' },
  SERVICE_UNAVAILABLE: { status: 503, message: 'The gateway cannot reach its own store for now. Try again.' },
  REQUEST_STOPPED: { status: 503, message: 'The request took too long and was stopped, so nothing was disclosed.' },
  NOT_READY: { status: 503, message: 'The gateway is starting or stopping.' },
  INTERNAL: { status: 500, message: 'Something went wrong. Quote the request id.' },
} as const satisfies Record<string, { status: number; message: string }>

export type ErrorCode = keyof typeof errorCodes

/**
 * A refusal with two audiences: the caller reads `code` and `message`; only the operator's log reads `detail` and
 * `cause`.
 */
export class Refusal extends Error {
  override readonly name = 'Refusal'
  readonly code: ErrorCode
  readonly detail: string | undefined
  /** Further members of `extensions` that the caller may read, for example `agency`. */
  readonly extensions: Readonly<Record<string, unknown>>

  constructor(
    code: ErrorCode,
    options: { message?: string; detail?: string; cause?: unknown; extensions?: Record<string, unknown> } = {},
  ) {
    super(options.message ?? errorCodes[code].message, options.cause === undefined ? {} : { cause: options.cause })
    this.code = code
    this.detail = options.detail
    this.extensions = options.extensions ?? {}
  }
}

/**
 * Something is wrong with how the gateway is set up: it refuses to start. `problems` are whole sentences, all of them
 * at once.
 */
export class StartupError extends Error {
  override readonly name = 'StartupError'
  readonly problems: readonly string[]

  constructor(problems: readonly string[]) {
    super(problems.join('\n'))
    this.problems = problems
  }
}

/** Something changed that is opened at a start, as who holds records and where they are read. It may be right. */
export class OpenedAtStart extends StartupError {}
