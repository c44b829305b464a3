import { existsSync } from 'node:fs'
import { dirname, resolve } from 'node:path'
import { z } from 'zod'
import { StartupError } from './errors.ts'
import { readTextFile } from './jsonFile.ts'
import { holderUrlForm } from './settingContradictions.ts'
import { variableNames } from './settingVariables.ts'
import { readYaml } from './yamlFile.ts'

type Environment = Readonly<Record<string, string | undefined>>

const plain = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const keys = variableNames.map((name) => name.toLowerCase())
const known = new Set(keys)
/** Every key is a variable in small letters: one that is listed, or the address of a database or server of holders. */
const shape = z.record(z.string(), plain).superRefine((settings, context) => {
  for (const key of Object.keys(settings))
    if (!known.has(key) && !holderUrlForm.test(key.toUpperCase()))
      context.addIssue({ code: 'unrecognized_keys', keys: [key], input: settings })
})

/** Settings that hold a secret: each may be in a file of its own, named by the variable with `_FILE` after it. */
const secrets = variableNames.filter((name) => name.endsWith('DATABASE_URL') || name.endsWith('SECRET'))
const secretsIn = (env: Environment): readonly string[] => [
  ...secrets,
  ...Object.keys(env).flatMap((name) => {
    const bare = name.replace(/_FILE$/, '')
    return bare !== name && holderUrlForm.test(bare) ? [bare] : []
  }),
]

/** Settings that name a file or folder; in a configuration file they are meant from where it stands. */
const isPath = (name: string): boolean => /(_FILE|_DIR|^TLS_.*|^IDENTITY_BELIEF)$/.test(name)
/** Those that may name something else too. */
const mayBePath = (name: string): boolean => /(_MAPPING|^GATEWAY_JWKS|^POLICY_PACK)$/.test(name)

/**
 * The environment with what its configuration file says beside it. The environment is stronger. The file is the one
 * that `WHOLEVIEW_CONFIG` names; without it nothing is read but secrets in files.
 *
 * @throws UnreadSettings with every problem, each with file and line, and what could be read all the same.
 */
export function settingsOf(env: Environment): Environment {
  const problems: string[] = []
  const settings: Record<string, string | undefined> = { ...fromFile(env['WHOLEVIEW_CONFIG'], problems), ...env }
  for (const name of secretsIn(env)) {
    const file = env[`${name}_FILE`]
    if (!file) continue
    if (env[name]) problems.push(`${name} and ${name}_FILE are both set: a secret is in one place.`)
    else if (existsSync(file)) settings[name] = secretIn(`${name}_FILE`, file, problems)
    else problems.push(`${name}_FILE names a file that does not exist.`)
  }
  if (problems.length > 0) throw new UnreadSettings(problems, settings)
  return settings
}

function secretIn(variable: string, file: string, problems: string[]): string | undefined {
  try {
    return readTextFile(variable, file).trim()
  } catch (error) {
    if (!(error instanceof StartupError)) throw error
    problems.push(...error.problems)
    return undefined
  }
}

/** What is wrong with a configuration file, and the settings that it gives without that. */
export class UnreadSettings extends StartupError {
  readonly settings: Environment

  constructor(problems: readonly string[], settings: Environment) {
    super(problems)
    this.settings = settings
  }
}

function fromFile(file: string | undefined, problems: string[]): Record<string, string> {
  if (!file) return {}
  const read = readYaml(file, shape)
  problems.push(...read.problems.map((problem) => `WHOLEVIEW_CONFIG: ${problem}`))
  const folder = dirname(resolve(file))
  return Object.fromEntries(
    Object.entries(read.data ?? goodIn(file)).flatMap(([key, value]) => {
      const name = key.toUpperCase()
      if (value === undefined) return []
      const placed = resolve(folder, value)
      return [[name, isPath(name) || (mayBePath(name) && existsSync(placed)) ? placed : value]]
    }),
  )
}

/** Settings of a file of which others are wrong. */
function goodIn(file: string): Readonly<Record<string, string>> {
  const { data } = readYaml(file, z.record(z.string(), z.unknown()))
  return Object.fromEntries(
    Object.entries(data ?? {}).flatMap(([key, value]) => {
      const read = shape.safeParse({ [key]: value })
      return read.success ? Object.entries(read.data) : []
    }),
  )
}
