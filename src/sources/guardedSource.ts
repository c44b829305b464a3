import type { Clock } from '../foundation/clock.ts'
import type { Grant } from '../policy/grant.ts'
import { abortable } from '../store/abortable.ts'
import { batchPerTick } from '../store/batchPerTick.ts'
import type { ChangeVersions } from '../store/changeVersions.ts'
import { Deadline } from '../store/deadline.ts'
import { type Ask, roundsOf } from './queryRounds.ts'
import type { AgencySource, FieldSelection, SourceAnswer } from './source.ts'

export interface GuardOptions {
  /** After this many milliseconds the source is taken not to have answered. */
  readonly deadlineMs: number
  readonly clock: Clock
  /** For the operator: why a source did not answer. */
  readonly onFailure: (agency: string, reason: string) => void
  /** For the count of answers by state. */
  readonly onAnswers: (agency: string, state: string, count: number) => void
}

/** Failures in a row that open the breaker, and how long it stays open before one request may try again. */
const breakAfter = 5
const pauseMs = 2000

/** To learn that nothing changed is worth no longer a wait than this: the records themselves are read then. */
const longestStampsMs = 500

/**
 * A source that never fails a request: an agency that is down, slow or wrong costs its own part of the answer, and one
 * that keeps failing is left alone for a moment instead of being asked again by every request.
 */
export class GuardedSource {
  readonly agency: string
  readonly #source: AgencySource
  readonly #options: GuardOptions
  readonly #ask = batchPerTick(
    (groups: readonly (readonly Ask[])[]) => this.#askGroups(groups),
    ({ length }) => length,
  )
  #failures = 0
  #closedUntil = 0

  constructor(source: AgencySource, options: GuardOptions) {
    this.agency = source.agency
    this.#source = source
    this.#options = options
  }

  /**
   * Asks what one request selects; what little is asked in one turn goes together, whichever requests it is of. Never
   * rejects.
   */
  ask(asks: readonly Ask[]): Promise<readonly SourceAnswer[]> {
    return this.#ask(asks)
  }

  /** Whether it may tell what is noted of changes. */
  get mayTellChanges(): boolean {
    return this.#source.changeVersions !== undefined
  }

  /**
   * What `AgencySource.changeVersions` gives, in one question for all who ask in one turn; null where it does not say.
   * Never rejects.
   */
  readonly changeVersions = batchPerTick((groups: readonly (readonly string[])[]) => this.#stampsOf(groups))

  async #stampsOf(groups: readonly (readonly string[])[]): Promise<readonly (ChangeVersions | null)[]> {
    const nothing = groups.map(() => null)
    const { changeVersions } = this.#source
    if (!changeVersions || this.#failures >= breakAfter) return nothing
    const deadline = new Deadline(Math.min(longestStampsMs, this.#options.deadlineMs))
    try {
      const versions = await abortable(changeVersions([...new Set(groups.flat())], deadline), deadline)
      return groups.map(() => versions)
    } catch {
      return nothing
    } finally {
      deadline.end()
    }
  }

  async #askGroups(groups: readonly (readonly Ask[])[]): Promise<readonly (readonly SourceAnswer[])[]> {
    const answers = await this.#queryAgencies(groups.flat())
    let place = 0
    return groups.map(({ length }) => {
      place += length
      return answers.slice(place - length, place)
    })
  }

  async #queryAgencies(asks: readonly Ask[]): Promise<readonly SourceAnswer[]> {
    const answers = new Map<Ask, SourceAnswer>()
    await Promise.all(
      roundsOf(asks).map(async (round) => {
        const [first] = round
        if (!first) return
        const grants = round.map(({ grant }) => grant)
        const found = await this.#guarded(grants, first.selection)
        for (const ask of round) answers.set(ask, found.get(ask.grant.childId) ?? missingAnswer)
      }),
    )
    const states = new Map<string, number>()
    const inOrder = asks.map((ask) => {
      const answer = answers.get(ask) ?? missingAnswer
      states.set(answer.state, (states.get(answer.state) ?? 0) + 1)
      return answer
    })
    for (const [state, count] of states) this.#options.onAnswers(this.agency, state, count)
    return inOrder
  }

  async #guarded(grants: readonly Grant[], selection: FieldSelection): Promise<ReadonlyMap<string, SourceAnswer>> {
    const now = this.#options.clock.now().getTime()
    if (this.#failures >= breakAfter && now < this.#closedUntil)
      return unavailable(grants, 'left alone after repeated failures')
    if (this.#failures >= breakAfter) this.#closedUntil = now + pauseMs
    try {
      const answers = await this.#withDeadline(grants, selection)
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
  async #withDeadline(grants: readonly Grant[], selection: FieldSelection): Promise<ReadonlyMap<string, SourceAnswer>> {
    const deadline = new Deadline(this.#options.deadlineMs)
    try {
      return await abortable(this.#source.fetch(grants, selection, deadline), deadline)
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

/** Where nothing came back about a child: never taken for one of whom nothing is held. */
export const missingAnswer: SourceAnswer = { state: 'UNAVAILABLE', detail: 'the source did not answer for this child' }

const unavailable = (grants: readonly Grant[], detail: string): ReadonlyMap<string, SourceAnswer> =>
  new Map(grants.map((grant) => [grant.childId, { state: 'UNAVAILABLE', detail }]))
