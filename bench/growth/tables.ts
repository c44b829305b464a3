import type pg from 'pg'
import { gatewayColumns } from '../../seeds/generated/gateway.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { buildModel, loadAgencies } from '../../src/graphql/schemaModel.ts'

/** What a column's values are names of. They must differ between copies, and still mean the same thing. */
export type KeyKind = 'child' | 'person' | 'record' | 'number'

/** One table of the population. */
export interface PopulationTable {
  /** Quoted, with its schema. */
  readonly name: string
  /** Quoted column that says of whom a row is, and what it is. */
  readonly owner: string
  readonly ownerIs: 'child' | 'person'
  /** Quoted column with the record's own name; null where there is none. */
  readonly id: string | null
}

/** Every table that the loader fills, from the agencies' own layouts and the loader's list of the gateway's tables. */
export async function populationTables(): Promise<readonly PopulationTable[]> {
  const { layouts } = buildModel(await loadAgencies(), [])
  const tables = new Map<string, PopulationTable>()
  for (const agency of agencies) {
    const { schema, lists } = layouts[agency]
    for (const { table, common } of lists.values()) {
      const name = `"${schema}"."${table}"`
      tables.set(name, { name, owner: `"${common.person}"`, ownerIs: 'person', id: `"${common.id}"` })
    }
  }
  for (const [table, columns] of Object.entries(gatewayColumns))
    tables.set(table, {
      name: `"gateway"."${table}"`,
      owner: '"child_id"',
      ownerIs: 'child',
      id: columns.some(([column]) => column === 'id') ? '"id"' : null,
    })
  return [...tables.values()]
}

/** Children whom the loader made; those of the story cases are named otherwise. */
export const isGenerated = (column: string): string => `${column} ~ '^G\\d{7}$'`

/** Notes every name that occurs in the population, so that columns which hold one can be found by what is in them. */
export async function noteKeys(client: pg.Client, tables: readonly PopulationTable[]): Promise<void> {
  await client.query('create schema bench')
  await client.query('create unlogged table bench.key (value text not null, kind text not null)')
  const note = (kind: KeyKind, select: string) =>
    client.query(`insert into bench.key select distinct value, '${kind}' from (${select}) as found (value)`)
  await note('child', `select child_id from gateway.child where ${isGenerated('child_id')}`)
  await note('person', `select person_id from gateway.link where ${isGenerated('child_id')}`)
  await note('number', `select value from gateway.identifier where ${isGenerated('child_id')}`)
  for (const { name, id } of tables) if (id !== null) await note('record', `select ${id} from ${name}`)
  await client.query('create index on bench.key (value)')
  await client.query('analyze bench.key')
}

export interface Column {
  /** Quoted. */
  readonly name: string
  /** Null for a column whose values a copy keeps. */
  readonly kind: KeyKind | null
  readonly mayBeNull: boolean
}

/** A table's columns, and which names they hold: found in the catalogue and in the rows, and listed nowhere. */
export async function columnsOf(client: pg.Client, { name, owner, ownerIs, id }: PopulationTable): Promise<Column[]> {
  const { rows } = await client.query<{ column: string; text: boolean; required: boolean }>(
    `select quote_ident(attname) as column, atttypid = 'text'::regtype as text, attnotnull as required
     from pg_attribute where attrelid = $1::regclass and attnum > 0 and not attisdropped order by attnum`,
    [name],
  )
  const columns: Column[] = []
  for (const { column, text, required } of rows) {
    const quoted = column.startsWith('"') ? column : `"${column}"`
    const kind =
      quoted === owner ? ownerIs : quoted === id ? 'record' : text ? await kindIn(client, name, quoted) : null
    columns.push({ name: quoted, kind, mayBeNull: !required })
  }
  return columns
}

async function kindIn(client: pg.Client, table: string, column: string): Promise<KeyKind | null> {
  const { rows } = await client.query<{ kind: KeyKind }>(
    `select distinct kind from bench.key join (select distinct ${column} as value from ${table}) as held using (value)`,
  )
  if (rows.length > 1)
    throw new Error(`${table}.${column} holds names of ${rows.map(({ kind }) => kind).join(' and ')}.`)
  return rows[0]?.kind ?? null
}
