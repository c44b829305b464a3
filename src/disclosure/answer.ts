import { randomUUID } from 'node:crypto'
import type { DocumentNode } from 'graphql'
import { AnswerText } from '../execution/writtenAnswer.ts'
import { type ErrorCode, Refusal } from '../foundation/errors.ts'
import type { Caller } from '../policy/caller.ts'
import { hasHashed, withOrdinals } from '../sources/numberPseudonyms.ts'
import { type CallerError, plainError } from './callerError.ts'
import type { IncomingRequest } from './incomingRequest.ts'
import { Lifetime } from './operationAllowance.ts'
import type { RequestContext } from './requestContext.ts'

/** One operation as its caller sent it, by HTTP or from within this process. */
export interface Operation {
  readonly query: string
  readonly operationName: string | null
  readonly variables: Readonly<Record<string, unknown>>
  /** Names the request in the operator's log; made up where there is none. */
  readonly requestId?: string
}

/** What one operation came to. Whatever goes wrong stands in it: it is given back, never thrown. */
export interface Answer {
  /** `OK`, or the code of the first error. */
  readonly outcome: 'OK' | ErrorCode
  /** Undefined where nothing was executed, or nothing of it may leave. */
  readonly data: Readonly<Record<string, unknown>> | null | undefined
  readonly errors: readonly CallerError[]
  /**
   * Id of the entry that records this answer; null where nothing was opened, or the record failed and nothing leaves.
   */
  readonly auditId: string | null
  readonly requestId: string
}

/** The data of an answer as plain values, for whoever does not pass its bytes on. */
export const dataOf = ({ data }: Answer): unknown => (data instanceof AnswerText ? data.toJSON() : data)

/** An operation within the limits. */
export interface Weighed {
  readonly document: DocumentNode
  /** Whether it may be begun for a caller who may yet turn out to be denied. */
  readonly canStartEarly: boolean
}

/** What was executed, and not yet recorded. */
export type Executed = Pick<Answer, 'data' | 'errors'>

/** What one operation is executed in, which also records what came of it. */
export interface Disclosing extends RequestContext {
  /** Resolves once the entry is durable. */
  record(outcome: {
    readonly errors: readonly { readonly code: ErrorCode }[]
    /** Whether anything but nulls is in the answer. */
    readonly disclosed: boolean
  }): Promise<void>
}

export type OperatorEvent = 'OPERATION_REFUSED' | 'AUDIT_FAILED' | 'REQUEST_FAILED'

/** What stands around a caller and an operation. */
export interface AnswerParts {
  /** @throws Refusal for an operation that asks for too much, or was not agreed. */
  readonly weigh: (operation: Operation, requestId: string) => Weighed
  /** @param callerCleared settles once the caller is known not to be denied; no child is opened before. */
  readonly open: (caller: Caller, request: IncomingRequest, callerCleared?: Promise<void>) => Disclosing
  /** Validates and executes. It decides nothing about children: that is the context's and the resolvers'. */
  readonly execute: (operation: Operation, document: DocumentNode, context: Disclosing) => Promise<Executed>
  /** Tells the operator what the caller does not read. */
  readonly tell: (event: OperatorEvent, requestId: string, error: unknown) => void
  readonly deadlineMs: number
}

/** Answers operations. There is no other way to a child's data: what is answered here was recorded before. */
export interface Disclosure {
  /** One operation of a caller who is known: weighed, opened, executed and recorded, in that order. */
  answer(caller: Caller, operation: Operation): Promise<Answer>
  /** The same for a caller who is being verified. */
  prepare(operation: Operation): Prepared
}

/** One operation whose caller is being verified. Whoever prepares it answers it, or leaves it. */
export interface Prepared {
  readonly requestId: string
  /**
   * Begins what may be begun while it is asked whether the caller is denied. What is wrong with it is reported by
   * `answer`.
   */
  begin(caller: Caller): void
  /** @param caller not denied; the one for whom it was begun. */
  answer(caller: Caller): Promise<Answer>
  /** The caller is gone or was refused: nothing more is begun. */
  leave(): void
}

export const openAnswers = (parts: AnswerParts): Disclosure => ({
  answer: (caller, operation) => new OneOperation(parts, operation).answer(caller),
  prepare: (operation) => new OneOperation(parts, operation),
})

/** An operation that runs. */
interface Begun {
  readonly context: Disclosing
  readonly executed: Promise<Executed>
}

/**
 * The order is the protection: weigh the operation, know who asks, open, execute, record, and only then give it back.
 */
