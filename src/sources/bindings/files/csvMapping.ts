import { z } from 'zod'
import { StartupError } from '../../../foundation/errors.ts'
import { readYaml } from '../../../foundation/yamlFile.ts'
import type { SourceLayout } from '../../sourceLayout.ts'
import { findingFacts } from '../sql/mapping/mapping.ts'

/** A column as the header names it, whatever is in the name. */
const column = z.string().min(1).max(200)
const plain = z.union([z.string(), z.number(), z.boolean()]).transform(String)
const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not a code in capitals')

/** Which rows are read: those of which the column has one of these values, has any, or has none. */
const filter = z.record(column, z.union([z.literal('present'), z.literal('absent'), z.array(plain).min(1)]))

const detailed = z.strictObject({
  column: column.optional(),
  /** The first of several that has a value. */
  first: z.array(column).min(1).optional(),
  /** The same for every row. */
  constant: plain.optional(),
  /** Their code → ours. What is not among them is a bad value. */
  codes: z.record(z.string(), plain).optional(),
  /** With `codes`: what is not among them says nothing, and is not bad. */
  others: z.literal('unknown').optional(),
  /** A pattern with one group: what it finds, all of it for a list. */
  matches: z.string().refine(isPattern, 'is not a pattern with one group').optional(),
  /** Column of `Y` and `N` → the words that a `Y` stands for. */
  flags: z.record(column, z.string()).optional(),
  /** What stands between the items of a list. */
  split: z.string().min(1).max(3).optional(),
  written: z.enum(['DD/MM/YYYY']).optional(),
})

const cell = z.union([column.transform((text) => ({ column: text })), detailed])

const source = z.strictObject({
  where: filter.optional(),
  id: cell,
  person: cell,
  parent: cell.optional(),
  eventAt: cell.optional(),
  recordedAt: cell.optional(),
  recordedBy: cell.optional(),
  service: cell.optional(),
  la: cell.optional(),
  force: cell.optional(),
  evidence: cell.optional(),
  supersedes: cell.optional(),
  labels: z.array(code).optional(),
  handling: z.enum(['NONE', 'NCND', 'CONDITIONS']).optional(),
  /** Of `person`: by what else the child is found, as in a mapping of tables. */
  finds: z.partialRecord(z.enum(findingFacts), cell).optional(),
  fields: z.record(z.string(), cell),
})

/** A mapping of CSV, as it is written: the words of a mapping of tables, without what needs a database. */
export const csvMappingFile = z.strictObject({
  kind: z.string(),
  timeZone: z.string().optional(),
  constants: z
    .strictObject({
      service: code.optional(),
      la: z.string().optional(),
      force: z.string().optional(),
      evidence: code.optional(),
    })
    .optional(),
  lists: z.record(z.string(), z.array(source).min(1)),
})

export type CsvMapping = z.infer<typeof csvMappingFile>
export type CsvSource = z.infer<typeof source>
export type CsvCell = z.infer<typeof detailed>
export type CsvFilter = z.infer<typeof filter>

/**
 * @throws StartupError with every problem of the file, each with its line: a list or field that the kind has not among
 *   them, which would refuse every line of every file.
 */
export function readCsvMapping(file: string, layout: SourceLayout): CsvMapping {
  const { contract } = layout
  const { data, problems } = readYaml(file, fitting(layout))
  if (data === null) throw new StartupError(problems)
  if (data.kind !== contract.name)
    throw new StartupError([`${file}: kind is ${data.kind}, and the holder is of ${contract.name}.`])
  return data
}

const fitting = ({ contract, lists }: SourceLayout): z.ZodType<CsvMapping> =>
  csvMappingFile.superRefine((mapping, context) => {
    if (mapping.kind !== contract.name) return
    for (const [name, sources] of Object.entries(mapping.lists)) {
      const list = lists.get(name)
      const refuse = (path: PropertyKey[], message: string) => context.addIssue({ code: 'custom', path, message })
      if (!list) refuse(['lists', name], `is no list of ${contract.name}`)
      else
        for (const [at, { fields, finds }] of sources.entries()) {
          if (finds && name !== 'person') refuse(['lists', name, at, 'finds'], 'is of a person alone')
          for (const field of Object.keys(fields))
            if (!list.columns.has(field))
              refuse(['lists', name, at, 'fields', field], `is no field of ${list.type.name}`)
        }
    }
  })

function isPattern(text: string): boolean {
  try {
    // With nothing to match, the groups of a pattern are counted by an empty alternative.
    return text.length <= 500 && new RegExp(`${text}|`).exec('')?.length === 2
  } catch {
    return false
  }
}
