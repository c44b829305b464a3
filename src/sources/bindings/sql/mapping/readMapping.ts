import { readdirSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Document, isNode, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { StartupError } from '../../../../foundation/errors.ts'
import { type Mapping, type MappingFile, mappingFile } from './mapping.ts'

const shippedFolder = fileURLToPath(new URL('./shipped/', import.meta.url))

/** Mappings that come with the product, by name. */
export const shippedMappings = (): readonly string[] =>
  readdirSync(shippedFolder)
    .filter((file) => file.endsWith('.yaml'))
    .map((file) => file.slice(0, -'.yaml'.length))

/**
 * Reads where an agency's records are.
 *
 * @param nameOrFile a mapping that comes with the product, or a YAML file.
 * @param kind the agency that it has to be of.
 * @throws StartupError with every problem, each with the file and its line.
 */
export function readMapping(nameOrFile: string, kind: string): Mapping {
  const { read, problems } = parsed(nameOrFile)
  const base = read?.extends === undefined ? undefined : parsed(read.extends)
  const all = [...problems, ...(base?.problems ?? [])]
  const whole = { ...base?.read, ...read }
  if (all.length === 0 && base?.read?.extends !== undefined)
    all.push(`${nameOrFile}: extends ${read?.extends}, which extends another itself. One step is enough.`)
  if (all.length === 0 && whole.kind !== kind)
    all.push(`${nameOrFile}: kind is ${whole.kind ?? 'missing'}, and the agency is ${kind}.`)
  if (all.length === 0 && whole.schema === undefined) all.push(`${nameOrFile}: schema is missing.`)
  if (all.length > 0) throw new StartupError(all)
  return {
    file: nameOrFile,
    kind,
    schema: whole.schema ?? '',
    timeZone: whole.timeZone ?? 'Europe/London',
    constants: { ...base?.read?.constants, ...read?.constants },
    lists: { ...base?.read?.lists, ...read?.lists },
  }
}

interface Parsed {
  readonly read: MappingFile | null
  readonly problems: readonly string[]
}

function parsed(nameOrFile: string): Parsed {
  const isShipped = shippedMappings().includes(nameOrFile)
  const file = isShipped ? `${shippedFolder}${nameOrFile}.yaml` : nameOrFile
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return { read: null, problems: [`${nameOrFile}: cannot be read${code}.`] }
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  if (document.errors.length > 0)
    return {
      read: null,
      problems: document.errors.map(
        ({ pos, message }) => `${nameOrFile}:${lines.linePos(pos[0]).line}: ${message.split('\n')[0]}`,
      ),
    }
  const checked = mappingFile.safeParse(document.toJS())
  if (checked.success) return { read: checked.data, problems: [] }
  return {
    read: null,
    problems: checked.error.issues
      .flatMap(innermostIssues)
      .map(({ path, message }) => `${nameOrFile}:${lineOf(document, lines, path)}: ${path.join('.')} ${message}.`),
  }
}

type Issue = Pick<z.core.$ZodIssue, 'path' | 'message'>

/** Of a value that may be one of several, what is wrong with it as the likeliest: the last, which says the most. */
function innermostIssues(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code !== 'invalid_union') return [issue]
  const last = issue.errors.at(-1) ?? []
  return last.length === 0
    ? [issue]
    : last.flatMap(innermostIssues).map(({ path, message }) => ({ path: [...issue.path, ...path], message }))
}

/** The line of a place, or of the nearest place around it that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const node = document.getIn(path.slice(0, length), true)
    const at = isNode(node) ? node.range?.[0] : undefined
    if (at !== undefined) return lines.linePos(at).line
  }
  return 1
}
