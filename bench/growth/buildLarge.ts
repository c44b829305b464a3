import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { load } from '../database.ts'
import { type Copying, copyTable, makeIdentifiers } from './copyTables.ts'
import { registerPersons } from './registerPersons.ts'
import { noteKeys, type PopulationTable, populationTables } from './tables.ts'

/** Tables are written side by side, each on a connection of its own. */
const sideBySide = 2

/**
 * Loads a population into an empty database with the product's loader, and copies it inside PostgreSQL. Every copy has
 * children, persons, records and identifiers of its own; what it says is the same.
 */
export async function buildLarge(
  url: string,
  dataDir: string,
  copying: Copying,
  say: (text: string) => void,
): Promise<void> {
  await load(url, dataDir, copying.children, () => undefined)
  await withClient(url, async (client) => {
    const tables = await largestFirst(client, await populationTables())
    await noteKeys(client, tables)
    await makeIdentifiers(client, copying)
    const waiting = [...tables]
    let done = 0
    const progress = async () => {
      const bytes = await sizeOf(client)
      say(`${copying.order}: ${done} of ${tables.length} tables written, ${(bytes / 1e9).toFixed(1)} GB`)
    }
    const write = (one: pg.Client) => async (): Promise<void> => {
      for (let table = waiting.shift(); table; table = waiting.shift()) {
        await copyTable(one, table, copying)
        done += 1
      }
    }
    let isWriting = true
    const telling = (async () => {
      for (let ticks = 1; isWriting; ticks += 1) {
        await wait(1000)
        if (isWriting && ticks % 20 === 0) await progress()
      }
    })()
    try {
      await Promise.all(Array.from({ length: sideBySide }, () => withClient(url, (one) => write(one)())))
    } finally {
      isWriting = false
      await telling
    }
    await client.query('drop schema bench cascade')
    await registerPersons(client)
    await client.query('vacuum analyze')
    await client.query('checkpoint')
    await progress()
  })
}

async function largestFirst(
  client: pg.Client,
  tables: readonly PopulationTable[],
): Promise<readonly PopulationTable[]> {
  const { rows } = await client.query<{ name: string }>(
    'select name from unnest($1::text[]) as asked (name) order by pg_table_size(name::regclass) desc',
    [tables.map(({ name }) => name)],
  )
  return rows.flatMap(({ name }) => tables.filter((table) => table.name === name))
}

const sizeOf = async (client: pg.Client): Promise<number> => {
  const { rows } = await client.query<{ bytes: string }>('select pg_database_size(current_database())::text as bytes')
  return Number(rows[0]?.bytes ?? 0)
}

export async function withClient<T>(url: string, use: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: 'bench' })
  await client.connect()
  try {
    return await use(client)
  } finally {
    await client.end()
  }
}
