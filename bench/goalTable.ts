/** One line of a table of goals: a goal, what was measured, and whether that reaches it. */
export interface Goal {
  readonly name: string
  readonly goal: string
  readonly measured: string
  /** Null for a figure that has no goal, or is not judged. */
  readonly isReached: boolean | null
}

const wordOf = ({ isReached }: Goal): string => (isReached === null ? '' : isReached ? 'met' : '**not met**')

/** Goals with what was measured, as a table. */
export const tableOf = (goals: readonly Goal[]): string =>
  [
    '| | goal | measured | |',
    '|---|---|---|---|',
    ...goals.map((one) => `| ${one.name} | ${one.goal} | ${one.measured} | ${wordOf(one)} |`),
  ].join('\n')
