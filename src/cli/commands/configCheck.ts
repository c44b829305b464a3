import { describeConfig } from '../../foundation/describeConfig.ts'
import { StartupError } from '../../foundation/errors.ts'
import { misspelt } from '../../foundation/nearestName.ts'
import { variableNames } from '../../foundation/settingVariables.ts'
import type { CommandContext } from '../commandContext.ts'
import { readWhole } from '../readAllSettings.ts'
import { table } from '../terminalText.ts'

/**
 * `wholeview config check`: the configuration in force with secrets masked, or everything that is wrong with it and
 * with the files that it names, as a start would find it. Names that are nearly ours are reported, for what they meant
 * to set is at its default.
 */
export const configCheck = async ({ terminal, env }: CommandContext): Promise<void> => {
  const { config, problems: found } = await readWhole(env)
  const near = misspelt(
    Object.keys(env).filter((name) => env[name]),
    [...variableNames, 'WHOLEVIEW_CONFIG'],
  )
  const problems = [...found, ...near.map(([name, meant]) => `${name} is not known. Did you mean ${meant}?`)]
  if (problems.length > 0) throw new StartupError([...new Set(problems)])
  const described = describeConfig(config)
  terminal.out(terminal.json ? JSON.stringify(described) : table(Object.entries(described), ''))
}
