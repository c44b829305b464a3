import { CommandFailure } from '../../src/cli/commandFailure.ts'
import type { Terminal } from '../../src/cli/terminal.ts'

/** Tells a story step by step, and stops it at the first thing that is not so. */
export interface Story {
  step(title: string): void
  tell(text: string): void
  /** Says what is so, after making sure that it is. */
  check(what: string, isSo: boolean): void
  readonly steps: number
  readonly checks: number
}

export const createStory = (terminal: Terminal): Story => {
  const counts = { steps: 0, checks: 0 }
  const print = terminal.json ? () => {} : terminal.out
  return {
    step: (title) => {
      counts.steps += 1
      print(`\n${terminal.bold(`${counts.steps}. ${title}`)}`)
    },
    tell: (text) => print(text),
    check: (what, isSo) => {
      if (!isSo)
        throw new CommandFailure(`The demonstration failed at step ${counts.steps}. This was to be so: ${what}.`)
      counts.checks += 1
      print(`  ${terminal.good('so:')} ${what}`)
    },
    get steps() {
      return counts.steps
    },
    get checks() {
      return counts.checks
    },
  }
}
