import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { load } from '../../bench/database.ts'
import { buildLarge, withClient } from '../../bench/growth/buildLarge.ts'
import { spreadOf } from '../../bench/growth/pageLocality.ts'
import { anyOthers } from '../../bench/growth/sampleChildren.ts'
import { populationTables } from '../../bench/growth/tables.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'

const children = 150
const copies = 3

describe.skipIf(!hasPostgres())(realTitle('a population that is copied inside PostgreSQL'), () => {
  const orders = ['by child', 'scattered'] as const
  const databases = new Map<string, TestDatabase>()
  const scratch = mkdtempSync(join(tmpdir(), 'wholeview-copies-'))

  beforeAll(async () => {
    for (const name of ['loaded', ...orders]) databases.set(name, await createTestDatabase())
    await load(urlOf('loaded'), join(scratch, 'loaded'), children, () => undefined)
    for (const order of orders)
      await buildLarge(urlOf(order), join(scratch, order), { children, copies, order }, () => undefined)
  })
  afterAll(async () => {
    for (const { drop } of databases.values()) await drop()
    rmSync(scratch, { recursive: true, force: true })
  })

  const urlOf = (name: string): string => databases.get(name)?.url ?? ''
  const rowsOf = (name: string, text: string): Promise<string[][]> =>
    withClient(urlOf(name), async (client: pg.Client) => (await client.query({ text, rowMode: 'array' })).rows)
  const one = async (name: string, text: string): Promise<number> => Number((await rowsOf(name, text))[0]?.[0])

  it('is there so many times, beside the story cases once', async () => {
    const generated = `child_id ~ '^G\\d{7}$'`
    for (const order of orders) {
      for (const table of ['child', 'link', 'relationship', 'identifier']) {
        const text = `select count(*) from gateway.${table} where ${generated}`
        expect(await one(order, text)).toBe(copies * (await one('loaded', text)))
        const stories = `select count(*) from gateway.${table} where not ${generated}`
        expect(await one(order, stories)).toBe(await one('loaded', stories))
      }
      expect((await rowsOf(order, 'select max(child_id) from gateway.child'))[0]?.[0]).toBe(
        `G${String(children * copies).padStart(7, '0')}`,
      )
    }
  })

  it('has as many records of every list, and the same indexes', async () => {
    const indexes = 'select indexdef from pg_indexes order by 1'
    for (const order of orders) expect(await rowsOf(order, indexes)).toEqual(await rowsOf('loaded', indexes))
    for (const { name, owner, ownerIs } of await populationTables()) {
      if (ownerIs === 'child') continue
      const text = `select count(*) from ${name} where ${owner} not in
        (select person_id from gateway.link where child_id !~ '^G\\d{7}$')`
      const loaded = await one('loaded', text)
      for (const order of orders) expect(await one(order, text)).toBe(copies * loaded)
    }
  })

  it('shares no number between children', async () => {
    const twice =
      'select count(*) from (select from gateway.identifier group by scheme, value having count(*) > 1) as of'
    for (const order of orders) expect(await one(order, twice)).toBe(await one('loaded', twice))
  })

  it('keeps the number in an agency’s record the one in the register', async () => {
    const text = `select count(*) from health.patient join gateway.link on agency = 'health' and link.person_id = patient.person_id
      join gateway.identifier on identifier.child_id = link.child_id and scheme = 'NHS_NUMBER' and identifier.value = nhs_number
      where link.child_id ~ '^G\\d{7}$'`
    for (const order of orders) expect(await one(order, text)).toBe(copies * (await one('loaded', text)))
    expect(await one('loaded', text)).toBe(children)
  })

  it('keeps records under the record that they stand under', async () => {
    const tables = await populationTables()
    const parents = await rowsOf(
      'loaded',
      `select quote_ident(table_schema) || '.' || quote_ident(table_name) from information_schema.columns where column_name = 'parent_id'`,
    )
    expect(parents.length).toBeGreaterThan(0)
    for (const [table = ''] of parents) {
      const [schema] = table.split('.')
      const ids = tables.flatMap(({ name, id }) =>
        name.startsWith(`"${schema}"`) && id !== null ? [`select ${id} from ${name}`] : [],
      )
      const known = `select count(*) from ${table} where parent_id in (${ids.join(' union all ')})`
      for (const order of orders)
        expect(await one(order, known)).toBe(await one(order, `select count(*) from ${table}`))
    }
  })

  it('lies together by child, and all over when scattered', async () => {
    const tables = await populationTables()
    const spread = new Map<string, number>()
    for (const name of ['loaded', ...orders])
      await withClient(urlOf(name), async (client) => {
        const known = (await anyOthers(client, [], 60)).map(({ id }) => id)
        expect(known).toHaveLength(60)
        spread.set(name, (await spreadOf(client, tables, known)).pages)
      })
    expect(spread.get('by child')).toBeLessThan((spread.get('loaded') ?? 0) * 1.2)
    expect(spread.get('scattered')).toBeGreaterThan((spread.get('by child') ?? 0) * 1.3)
  })
})
