import { OpenedAtStart, StartupError } from '../foundation/errors.ts'
import type { Reloaded } from '../server/gatewayTypes.ts'

/** Reads a file anew and checks it. @returns what puts it into force. @throws StartupError where it is wrong. */
export type Reading = () => () => void

/** Files that are read again while the gateway runs: all of them, or where one is wrong none. */
export class Reloading {
  readonly #readings: Reading[] = []

  add(reading: Reading): void {
    this.#readings.push(reading)
  }

  /** Where anything stands in the way, nothing has changed. */
  reload(): Reloaded {
    const problems: string[] = []
    const changes: (() => void)[] = []
    let needsOpening = true
    for (const reading of this.#readings)
      try {
        changes.push(reading())
      } catch (error) {
        if (!(error instanceof StartupError)) throw error
        if (!(error instanceof OpenedAtStart)) needsOpening = false
        problems.push(...error.problems)
      }
    if (problems.length > 0) return { problems, needsOpening }
    for (const change of changes) change()
    return { problems, needsOpening: false }
  }
}
