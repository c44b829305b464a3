import type { Stopping } from './stopping.ts'

/**
 * A time after which an answer is not waited for: an `AbortSignal` costs as much as a small statement, and there is one
 * for each.
 */
export class Deadline implements Stopping {
  aborted = false
  reason: unknown = undefined
  readonly #listeners = new Set<() => void>()
  readonly #timer: NodeJS.Timeout

  constructor(milliseconds: number) {
    this.#timer = setTimeout(() => {
      this.aborted = true
      this.reason = new Error(`no answer within ${milliseconds} ms`)
      for (const listener of [...this.#listeners]) listener()
    }, milliseconds)
  }

  throwIfAborted(): void {
    if (this.aborted) throw this.reason
  }

  addEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.add(listener)
  }

  removeEventListener(_type: 'abort', listener: () => void): void {
    this.#listeners.delete(listener)
  }

  /** The answer came. */
  end(): void {
    clearTimeout(this.#timer)
    this.#listeners.clear()
  }
}
