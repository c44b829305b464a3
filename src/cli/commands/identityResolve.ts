import type { Command } from 'commander'
import { readConfig } from '../../foundation/config.ts'
import type { CommandContext } from '../commandContext.ts'
import { DoneInPart } from '../commandFailure.ts'
import { count } from '../terminalText.ts'

/** Adds `wholeview identity resolve`. */
export const resolveCommand = (identity: Command, context: () => CommandContext): void => {
  identity
    .command('resolve')
    .description('take in the people of every agency that is read here, and make children and links of them')
    .action(() => resolve(context()))
}

const resolve = async ({ terminal, env }: CommandContext): Promise<void> => {
  // Reads agencies, which other commands of the register need not.
  const { resolvePeople } = await import('../../composition/resolvePeople.ts')
  const { people, away, children, linked, asked } = await resolvePeople(readConfig(env), terminal.progress)
  terminal.settled()
  terminal.out(
    terminal.json
      ? JSON.stringify({ people, children, linked, asked, away })
      : `Took in ${count(people, 'person', 'people')}. ${children} new ${children === 1 ? 'child' : 'children'}, ${count(linked, 'record')} linked, ${count(asked, 'question')} for a person.`,
  )
  if (away.length > 0) throw new DoneInPart(`Not taken in:\n${away.map((each) => `  - ${each}`).join('\n')}`)
}
