import { readdirSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { StartupError } from '../../../../foundation/errors.ts'
import { readYaml } from '../../../../foundation/yamlFile.ts'
import { type Mapping, type MappingFile, mappingFile } from './mapping.ts'
import { restOfMapping } from './restOfMapping.ts'

const shippedFolder = fileURLToPath(new URL('./shipped/', import.meta.url))

/** Mappings that come with the product, by name. */
export const shippedMappings = (): readonly string[] =>
  readdirSync(shippedFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))

/** What is wrong with a mapping, and the rest of it: whether it fits its kind is found in the same round. */
export class UnreadMapping extends StartupError {
  readonly rest: Mapping | null

  constructor(problems: readonly string[], rest: Mapping | null) {
    super(problems)
    this.rest = rest
  }
}

/**
 * Reads where an agency's records are.
 *
 * @param nameOrFile a mapping that comes with the product, or a YAML file.
 * @param kind the agency that it has to be of.
 * @throws UnreadMapping with every problem, each with the file and its line.
 */
export function readMapping(nameOrFile: string, kind: string): Mapping {
  const { read, problems } = parsed(nameOrFile)
  if (read === null) throw new UnreadMapping(problems, null)
  const base = read.extends === undefined ? undefined : parsed(read.extends)
  const all = [...problems, ...(base?.problems ?? [])]
  const whole = { ...base?.read, ...read }
  if (base?.read?.extends !== undefined)
    all.push(`${nameOrFile}: extends ${read.extends}, which extends another itself. One step is enough.`)
  if (base?.read !== null && whole.kind !== kind)
    all.push(`${nameOrFile}: kind is ${whole.kind ?? 'missing'}, and the agency is ${kind}.`)
  if (base?.read !== null && whole.schema === undefined) all.push(`${nameOrFile}: schema is missing.`)
  const mapping = {
    file: nameOrFile,
    kind,
    schema: whole.schema ?? '',
    timeZone: whole.timeZone ?? 'Europe/London',
    constants: { ...base?.read?.constants, ...read.constants },
    lists: { ...base?.read?.lists, ...read.lists },
  }
  if (all.length > 0) throw new UnreadMapping(all, mapping)
  return mapping
}

interface Parsed {
  /** As far as it can be read. */
  readonly read: MappingFile | null
  readonly problems: readonly string[]
}

function parsed(nameOrFile: string): Parsed {
  const isShipped = shippedMappings().includes(nameOrFile)
  const file = isShipped ? `${shippedFolder}${nameOrFile}.yaml` : nameOrFile
  const { data, problems, refused } = readYaml(file, mappingFile, nameOrFile)
  return { read: data ?? (refused ? restOfMapping(refused) : null), problems }
}
