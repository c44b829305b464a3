import type { Goal } from './goals.ts'

const wordOf = ({ isReached }: Goal): string => (isReached === null ? '' : isReached ? 'met' : '**not met**')

/** Goals with what was measured, as a table. */
export const tableOf = (goals: readonly Goal[]): string =>
  [
    '| | goal | measured | |',
    '|---|---|---|---|',
    ...goals.map((one) => `| ${one.name} | ${one.goal} | ${one.measured} | ${wordOf(one)} |`),
  ].join('\n')

/** The part of `bench/README.md` that is about identity. */
export const sectionOf = (goals: readonly Goal[], command: string, machine: string, at: string): string =>
  [
    '## Identity: which records are of one child',
    `Written by \`npm run bench:identity -- --write\`; nothing here is typed by hand. \`${command}\` on ${at}: ${machine}.`,
    tableOf(goals),
  ].join('\n\n')
