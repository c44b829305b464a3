import { type Config, readAsFar } from '../foundation/config.ts'
import { StartupError } from '../foundation/errors.ts'

type Environment = Readonly<Record<string, string | undefined>>

/** Settings, and all that is wrong with them, with the files that they name and with both together. */
export async function readWhole(
  env: Environment,
  overrides: Environment = {},
): Promise<{ readonly config: Config; readonly problems: readonly string[] }> {
  const { config, problems } = readAsFar(env, overrides)
  const { checkedStart, problemsOfFiles } = await import('../composition/checkSettingFiles.ts')
  const all = (more: readonly string[]) => ({ config, problems: [...new Set([...problems, ...more])] })
  // Wrong as it is, it may be a production, where nothing of the demonstration is installed.
  const asFar = problems.length === 0 ? config : { ...config, demonstration: false }
  if (problems.length > 0 && config.registryFile === null) return all(await problemsOfFiles(asFar))
  const checked = await checkedStart(asFar)
  return all('problems' in checked ? checked.problems : [])
}

/**
 * As `readConfig`, for a start: where a setting is wrong, whatever else is wrong is told with it. Where none is, the
 * start looks at the rest itself.
 *
 * @throws StartupError with every problem.
 */
export async function readForStart(env: Environment, overrides: Environment): Promise<Config> {
  const { config, problems } = readAsFar(env, overrides)
  if (problems.length > 0) throw new StartupError((await readWhole(env, overrides)).problems)
  return config
}
