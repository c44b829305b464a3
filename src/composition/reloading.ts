import { StartupError } from '../foundation/errors.ts'

/** Reads a file anew and checks it. @returns what puts it into force. @throws StartupError where it is wrong. */
export type Reading = () => () => void

/** Files that are read again while the gateway runs: all of them, or where one is wrong none. */
export class Reloading {
  readonly #readings: Reading[] = []

  add(reading: Reading): void {
    this.#readings.push(reading)
  }

  /** @returns everything that is wrong; then nothing has changed. */
  reload(): readonly string[] {
    const problems: string[] = []
    const changes: (() => void)[] = []
    for (const reading of this.#readings)
      try {
        changes.push(reading())
      } catch (error) {
        if (!(error instanceof StartupError)) throw error
        problems.push(...error.problems)
      }
    if (problems.length === 0) for (const change of changes) change()
    return problems
  }
}
