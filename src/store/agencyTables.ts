import type { Database } from './database.ts'

/** One table of an agency, as the source's contract and the schema say it must be. */
export interface AgencyTable {
  readonly schema: string
  readonly table: string
  readonly columns: readonly AgencyColumn[]
  readonly primaryKey: readonly string[]
  readonly indexes: readonly AgencyIndex[]
}

export interface AgencyIndex {
  readonly name: string
  readonly columns: readonly string[]
  /** SQL expression by which rows of equal columns are in order. */
  readonly inOrderOf?: string
}

export interface AgencyColumn {
  readonly name: string
  /** PostgreSQL's name of the type, for example `timestamptz` or `text[]`. */
  readonly type: string
  readonly notNull?: boolean
  /** SQL expression. */
  readonly default?: string
}

/** Statements that make an agency's tables where nothing is there yet. */
export function agencyDdl(schema: string, tables: readonly AgencyTable[]): readonly string[] {
  return [
    `create schema if not exists ${quoted(schema)}`,
    ...tables.flatMap((table) => [createTable(table), ...createIndexes(table)]),
  ]
}

/**
 * Makes what is missing of an agency's tables: schema, tables, columns, indexes. It never drops, renames or retypes,
 * since the data is the agency's. Returns one sentence for each thing done; none when all was there.
 */
export async function migrateAgency(database: Database, tables: readonly AgencyTable[]): Promise<readonly string[]> {
  return database.knex.transaction(async (trx) => {
    const done: string[] = []
    for (const schema of new Set(tables.map((table) => table.schema))) {
      await trx.raw(`create schema if not exists ${quoted(schema)}`)
    }
    const found: Found = new Map()
    for (const { table_schema, table_name, column_name } of rowsOf(await trx.raw(columnsQuery, [schemasOf(tables)]))) {
      remember(found, `${table_schema}.${table_name}`, String(column_name), '')
    }
    for (const table of tables) {
      const columns = found.get(nameOf(table))
      if (!columns) {
        await trx.raw(createTable(table))
        done.push(`Made the table ${nameOf(table)}.`)
      }
      for (const column of table.columns) {
        if (!columns || columns.has(column.name)) continue
        await trx.raw(`alter table ${qualified(table)} add column ${definition(column, column.default !== undefined)}`)
        done.push(`Added the column ${nameOf(table)}.${column.name}.`)
      }
      for (const index of createIndexes(table)) await trx.raw(index)
    }
    return done
  })
}

/**
 * What of an agency's tables is missing or of another type, in whole sentences; none when the source can read all it
 * may ask.
 */
export async function checkAgency(database: Database, tables: readonly AgencyTable[]): Promise<readonly string[]> {
  const found: Found = new Map()
  const columns = await database.rows({ name: 'agency-columns', text: columnsText, values: [schemasOf(tables)] })
  for (const [schema, table, column, type] of columns) remember(found, `${schema}.${table}`, column ?? '', type ?? '')
  const types = [...new Set(tables.flatMap((table) => table.columns.map((column) => column.type)))].filter(
    (type) => type !== anyType,
  )
  const canonical = new Map(
    (await database.rows({ name: 'agency-types', text: typesText, values: [types] })).map(([asked, type]) => [
      asked,
      type,
    ]),
  )
  const bare = schemasOf(tables).filter((schema) => ![...found.keys()].some((name) => name.startsWith(`${schema}.`)))
  // One sentence and not forty: a schema of another name, or of another database.
  const nowhere = bare.map(
    (schema) =>
      `There is no table in the schema ${schema}, or its role may not read it. Is it the schema's name, and the database's?`,
  )
  const looked = tables.filter(({ schema }) => !bare.includes(schema))
  return nowhere.concat(
    looked.flatMap((table) => {
      const there = found.get(nameOf(table))
      if (!there) return [`The table ${nameOf(table)} is missing, or its role may not read it.`]
      return table.columns.flatMap((column) => {
        const type = there.get(column.name)
        const wanted = canonical.get(column.type) ?? column.type
        if (type === undefined) return [`The column ${nameOf(table)}.${column.name} is missing.`]
        return type === wanted || wanted === anyType
          ? []
          : [`The column ${nameOf(table)}.${column.name} is ${type}, and should be ${wanted}.`]
      })
    }),
  )
}

/** Of a column that is read as text, whatever it is. */
const anyType = 'any'

type Found = Map<string, Map<string, string>>

function remember(found: Found, table: string, column: string, type: string): void {
  const columns = found.get(table) ?? new Map<string, string>()
  found.set(table, columns.set(column, type))
}

const columnsText = `
  select space.nspname::text as table_schema, class.relname::text as table_name, attribute.attname::text as column_name,
    attribute.atttypid::regtype::text as column_type
  from pg_attribute attribute
  join pg_class class on class.oid = attribute.attrelid and class.relkind in ('r', 'p', 'v', 'm', 'f')
  join pg_namespace space on space.oid = class.relnamespace
  where attribute.attnum > 0 and not attribute.attisdropped and space.nspname = any($1::text[])`

const columnsQuery = columnsText.replace('$1', '?')

const typesText = `select asked::text, to_regtype(asked)::text from unnest($1::text[]) as type (asked)`

function rowsOf(result: unknown): readonly Readonly<Record<string, unknown>>[] {
  return typeof result === 'object' && result !== null && 'rows' in result && Array.isArray(result.rows)
    ? result.rows
    : []
}

const schemasOf = (tables: readonly AgencyTable[]): string[] => [...new Set(tables.map((table) => table.schema))]

const nameOf = (table: AgencyTable): string => `${table.schema}.${table.table}`

const qualified = (table: AgencyTable): string => `${quoted(table.schema)}.${quoted(table.table)}`

const createTable = (table: AgencyTable): string => {
  const columns = table.columns.map((column) => definition(column, true))
  const key = table.primaryKey.length > 0 ? [`primary key (${table.primaryKey.map(quoted).join(', ')})`] : []
  return `create table if not exists ${qualified(table)} (${[...columns, ...key].join(', ')})`
}

const createIndexes = (table: AgencyTable): string[] =>
  table.indexes.map(({ name, columns, inOrderOf }) => {
    const parts = [...columns.map(quoted), ...(inOrderOf ? [`(${inOrderOf})`] : [])]
    return `create index if not exists ${quoted(name)} on ${qualified(table)} (${parts.join(', ')})`
  })

/** A column added to a table with rows can only forbid null when it has a default. */
function definition(column: AgencyColumn, mayForbidNull: boolean): string {
  if (!/^[a-z][a-z0-9 ]*(\(\d+(, ?\d+)?\))?(\[\])?$/i.test(column.type))
    throw new Error(`${column.type} is not a type's name.`)
  const fallback = column.default === undefined ? '' : ` default ${column.default}`
  // By its bytes: a record's id is no word of a language, and to compare it as one costs more.
  const compared = column.type === 'text' ? ' collate "C"' : ''
  return `${quoted(column.name)} ${column.type}${compared}${fallback}${column.notNull && mayForbidNull ? ' not null' : ''}`
}

/** Names come from the schema and contracts; anything but a plain identifier is a fault there, never sent. */
function quoted(name: string): string {
  if (!/^[a-z_][a-z0-9_]*$/.test(name)) throw new Error(`${name} is not a plain name for a schema, table or column.`)
  return `"${name}"`
}
