import { readFileSync } from 'node:fs'
import { type Document, isMap, isNode, isScalar, LineCounter, parseDocument } from 'yaml'
import type { z } from 'zod'

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
    text = readFileSync(file, 'utf8')
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? ` (${String(error.code)})` : ''
    return { data: null, problems: [`${name}: cannot be read${code}.`] }
  }
  const lines = new LineCounter()
  const document = parseDocument(text, { lineCounter: lines, uniqueKeys: true })
  if (document.errors.length > 0)
    return {
      data: null,
      problems: document.errors.map(({ pos, code }) => `${name}:${lines.linePos(pos[0]).line}: ${faultOf(code)}.`),
    }
  const checked = shape.safeParse(document.toJS())
  if (checked.success) return { data: checked.data, problems: [] }
  const issues = checked.error.issues.flatMap(innermostIssues)
  return {
    data: null,
    problems: issues.map(({ path, message }) =>
      `${name}:${lineOf(document, lines, path)}: ${path.join('.')} ${message}`.replace(/\.?$/, '.'),
    ),
    refused: { written: document.toJS(), places: issues.map(({ path }) => path) },
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
