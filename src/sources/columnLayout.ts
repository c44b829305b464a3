import {
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { leadAgency, schemaName } from '../foundation/agencies.ts'
import { StartupError } from '../foundation/errors.ts'
import type { Classification, FieldClass, TypeClass } from '../policy/classify.ts'
import { placeReading } from '../policy/placeGrain.ts'
import type { About } from '../policy/revealingServices.ts'
import type { AgencyTable } from '../store/agencyTables.ts'
import { changeTable, type Watched } from '../store/changeVersions.ts'
import { type CommonColumn, commonColumns } from './bindings/sql/commonColumns.ts'
import { momentSql } from './bindings/sql/momentSql.ts'
import { ownTablesOf } from './bindings/sql/ownTables.ts'
import type { KindTables, ListTable } from './bindings/sql/tables.ts'
import { type Clean, cleanOf, type OnBadValue } from './cleanValue.ts'
import type { ListContract, SourceContract, Speakers } from './contract.ts'
import { kindFieldOf } from './kindField.ts'

/** How a stored column is read from its text. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'instant' | 'list' | 'objects'

export interface ColumnLayout {
  readonly field: string
  readonly column: string
  readonly kind: ColumnKind
  readonly label: FieldClass
  /** The type of its values, one by one; null where they are objects. */
  readonly leaf: GraphQLLeafType | null
  /** What its type lets through; null where that is everything. */
  readonly clean: Clean | null
}

/** One list of an agency, with all that the SDL and the contract say of it together. */
export interface ListLayout {
  readonly list: string
  readonly contract: ListContract
  readonly type: TypeClass
  readonly table: string
  /**
   * What a statement reads it from: its table, or what a mapping makes of somebody else's tables, with the same
   * columns.
   */
  readonly relation: string
  readonly columns: ReadonlyMap<string, ColumnLayout>
  readonly common: Readonly<Record<CommonColumn, string>>
  /** The same as `ColumnLayout.clean` of what stands in common columns, by the name of the field of a row. */
  readonly commonClean: Readonly<Record<string, Clean | null>>
  /** Whether its headline says the area and nothing finer: see `coarsens`. */
  readonly saysArea: boolean
  /** Column of the service that owns a row, where one does. */
  readonly owner: string | null
  /** Columns that name a service, that of whoever holds the row last. */
  readonly naming: readonly string[]
  /** Whom the kind's records are about. */
  readonly about: About
  /** Services that each type of organisation speaks for, of every agency: one may own what another records. */
  readonly speakers: Speakers
  /** Words for the kind of its records, whether or not one bears it: of a set of codes, or named by the schema. */
  readonly kinds: readonly string[]
  /** Column that says until when a row is read, where a record has a row for each time that it was said anew. */
  readonly replacedAt?: string
}

/** Where an agency's records are: the one structure from which tables are made, checked and read. */
export interface SourceLayout {
  /** With the labels that the schema puts on its lists. */
  readonly contract: SourceContract
  /**
   * Services that organisations act for, by their type: those of every agency, since one may own what another records.
   */
  readonly speakers: Speakers
  /** PostgreSQL schema. */
  readonly schema: string
  /** The agency's record type, for example `PoliceRecord`. */
  readonly recordType: string
  readonly lists: ReadonlyMap<string, ListLayout>
  /**
   * Tables of somebody else that a mapping reads; null where the tables are ours: ours are made, theirs are only read.
   */
  readonly foreign: readonly AgencyTable[] | null
}

const kinds: Readonly<Record<string, ColumnKind>> = {
  Int: 'integer',
  Float: 'number',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'instant',
}

/** PostgreSQL's types, as every relation of a list has them. */
export const sqlTypes: Readonly<Record<ColumnKind, string>> = {
  text: 'text',
  integer: 'integer',
  number: 'double precision',
  boolean: 'boolean',
  date: 'date',
  instant: 'timestamptz',
  list: 'text[]',
  objects: 'jsonb',
}

export interface LayoutOptions {
  /** Where tables have other names than the convention gives; those of the kind when nothing is said. */
  readonly tables?: KindTables | undefined
  readonly onBadValue?: OnBadValue | undefined
  /** Whom to ask about this agency's part. */
  readonly contact?: string | null | undefined
}

/**
 * Joins an agency's SDL with its contract.
 *
 * @param computed fields by type that no column holds.
 * @param speakers those of every agency, as `speakersOf` gives them.
 * @throws StartupError naming lists that only one of the two knows.
 */
