import type { Clock } from '../clock.ts'
import type { Grant } from '../policy/grant.ts'
import { abortable } from '../store/abortable.ts'
import { Deadline } from './deadline.ts'
import type { AgencySource, SourceAnswer, Want } from './source.ts'

export interface GuardOptions {
  /** After this many milliseconds the source is taken not to have answered. */
  readonly deadlineMs: number
  readonly clock: Clock
  /** For the operator: why a source did not answer. */
  readonly onFailure: (agency: string, reason: string) => void
  /** For the count of answers by state. */
  readonly onAnswer: (agency: string, state: string) => void
}

/** Failures in a row that open the breaker, and how long it stays open before one request may try again. */
const breakAfter = 5
const pauseMs = 2000

/**
 * A source that never fails a request: an agency that is down, slow or wrong costs its own part of the answer, and one that
 * keeps failing is left alone for a moment instead of being asked again by every request.
 */
export class GuardedSource {
  readonly agency: string
  readonly #source: AgencySource
  readonly #options: GuardOptions
  #failures = 0
  #closedUntil = 0

  constructor(source: AgencySource, options: GuardOptions) {
    this.agency = source.agency
    this.#source = source
    this.#options = options
  }

  async fetch(grants: readonly Grant[], want: Want, authorization: string): Promise<ReadonlyMap<string, SourceAnswer>> {
    const answers = await this.#guarded(grants, want, authorization)
    for (const answer of answers.values()) this.#options.onAnswer(this.agency, answer.state)
    return answers
  }

  async #guarded(
    grants: readonly Grant[],
    want: Want,
    authorization: string,
  ): Promise<ReadonlyMap<string, SourceAnswer>> {
    const now = this.#options.clock.now().getTime()
    if (this.#failures >= breakAfter && now < this.#closedUntil)
      return unavailable(grants, 'left alone after repeated failures')
    if (this.#failures >= breakAfter) this.#closedUntil = now + pauseMs
    try {
      const answers = await this.#withDeadline(grants, want, authorization)
      this.#failures = 0
      return answers
    } catch (error) {
      this.#failures += 1
      if (this.#failures === breakAfter) this.#closedUntil = this.#options.clock.now().getTime() + pauseMs
      const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error)
      this.#options.onFailure(this.agency, reason)
      return unavailable(grants, reason)
    }
  }

  /** The deadline holds even for a source that does not heed its signal. */
  async #withDeadline(
    grants: readonly Grant[],
    want: Want,
    authorization: string,
  ): Promise<ReadonlyMap<string, SourceAnswer>> {
    const deadline = new Deadline(this.#options.deadlineMs)
    try {
      return await abortable(this.#source.fetch(grants, want, deadline, authorization), deadline)
    } finally {
      deadline.end()
    }
  }

  health(): Promise<{ readonly ok: boolean; readonly detail: string }> {
    return this.#source.health()
  }

  close(): Promise<void> {
    return this.#source.close()
  }
}

const unavailable = (grants: readonly Grant[], detail: string): ReadonlyMap<string, SourceAnswer> =>
  new Map(grants.map((grant) => [grant.childId, { state: 'UNAVAILABLE', detail }]))
