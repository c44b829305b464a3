import { readFileSync } from 'node:fs'
import pg from 'pg'

/**
 * Tables and columns of the Standard Safeguarding Dataset as it is published (system C deployment, 1.4.0), read off the
 * repository data-to-insight/ssd-data-model at commit 4987c73: names and types, no description and no record.
 */
const published = readFileSync(new URL('./ssdFields.csv', import.meta.url), 'utf8')
  .trim()
  .split(/\r?\n/)
  .slice(1)
  .map((line) => {
    // A type may have a comma in it.
    const [, table = '', field = '', type = ''] = /^([^,]+),([^,]+),(.*),\d+$/.exec(line) ?? []
    return { table, field, type: type.replaceAll('"', '') }
  })

export const ssdTables: ReadonlyMap<string, readonly string[]> = published.reduce(
  (tables, { table, field }) => tables.set(table, [...(tables.get(table) ?? []), field]),
  new Map<string, string[]>(),
)

/** Columns of a table, each with its type in PostgreSQL. */
export const ssdFieldsOf = (table: string): readonly { readonly field: string; readonly type: string }[] =>
  published.filter((each) => each.table === table).map(({ field, type }) => ({ field, type: postgresType(type) }))

/** What PostgreSQL has for a type of SQL Server. */
const postgresType = (type: string): string => {
  const of = /^n?(var)?char\((\d+)\)$/i.exec(type)
  if (of) return of[1] ? `varchar(${of[2]})` : `char(${of[2]})`
  if (/^n?varchar\(max\)$/i.test(type)) return 'text'
  return {
    datetime: 'timestamp',
    bit: 'boolean',
    float: 'double precision',
    int: 'integer',
    tinyint: 'smallint',
    date: 'date',
  }[type.toLowerCase()] as string
}

/** Makes the dataset's tables, all of them and nothing else. */
export async function makeSsd(url: string, schema: string): Promise<void> {
  const tables = [...ssdTables.keys()].map(
    (table) =>
      `create table "${schema}"."${table}" (${ssdFieldsOf(table)
        .map(({ field, type }) => `"${field}" ${type}`)
        .join(', ')})`,
  )
  await run(url, [`create schema "${schema}"`, ...tables].join(';'))
}

/** Writes rows by table; a column that a row does not name stays empty. */
export async function writeSsd(
  url: string,
  schema: string,
  rows: Readonly<Record<string, readonly Readonly<Record<string, unknown>>[]>>,
): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    for (const [table, records] of Object.entries(rows))
      for (const record of records) {
        const names = Object.keys(record)
        const places = names.map((_, at) => `$${at + 1}`)
        await client.query(
          `insert into "${schema}"."${table}" (${names.map((name) => `"${name}"`).join(', ')}) values (${places.join(', ')})`,
          Object.values(record),
        )
      }
  } finally {
    await client.end()
  }
}

export async function run(url: string, text: string): Promise<readonly Record<string, unknown>[]> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  try {
    const { rows } = await client.query(text)
    return rows ?? []
  } finally {
    await client.end()
  }
}
