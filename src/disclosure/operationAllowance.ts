import { Refusal } from '../foundation/errors.ts'

/** Children whose records one operation gives at most, however it comes to them: by name, by search or by a list. */
export const mostChildren = 300

/**
 * Children that one operation looks at at most without giving anything of their records: those that a list is chosen
 * from, or a number counted over.
 */
export const mostEvaluated = 250_000

/**
 * How long one operation may go on, and how much it may open. Work looks here before it begins anything: nothing is
 * torn away, so that what was begun is recorded, and what was not begun is not begun any more.
 */
export class Lifetime {
  readonly #timer: NodeJS.Timeout
  #children = 0
  #evaluated = 0
  #over: Refusal | null = null
  #refused: Refusal | null = null

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => this.#end('REQUEST_STOPPED', 'deadline'), milliseconds)
    this.#timer.unref()
  }

  /** The caller has left: nobody waits for the rest. */
  leave(): void {
    this.#end('REQUEST_STOPPED', 'the caller left')
  }

  /** @throws Refusal once the operation is over. */
  demand(): void {
    if (this.#over === null) return
    this.#refused = this.#over
    throw this.#over
  }

  /**
   * Counts one child more. @throws Refusal OPERATION_TOO_LARGE for one too many, and from then on for whatever is
   * begun.
   */
  demandChild(): void {
    this.#children += 1
    if (this.#children > mostChildren) this.#end('OPERATION_TOO_LARGE', `more than ${mostChildren} children opened`)
    this.demand()
  }

  /** Counts one child more that is only looked at. @throws Refusal OPERATION_TOO_LARGE as above. */
  demandEvaluated(): void {
    this.#evaluated += 1
    if (this.#evaluated > mostEvaluated)
      this.#end('OPERATION_TOO_LARGE', `more than ${mostEvaluated} children looked at`)
    this.demand()
  }

  /** Why something of the operation was not begun: then its answer is not whole, and none of it leaves. */
  get refused(): Refusal | null {
    return this.#refused
  }

  /** The operation was answered. */
  close(): void {
    clearTimeout(this.#timer)
  }

  #end(code: 'REQUEST_STOPPED' | 'OPERATION_TOO_LARGE', detail: string): void {
    this.#over ??= new Refusal(code, { detail })
  }
}
