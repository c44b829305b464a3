import { type Goal, tableOf } from '../goalTable.ts'

/** The part of `bench/README.md` that is about identity. */
export const sectionOf = (goals: readonly Goal[], command: string, machine: string, at: string): string =>
  [
    '## Identity: which records are of one child',
    `Written by \`npm run bench:identity -- --write\`; nothing here is typed by hand. \`${command}\` on ${at}: ${machine}.`,
    tableOf(goals),
  ].join('\n\n')
