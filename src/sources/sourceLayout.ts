import { type GraphQLObjectType, type GraphQLSchema, isObjectType } from 'graphql'
import { leadAgency, schemaName } from '../foundation/agencies.ts'
import { StartupError } from '../foundation/errors.ts'
import type { Classification, TypeClass } from '../policy/classify.ts'
import { placeReading } from '../policy/placePrecision.ts'
import type { About } from '../policy/revealingServices.ts'
import type { AgencyTable } from '../store/agencyTables.ts'
import { type CommonColumn, commonColumns } from './bindings/sql/commonColumns.ts'
import { ownTablesOf } from './bindings/sql/ownTables.ts'
import type { KindTables } from './bindings/sql/tables.ts'
import type { Clean, OnBadValue } from './cleanValue.ts'
import { type ColumnLayout, columnsOf, commonCleanOf, itemTypeOf, snakeCase, wordsFor } from './columnLayout.ts'
import type { ListContract, SourceContract, Speakers } from './contract.ts'
import { kindFieldOf } from './kindField.ts'

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
  /** Column that names the fields of a row of which something came that cannot be read, where the relation has one. */
  readonly unread?: string
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
    const columns = columnsOf(type, typeClass, named, computed[type.name] ?? {}, listContract, classification, onBad)
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

export const personKind = 'person'

/** Identity is no holding, and a nested record is counted with the one it stands under. */
export const isCounted = (list: ListLayout): boolean => list.list !== 'person' && list.contract.parent === undefined
