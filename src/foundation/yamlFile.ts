import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'
import { codeOf } from './jsonFile.ts'
import { textOf } from './settingFile.ts'
import { beyondParsing, repeatedKeys } from './yamlBounds.ts'

/** YAML is read far more slowly than JSON. */
const mostBytes = 512 * 1024
/** More faults than this are seldom mended one by one. */
const mostFaults = 20

/** What a file says, or everything that is wrong with it. */
export type FileRead<T> =
  | { readonly data: T; readonly problems: readonly []; readonly refused?: never }
  | { readonly data: null; readonly problems: readonly string[]; readonly refused?: Refused }

/** What is written, and where it is not as it should be. */
export interface Refused {
  readonly written: unknown
  readonly places: readonly (readonly PropertyKey[])[]
}

/**
 * Reads a YAML or JSON file, which is YAML too, and checks it.
 *
 * @param name how problems name it; the file itself where nothing is said.
 * @returns every problem with file and line, never a value: a file may hold a secret.
 */
export function readYaml<T>(file: string, shape: z.ZodType<T>, name = file): FileRead<T> {
  let text: string
  try {
    text = textOf(file, mostBytes)
  } catch (error) {
    return { data: null, problems: [`${name}: cannot be read${codeOf(error)}.`] }
  }
  const beyond = beyondParsing(text)
  if (beyond) return { data: null, problems: [`${name}: ${beyond} to be read.`] }
  const lines = new LineCounter()
  // Of keys that stand twice the parser's own look-out compares each with each.
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: false, prettyErrors: false })
  const faults = [
    ...document.errors.slice(0, mostFaults).map(({ pos, code }) => ({ at: pos[0], code })),
    ...repeatedKeys(document).slice(0, mostFaults),
  ]
  if (faults.length > 0)
    return {
      data: null,
      problems: faults.map(({ at, code }) => `${name}:${lines.linePos(at).line}: ${faultOf(code)}.`),
    }
  const written = writtenIn(document)
  if (written === refusedAliases)
    return { data: null, problems: [`${name}: repeats itself by aliases further than is read.`] }
  const checked = shape.safeParse(written)
  if (checked.success) return { data: checked.data, problems: [] }
  const issues = checked.error.issues.flatMap(innermostIssues)
  return {
    data: null,
    problems: issues.map(({ path, message }) =>
      `${name}:${lineOf(document, lines, path)}: ${path.join('.')} ${message}`.replace(/\.?$/, '.'),
    ),
    refused: { written, places: issues.map(({ path }) => path) },
  }
}

const refusedAliases = Symbol('aliases')

/** An alias of aliases of aliases would be a file without end; one that stands for nothing is none. */
const writtenIn = (document: Document): unknown => {
  try {
    return document.toJS()
  } catch {
    return refusedAliases
  }
}

/** `BAD_INDENT` → `bad indent`. The parser's own sentence quotes the file. */
const faultOf = (code: string): string => `is no YAML: ${code.toLowerCase().replaceAll('_', ' ')}`

type Issue = Pick<z.core.$ZodIssue, 'path' | 'message'>

/** Of a value that may be one of several, what is wrong with it as the likeliest: the last, which says the most. */
function innermostIssues(issue: z.core.$ZodIssue): readonly Issue[] {
  if (issue.code === 'unrecognized_keys')
    return issue.keys.map((key) => ({ path: [...issue.path, key], message: 'is no key that is known' }))
  if (issue.code !== 'invalid_union') return [issue]
  const last = issue.errors.at(-1) ?? []
  return last.length === 0
    ? [issue]
    : last.flatMap(innermostIssues).map(({ path, message }) => ({ path: [...issue.path, ...path], message }))
}

/** The line of a place, or of the nearest place around it that is there. */
function lineOf(document: Document, lines: LineCounter, path: readonly PropertyKey[]): number {
  for (let length = path.length; length > 0; length -= 1) {
    const at = keyAt(document, path.slice(0, length)) ?? nodeAt(document, path.slice(0, length))
    if (at !== undefined) return lines.linePos(at).line
  }
  return 1
}

const nodeAt = (document: Document, path: readonly PropertyKey[]): number | undefined => {
  const node = document.getIn(path, true)
  return isNode(node) ? node.range?.[0] : undefined
}

/** A value may stand a line below its key, where whoever mends it looks. */
function keyAt(document: Document, path: readonly PropertyKey[]): number | undefined {
  const around = path.length === 1 ? document.contents : document.getIn(path.slice(0, -1), true)
  const key = isMap(around) ? around.items.find((pair) => isScalar(pair.key) && pair.key.value === path.at(-1)) : null
  return isScalar(key?.key) ? key.key.range?.[0] : undefined
}