class OneOperation implements Prepared {
  readonly requestId: string
  readonly #parts: AnswerParts
  readonly #operation: Operation
  readonly #lifetime: Lifetime
  readonly #callerCleared: Promise<void>
  #allow = (): void => {}
  #weighed: Weighed | undefined
  #begun: Begun | undefined

  constructor(parts: AnswerParts, operation: Operation) {
    this.#parts = parts
    this.#operation = operation
    this.requestId = operation.requestId ?? randomUUID()
    this.#lifetime = new Lifetime(parts.deadlineMs)
    this.#callerCleared = new Promise((resolve) => {
      this.#allow = resolve
    })
  }

  begin(caller: Caller): void {
    try {
      if (!this.#weigh().canStartEarly) return
      this.#begun = this.#start(caller)
      // A caller who is denied has left; of any other the answer is awaited.
      this.#begun.executed.catch(() => undefined)
    } catch {
      // Reported in its turn, to a caller who is known.
    }
  }

  async answer(caller: Caller): Promise<Answer> {
    try {
      this.#weigh()
      const { context, executed } = this.#begun ?? this.#start(caller)
      // Only now: nothing stands any more between what goes on and its record.
      this.#allow()
      return await this.#recorded(context, this.#released(await executed))
    } catch (error) {
      return this.#refused(error)
    } finally {
      this.#lifetime.close()
    }
  }

  leave(): void {
    this.#lifetime.leave()
    this.#lifetime.close()
  }

  #weigh(): Weighed {
    this.#weighed ??= this.#parts.weigh(this.#operation, this.requestId)
    return this.#weighed
  }

  #start(caller: Caller): Begun {
    const { query, operationName } = this.#operation
    const { document } = this.#weigh()
    const request = { requestId: this.requestId, operationName, query, lifetime: this.#lifetime }
    const context = this.#parts.open(caller, request, this.#callerCleared)
    return { context, executed: this.#parts.execute(this.#operation, document, context) }
  }

  /** What may leave of what was executed: nothing of an operation that was over before it was whole. */
  #released({ data, errors }: Executed): Executed {
    const { refused } = this.#lifetime
    if (refused) {
      this.#parts.tell('OPERATION_REFUSED', this.requestId, refused)
      return { data: undefined, errors: [plainError(refused.code)] }
    }
    return errors.some(isInternal) ? { data, errors: errors.map((error) => this.#quotable(error)) } : { data, errors }
  }

  /** Waits until the entry is durable. When it is not, the answer is dropped: no disclosure without its record. */
  async #recorded(context: Disclosing, { data, errors }: Executed): Promise<Answer> {
    try {
      await context.record({
        errors: errors.map(({ extensions }) => ({ code: extensions.code })),
        disclosed: hasValue(data),
      })
    } catch (cause) {
      throw new Refusal('AUDIT_UNAVAILABLE', { cause })
    }
    const outcome = errors[0]?.extensions.code ?? 'OK'
    return { outcome, data: numbered(data), errors, auditId: context.auditId, requestId: this.requestId }
  }

  /** Whatever went wrong outside a field. */
  #refused(error: unknown): Answer {
    const refusal = error instanceof Refusal && error.code !== 'INTERNAL' ? error : null
    this.#parts.tell(eventOf(refusal), this.requestId, error)
    const reported: CallerError = refusal
      ? { message: refusal.message, extensions: { ...refusal.extensions, code: refusal.code } }
      : this.#quotable(plainError('INTERNAL'))
    const outcome = reported.extensions.code
    return { outcome, data: undefined, errors: [reported], auditId: null, requestId: this.requestId }
  }

  /** By the request's id the operator finds what the caller may not read. */
  #quotable(error: CallerError): CallerError {
    return isInternal(error) ? { ...error, extensions: { ...error.extensions, requestId: this.requestId } } : error
  }
}

const isInternal = ({ extensions }: CallerError): boolean => extensions.code === 'INTERNAL'

const eventOf = (refusal: Refusal | null): OperatorEvent => {
  if (refusal === null) return 'REQUEST_FAILED'
  return refusal.code === 'AUDIT_UNAVAILABLE' ? 'AUDIT_FAILED' : 'OPERATION_REFUSED'
}

/** Only now is it known who appears in the answer, and in what order. */
function numbered(data: Executed['data']): Executed['data'] {
  if (data instanceof AnswerText) return hasHashed(data.body) ? data.changed(withOrdinals) : data
  if (typeof data !== 'object' || data === null) return data
  const text = JSON.stringify(data)
  return hasHashed(text) ? JSON.parse(withOrdinals(text)) : data
}

const hasValue = (data: Executed['data']): boolean =>
  data instanceof AnswerText
    ? data.hasValue
    : typeof data === 'object' && data !== null && Object.values(data).some((value) => value !== null)
