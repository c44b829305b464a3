import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { agencies, schemaName } from '../../src/foundation/agencies.ts'
import { migrateAgency } from '../../src/store/agencyTables.ts'
import { openEmbedded } from '../../src/store/embedded.ts'
import { migrateGateway } from '../../src/store/migrate.ts'
import { ensureReadRole } from '../../src/store/readRole.ts'
import { openStores, type Stores } from '../../src/store/stores.ts'
import { createTestDatabase, hasPostgres, realTitle } from '../support/postgres.ts'
import { newEmptyDataDir } from '../support/prepared.ts'

/** Migrates as start-up does, then reads each agency's own table. */
async function useAll(stores: Stores): Promise<readonly unknown[]> {
  await migrateGateway(stores.gateway)
  for (const name of agencies) {
    const schema = schemaName(name)
    const columns = [{ name: 'record_id', type: 'text', notNull: true }]
    const tables = [{ schema, table: 'record', columns, primaryKey: ['record_id'], indexes: [] }]
    await migrateAgency(stores.owner(name), tables)
    await ensureReadRole(stores.owner(name), schema, tables)
    await stores.owner(name).knex.raw(`insert into ${schema}.record values (?)`, [name])
  }
  return Promise.all(
    agencies.map(async (name) => {
      const text = `select record_id::text from ${schemaName(name)}.record`
      return (await stores.agency(name).rows({ name: `read-${name}`, text, values: [] }))[0]?.[0]
    }),
  )
}

const folders: string[] = []
const emptyDataDir = (): string => {
  const folder = newEmptyDataDir()
  folders.push(folder)
  return folder
}
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

it('keeps the gateway and every agency in one folder', async () => {
  const dataDir = mkdtempSync(join(tmpdir(), 'wholeview-stores-'))
  try {
    const stores = await openStores({ dataDir, agencyUrls: {}, agencies, readOnlyAgencies: true })
    expect(await useAll(stores)).toEqual([...agencies])
    await stores.close()
  } finally {
    rmSync(dataDir, { recursive: true, force: true })
  }
})

it('refuses an agency that is not read in this process', async () => {
  const stores = await openStores({
    dataDir: emptyDataDir(),
    agencyUrls: {},
    agencies: ['police'],
    readOnlyAgencies: true,
  })
  expect(() => stores.agency('health')).toThrow('The store of health is not open in this process.')
  await stores.close()
})

describe.skipIf(!hasPostgres())(realTitle('stores on real PostgreSQL'), () => {
  it('reads each agency in its own role, and one agency from its own database', async () => {
    const [common, own] = [await createTestDatabase(), await createTestDatabase()]
    const stores = await openStores({
      dataDir: 'memory',
      databaseUrl: common.url,
      agencyUrls: { police: own.url },
      agencies,
      readOnlyAgencies: true,
    })
    expect(await useAll(stores)).toEqual([...agencies])
    const police = stores.agency('police')
    const database = { name: 'where', text: 'select current_database()::text', values: [] }
    expect(await police.rows(database)).not.toEqual(await stores.gateway.rows(database))
    const theirs = { name: 'theirs', text: 'select record_id from education.record', values: [] }
    await expect(stores.agency('health').rows(theirs)).rejects.toThrow('permission denied')
    await stores.close()
    await Promise.all([common.drop(), own.drop()])
  })

  it('keeps the gateway in the folder when only agencies have addresses', async () => {
    const own = await createTestDatabase()
    const agencyUrls = Object.fromEntries(agencies.map((name) => [name, own.url]))
    const stores = await openStores({ dataDir: emptyDataDir(), agencyUrls, agencies, readOnlyAgencies: true })
    expect(await useAll(stores)).toEqual([...agencies])
    expect([stores.gateway.kind, stores.agency('police').kind]).toEqual(['embedded', 'postgres'])
    await stores.close()
    await own.drop()
  })
})

describe('the embedded store', () => {
  it('serves others between statements, however many wait', async () => {
    const database = await openEmbedded('memory')
    try {
      let turns = 0
      const count = setInterval(() => {
        turns += 1
      }, 0)
      const statement = { name: 'long', text: 'select count(*)::text from generate_series(1, 20000)', values: [] }
      await Promise.all(Array.from({ length: 20 }, () => database.rows(statement)))
      clearInterval(count)
      expect(turns).toBeGreaterThanOrEqual(10)
    } finally {
      await database.close()
    }
  })
})
