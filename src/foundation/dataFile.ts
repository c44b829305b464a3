import { z } from 'zod'
import { StartupError } from './errors.ts'
import { readJsonFile } from './jsonFile.ts'
import { readYaml } from './yamlFile.ts'

/**
 * What a file of the configuration holds: YAML where its name says so, else JSON. @throws StartupError when it cannot
 * be read.
 */
export function readDataFile(variable: string, file: string): unknown {
  if (!/\.ya?ml$/i.test(file)) return readJsonFile(variable, file)
  const { data, problems } = readYaml(file, z.unknown())
  if (problems.length > 0) throw new StartupError(problems.map((problem) => `${variable}: ${problem}`))
  return data
}
