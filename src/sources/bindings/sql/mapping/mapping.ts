import { z } from 'zod'
import { closedSets } from '../../../publishedCodes.ts'

/** Names go into statements as they are, so nothing but a plain name is one. */
const name = z.string().regex(/^[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'is not a plain name of a schema, table or column')

/** `column`, or `table.column` where a source joins others. */
const column = z
  .string()
  .regex(/^([A-Za-z_][A-Za-z0-9_]{0,62}\.)?[A-Za-z_][A-Za-z0-9_]{0,62}$/, 'is not the name of a column')

const plain = z.union([z.string(), z.number(), z.boolean()]).transform(String)

/** Which rows are read: those of which the column has one of these values, has any, or has none. */
const filter = z.record(column, z.union([z.literal('present'), z.literal('absent'), z.array(plain).min(1)]))

/** A column of another table, in the row that a column of this one points to; of several the greatest value. */
const lookUp = z.strictObject({
  table: name,
  /** Its column → the column of this source that has the same value. */
  on: z.record(name, column),
  where: filter.optional(),
})

const detailed = z.strictObject({
  column: column.optional(),
  from: lookUp.optional(),
  /** The first of several that has a value. */
  first: z.array(z.union([column, z.strictObject({ column, from: lookUp.optional() })])).optional(),
  /** Several of one row with a blank between, those that have a value: a given name and a family name. */
  words: z.array(name).min(1).optional(),
  /** The same for every row. */
  constant: plain.optional(),
  /** Their code → ours. What is not among them is a bad value. */
  codes: z.record(z.string(), plain).optional(),
  /** With `codes`: what is not among them says nothing, and is not bad; `counted`: doctor counts it all the same. */
  others: z.enum(['unknown', 'counted']).optional(),
  /** A set of codes of a return: what is not in it is a bad value. */
  set: z.enum(closedSets).optional(),
  /** A pattern with one group: what it finds, all of it for a list. */
  matches: z.string().optional(),
  /** Column of `Y` and `N` → the words that a `Y` stands for. */
  flags: z.record(column, z.string()).optional(),
  /** How dates are written, where a column of text holds them. */
  written: z.enum(['DD/MM/YYYY']).optional(),
  /** Of a day, the year that a return is of which it falls into: it ends on 31 March. */
  yearOf: z.literal('return').optional(),
})

const cell = z.union([column.transform((text) => ({ column: text })), detailed])

const code = z.string().regex(/^[A-Z][A-Z0-9_]*$/, 'is not a code in capitals')

/** What every row says beside its own fields. */
export const commonCells = [
  'id',
  'person',
  'parent',
  'eventAt',
  'recordedAt',
  'recordedBy',
  'service',
  'la',
  'force',
  'organisation',
  'evidence',
  'supersedes',
] as const

/** What serves to find the child and nothing else: it is no field of the kind, and no answer has it. */
export const findingFacts = [
  'nhsNumber',
  'nhsNumberVerified',
  'upn',
  'middleName',
  'otherFamilyName',
  'postcode',
] as const
export type FindingFact = (typeof findingFacts)[number]

const source = z.strictObject({
  table: name,
  /** Tables whose rows belong to one of this table's; `unlike` leaves out those of which two columns are the same. */
  join: z
    .array(
      z.strictObject({
        table: name,
        as: name.optional(),
        on: z.record(name, column),
        unlike: z.record(name, column).optional(),
      }),
    )
    .optional(),
  where: filter.optional(),
  /**
   * Grown-ups who stand among the children: rows of the filter that were born 26 years ago or earlier, or nobody knows
   * when. They are not read.
   */
  adults: z.strictObject({ where: filter, born: column }).optional(),
  id: cell,
  person: cell,
  parent: cell.optional(),
  eventAt: cell.optional(),
  recordedAt: cell.optional(),
  recordedBy: cell.optional(),
  service: cell.optional(),
  la: cell.optional(),
  force: cell.optional(),
  organisation: cell.optional(),
  evidence: cell.optional(),
  supersedes: cell.optional(),
  labels: z.array(code).optional(),
  handling: z.enum(['NONE', 'NCND', 'CONDITIONS']).optional(),
  /** Of `person`: by what else the child is found. */
  finds: z.partialRecord(z.enum(findingFacts), cell).optional(),
  fields: z.record(z.string(), cell),
})

const timeZone = z.string().refine((text) => {
  try {
    return new Intl.DateTimeFormat('en-GB', { timeZone: text }).format(0) !== ''
  } catch {
    return false
  }
}, 'is not a time zone such as Europe/London')

/** A mapping file as it is written. With `extends` it takes over what it does not say itself. */
export const mappingFile = z.strictObject({
  kind: z.string().optional(),
  extends: z.string().optional(),
  schema: name.optional(),
  timeZone: timeZone.optional(),
  /** Common members that are the same in every row of every list. */
  constants: z
    .strictObject({
      service: code.optional(),
      la: z.string().optional(),
      force: z.string().optional(),
      organisation: z.string().optional(),
      evidence: code.optional(),
    })
    .optional(),
  lists: z.record(z.string(), z.array(source)).optional(),
})

export type MappingFile = z.infer<typeof mappingFile>
export type MappedSource = z.infer<typeof source>
export type MappedCell = z.infer<typeof detailed>
export type LookUp = z.infer<typeof lookUp>
export type Filter = z.infer<typeof filter>

/** Where the records of one kind are in tables that somebody else made. */
export interface Mapping {
  /** The file, for those who have to mend it. */
  readonly file: string
  readonly kind: string
  readonly schema: string
  /** Of local times without a zone. */
  readonly timeZone: string
  readonly constants: NonNullable<MappingFile['constants']>
  readonly lists: Readonly<Record<string, readonly MappedSource[]>>
}
