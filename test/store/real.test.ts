import { createServer } from 'node:net'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { bytesWire } from '../../src/bytes/bytesWire.ts'
import type { Database } from '../../src/store/database.ts'
import { plainWire } from '../../src/store/plainWire.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { ensureReadRole, readRoleName } from '../../src/store/readRole.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'

const wires = [
  ["as pg's texts", plainWire],
  ['as the bytes that came', bytesWire],
] as const

describe.skipIf(!hasPostgres()).each(wires)(`${realTitle('a real PostgreSQL')}, rows %s`, (_, wire) => {
  let own: TestDatabase
  let database: Database
  beforeAll(async () => {
    own = await createTestDatabase()
    database = openPostgres(own.url, { wire, applicationName: 'test', poolSize: 2 })
    for (const schema of ['police', 'health']) {
      await database.knex.raw(`create schema ${schema}`)
      await database.knex.raw(`create table ${schema}.record (id text)`)
    }
  })
  afterAll(async () => {
    await database?.close()
    await own?.drop()
  })
  const sleep = (seconds: number) => ({ name: 'sleep', text: `select pg_sleep($1::float8)::text`, values: [seconds] })
  const one = { name: 'one', text: 'select 1::text', values: [] }

  it('takes any text as one item of a list, and gives it back', async () => {
    const texts = ['', 'a,b', '{}', '{"a"}', 'NULL', '"', '\\', '\\"', ' a ', '\n', 'Zażółć', '😀', "'; drop table x"]
    const statement = {
      name: 'items',
      text: 'select item from unnest($1::text[]) with ordinality as one (item, at) order by at',
    }
    expect(await database.rows({ ...statement, values: [texts] })).toEqual(texts.map((text) => [text]))
    expect(await database.rows({ ...statement, values: [Object.freeze([...texts, null])] })).toHaveLength(14)
    expect(await database.rows({ ...statement, values: [[]] })).toEqual([])
  })

  it('refuses a value that is no parameter before anything is sent, and goes on', async () => {
    await expect(database.rows({ ...one, name: 'odd', values: [new Date()] })).rejects.toThrow(TypeError)
    expect(await database.rows(one)).toEqual([['1']])
  })

  it('reads as the role of one agency, and that agency alone', async () => {
    const tables = (schema: string) => [
      { schema, table: 'record', columns: [{ name: 'id', type: 'text' }], primaryKey: [], indexes: [] },
    ]
    const made = ['police', 'health'].map((schema) => ensureReadRole(database, schema, tables(schema)))
    expect(await Promise.all(made)).toEqual([null, null])
    const reader = openPostgres(own.url, { wire, role: readRoleName('police'), applicationName: 'test', poolSize: 1 })
    const read = (text: string) => reader.rows({ name: text, text, values: [] })
    expect(await read('select current_user::text')).toEqual([['wholeview_police_read']])
    expect(await read('select id from police.record')).toEqual([])
    await expect(read('select id from health.record')).rejects.toThrow('permission denied')
    await expect(read(`insert into police.record values ('x')`)).rejects.toThrow('read-only transaction')
    await expect(reader.knex.raw(`insert into police.record values ('x')`)).rejects.toThrow('read-only transaction')
    await database.knex.raw('create table police.later (id text)')
    await expect(read('select id from police.later')).rejects.toThrow('permission denied')
    await reader.close()
  })

  it('says so when the user may not make the role', async () => {
    await database.knex.raw(
      `do $$ begin create role wholeview_test_plain login; exception when others then null; end $$`,
    )
    const address = new URL(own.url)
    address.username = 'wholeview_test_plain'
    const plain = openPostgres(address.href, { wire, applicationName: 'test', poolSize: 1 })
    expect(await ensureReadRole(plain, 'education', [])).toMatch(
      /may not make the read-only role wholeview_education_read/,
    )
    await plain.close()
  })

  it('says so when there is no such schema, as where a mapping names another', async () => {
    expect(await ensureReadRole(database, 'no_such_schema', [])).toMatch(/There is no schema no_such_schema/)
  })

  it('gives up on a slow statement by the signal, and answers others meanwhile and after', async () => {
    const slow = Promise.all(
      [1, 2].map(() => database.rows(sleep(5), AbortSignal.timeout(100)).catch((error) => String(error))),
    )
    expect(await slow).toEqual([expect.stringContaining('Timeout'), expect.stringContaining('Timeout')])
    await new Promise((resolve) => setTimeout(resolve, 300))
    expect(await Promise.all([1, 2, 3].map(() => database.rows(one, AbortSignal.timeout(3000))))).toEqual([
      [['1']],
      [['1']],
      [['1']],
    ])
  })

  it('sends nothing behind a statement that is slow, while another connection may be used', async () => {
    const two = openPostgres(own.url, { wire, applicationName: 'test', poolSize: 2 })
    const answered: string[] = []
    const slow = two.rows(sleep(2)).then(() => answered.push('slow'))
    await new Promise((resolve) => setTimeout(resolve, 150))
    await two.rows(one).then(() => answered.push('quick'))
    await slow
    expect(answered).toEqual(['quick', 'slow'])
    await two.close()
  })

  it('keeps the statements behind a slow one that was given up', async () => {
    const single = openPostgres(own.url, { wire, applicationName: 'test', poolSize: 1 })
    const slow = single.rows(sleep(0.6), AbortSignal.timeout(50))
    const behind = single.rows(one)
    await expect(slow).rejects.toThrow()
    expect(await behind).toEqual([['1']])
    expect(await single.rows(one)).toEqual([['1']])
    await single.close()
  })

  it('connects anew after its connections were ended', async () => {
    await database.rows(one)
    const other = openPostgres(own.url, { wire, applicationName: 'killer', poolSize: 1 })
    await other.knex.raw(
      `select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()`,
    )
    await other.close()
    await expect.poll(() => database.rows(one).catch(() => 'lost')).toEqual([['1']])
    // That its idle connection is gone, knex hears in its own time.
    const throughKnex = () => database.knex.raw('select 1 as one').then(({ rows }) => rows)
    await expect.poll(() => throughKnex().catch(() => 'lost')).toEqual([{ one: 1 }])
  })

  it('refuses where nothing listens, and obeys the signal where nothing answers', async () => {
    const absent = openPostgres('postgres://nobody@127.0.0.1:1/none', { wire, applicationName: 'test', poolSize: 2 })
    await expect(absent.rows(one)).rejects.toThrow('ECONNREFUSED')
    await expect(absent.rows(one)).rejects.toThrow('ECONNREFUSED')
    await absent.close()

    const silent = createServer((socket) => socket.on('error', () => undefined))
    await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve))
    const address = silent.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const hung = openPostgres(`postgres://nobody@127.0.0.1:${port}/none`, {
      wire,
      applicationName: 'test',
      poolSize: 1,
    })
    await expect(hung.rows(one, AbortSignal.timeout(100))).rejects.toThrow('timeout')
    await hung.close()
    silent.close()
  })
})
