import { readConfig } from '../../foundation/config.ts'
import { describeConfig } from '../../foundation/describeConfig.ts'
import type { CommandContext } from '../commandContext.ts'
import { table } from '../text.ts'

/** `wholeview config check`: the configuration in force with secrets masked, or everything that is wrong with it. */
export const configCheck = async ({ terminal, env }: CommandContext): Promise<void> => {
  const described = describeConfig(readConfig(env))
  terminal.out(terminal.json ? JSON.stringify(described) : table(Object.entries(described), ''))
}