export function layoutOf(
  schema: GraphQLSchema,
  classification: Classification,
  contract: SourceContract,
  computed: Readonly<Record<string, Readonly<Record<string, unknown>>>>,
  speakers: Speakers,
  { tables = ownTablesOf(contract.name), onBadValue = () => {}, contact = null }: LayoutOptions = {},
): SourceLayout {
  const record = recordTypeOf(schema, contract.name)
  const schemaOf = schemaName(contract.name)
  const problems: string[] = []
  const lists = new Map<string, ListLayout>()
  for (const [list, listContract] of Object.entries(contract.lists)) {
    const parent = listContract.parent
    const owner = parent ? itemTypeOf(record.getFields()[parent.list]) : record
    const type = itemTypeOf(owner?.getFields()[parent?.field ?? list])
    const typeClass = type && classification.get(type.name)
    if (!type || !typeClass) {
      problems.push(
        `src/sources/${contract.name}.ts has the list ${list}, which schema/${contract.name}.graphql has not.`,
      )
      continue
    }
    const named = tables[list] ?? {}
    const table = named.table ?? snakeCase(list)
    const onBad = (field: string) => onBadValue(list, field)
    const columns = columnsOf(type, typeClass, named, computed[type.name] ?? {}, classification, onBad)
    const common = { ...commonColumns, ...named.common }
    lists.set(list, {
      list,
      contract: listContract,
      type: typeClass,
      table,
      relation: `"${schemaOf}"."${table}"`,
      columns,
      common,
      commonClean: commonCleanOf(schema, type, onBad),
      saysArea: contract.name === leadAgency && saysNoMoreThanArea([...columns.values()]),
      owner: columns.get(listContract.ownedBy ?? '')?.column ?? null,
      naming: [...(listContract.names ?? []).flatMap((field) => columns.get(field)?.column ?? []), common.service],
      about: contract.home === 'ADULT' ? 'ADULT' : 'CHILD',
      speakers,
      kinds: listContract.kinds ?? wordsFor(type.getFields()[kindFieldOf(new Set(columns.keys())) ?? '']),
    })
  }
  for (const field of Object.values(record.getFields()))
    if (itemTypeOf(field) && classification.has(itemTypeOf(field)?.name ?? '') && !contract.lists[field.name])
      problems.push(
        `schema/${contract.name}.graphql has the list ${field.name}, which src/sources/${contract.name}.ts has not.`,
      )
  if (problems.length > 0) throw new StartupError(problems)
  return {
    contract: { ...withDisclosures(contract, lists), contact: contract.contact ?? contact },
    speakers,
    schema: schemaOf,
    recordType: record.name,
    lists,
    foreign: null,
  }
}

/**
 * Only the lead agency's own lists are asked: of any other, who holds a row tells the place, and what it marks is kept
 * of the row and not of the child.
 */
function saysNoMoreThanArea(columns: readonly ColumnLayout[]): boolean {
  const headline = columns.filter(({ label }) => label.level === 'HEADLINE')
  return (
    headline.some(({ field }) => field === 'la') &&
    headline.every(({ label }) => placeReading('AREA', label.place) === 'VALUE')
  )
}

/** Services that organisations act for, by their type, over all agencies. */
export function speakersOf(contracts: readonly Pick<SourceContract, 'speakers'>[]): Speakers {
  const all: Record<string, readonly string[]> = {}
  for (const { speakers } of contracts)
    for (const [type, services] of Object.entries(speakers))
      all[type] = [...new Set([...(all[type] ?? []), ...services])]
  return all
}

const withDisclosures = (contract: SourceContract, lists: ReadonlyMap<string, ListLayout>): SourceContract => ({
  ...contract,
  lists: Object.fromEntries(
    [...lists].map(([list, { contract: of, kinds, type }]) => [
      list,
      {
        ...of,
        disclosure: { label: type.label, existence: type.level, fields: type.fields },
        ...(kinds.length > 0 ? { kinds } : {}),
      },
    ]),
  ),
})

function recordTypeOf(schema: GraphQLSchema, name: string): GraphQLObjectType {
  const child = schema.getType('Child')
  const type = isObjectType(child) ? child.getFields()[name]?.type : undefined
  if (!isObjectType(type)) throw new StartupError([`schema/${name}.graphql does not add the field Child.${name}.`])
  return type
}

const itemTypeOf = (field: GraphQLField<unknown, unknown> | undefined): GraphQLObjectType | undefined => {
  const type = field && innermost(field.type)
  return isObjectType(type) ? type : undefined
}

const innermost = (type: unknown): unknown => {
  let inner = type
  while (isListType(inner) || isNonNullType(inner)) inner = inner.ofType
  return inner
}

/**
 * Words that the schema names for a field: the values of its enum, else those that its description gives in capitals.
 * What a caller may ask for by kind is what is written there, and what records bear besides.
 */
function wordsFor(field: GraphQLField<unknown, unknown> | undefined): readonly string[] {
  const leaf = field && leafOf(field.type)
  if (isEnumType(leaf)) return leaf.getValues().map(({ name }) => name)
  return field?.description?.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b/g) ?? []
}

const recordFields = new Set(['id', 'eventAt', 'provenance', 'sensitivity', 'withheld'])

function columnsOf(
  type: GraphQLObjectType,
  typeClass: TypeClass,
  named: ListTable,
  computed: Readonly<Record<string, unknown>>,
  classification: Classification,
  onBad: (field: string) => void,
): ReadonlyMap<string, ColumnLayout> {
  const columns = new Map<string, ColumnLayout>()
  for (const field of Object.values(type.getFields())) {
    const label = typeClass.fields.get(field.name)
    const nested = itemTypeOf(field)
    if (recordFields.has(field.name) || field.name in computed || !label || (nested && classification.has(nested.name)))
      continue
    columns.set(field.name, {
      field: field.name,
      column: named.columns?.[field.name] ?? snakeCase(field.name),
      kind: kindOf(field.type),
      label,
      leaf: leafOf(field.type),
      clean: cleanOfField(field, onBad, field.name),
    })
  }
  return columns
}

/** Fields of a row that stand in common columns, as `Provenance` and the record type them. */
function commonCleanOf(
  schema: GraphQLSchema,
  record: GraphQLObjectType,
  onBad: (field: string) => void,
): ListLayout['commonClean'] {
  const provenance = schema.getType('Provenance')
  const fields = isObjectType(provenance) ? Object.values(provenance.getFields()) : []
  return {
    eventAt: cleanOfField(record.getFields()['eventAt'], onBad, 'eventAt'),
    ...Object.fromEntries(
      fields.map((field) => [`provenance.${field.name}`, cleanOfField(field, onBad, `provenance.${field.name}`)]),
    ),
  }
}

function cleanOfField(
  field: GraphQLField<unknown, unknown> | undefined,
  onBad: (field: string) => void,
  name: string,
): Clean | null {
  const leaf = field && leafOf(field.type)
  return leaf ? cleanOf(leaf, () => onBad(name)) : null
}

const leafOf = (type: unknown): GraphQLLeafType | null => {
  const inner = innermost(type)
  return isLeafType(inner) ? inner : null
}

function kindOf(type: unknown): ColumnKind {
  const bare = isNonNullType(type) ? type.ofType : type
  const inner = innermost(type)
  if (isListType(bare)) return isObjectType(inner) ? 'objects' : 'list'
  if (isEnumType(inner)) return 'text'
  return kinds[String(inner)] ?? 'text'
}

export const snakeCase = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)

/** The tables of an agency that the gateway reads. */
export const tablesOf = (layout: SourceLayout): readonly AgencyTable[] => layout.foreign ?? ownTables(layout)

/** Each is indexed by person and time, the order in which its pages are read. */
const ownTables = (layout: SourceLayout): AgencyTable[] =>
  [...layout.lists.values()].map(({ table, columns, common, contract }) => ({
    schema: layout.schema,
    table,
    primaryKey: [common.id],
    indexes: [{ name: `${table.slice(0, 50)}_in_time`, columns: [common.person], inOrderOf: momentSql(common) }],
    columns: [
      { name: common.id, type: 'text', notNull: true },
      { name: common.person, type: 'text', notNull: true },
      ...(contract.parent ? [{ name: common.parent, type: 'text', notNull: true }] : []),
      { name: common.eventAt, type: 'timestamptz' },
      { name: common.recordedAt, type: 'timestamptz', notNull: true },
      { name: common.recordedBy, type: 'text' },
      { name: common.service, type: 'text', notNull: true },
      { name: common.la, type: 'text' },
      { name: common.force, type: 'text' },
      { name: common.organisation, type: 'text' },
      { name: common.evidence, type: 'text', notNull: true, default: "'FACT'" },
      { name: common.supersedes, type: 'text' },
      { name: common.labels, type: 'text[]', notNull: true, default: "'{}'" },
      { name: common.handling, type: 'text', notNull: true, default: "'NONE'" },
      { name: common.relevance, type: 'text', notNull: true, default: "'RELEVANT'" },
      ...[...columns.values()].map(({ column, kind }) => ({ name: column, type: sqlTypes[kind] })),
    ],
  }))

/** Lists of an agency whose changes are noted, and where. */
export interface WatchedLists {
  readonly notes: AgencyTable
  readonly tables: readonly Watched[]
}

/** Changes are noted by person, with the date from which a record is read. */
export const watchedLists = ({ schema, lists }: SourceLayout, names: readonly string[]): WatchedLists => ({
  notes: changeTable(schema, 'wholeview_change'),
  tables: names.flatMap((name) => {
    const list = lists.get(name)
    return list
      ? [{ table: list.table, kind: personKind, column: list.common.person, from: list.common.recordedAt }]
      : []
  }),
})

export const personKind = 'person'

/** Identity is no holding, and a nested record is counted with the one it stands under. */
export const isCounted = (list: ListLayout): boolean => list.list !== 'person' && list.contract.parent === undefined
