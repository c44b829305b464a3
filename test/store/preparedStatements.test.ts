import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Database } from '../../src/store/database.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { mostPrepared, Prepared, StatementUse } from '../../src/store/preparedStatements.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'

const statement = (name: string, length = 0) => ({
  name,
  text: `select '${name}'::text${' '.repeat(length)}`,
  values: [],
})

describe('a statement is prepared', () => {
  it('when it comes again, and not when it is new', () => {
    const repeats = new StatementUse()
    expect([1, 2, 3].map(() => repeats.has(statement('a')))).toEqual([false, true, true])
    expect(repeats.has(statement('b'))).toBe(false)
  })

  it('as if it were new, once thousands of others came between', () => {
    const repeats = new StatementUse()
    repeats.has(statement('a'))
    for (let at = 0; at < 5000; at += 1) repeats.has(statement(`other ${at}`))
    expect(repeats.has(statement('a'))).toBe(false)
  })

  it('in a session until that has its fill', () => {
    const prepared = new Prepared()
    const long = statement('long', mostPrepared)
    expect(prepared.takes(long)).toBe(true)
    prepared.keep(long)
    expect(prepared.takes(long)).toBe(true)
    expect(prepared.takes(statement('more'))).toBe(false)
  })
})

describe.skipIf(!hasPostgres())(realTitle('a session of a real PostgreSQL'), () => {
  let own: TestDatabase
  let database: Database
  beforeAll(async () => {
    own = await createTestDatabase()
    database = openPostgres(own.url, { applicationName: 'test', poolSize: 1 })
  })
  afterAll(async () => {
    await database?.close()
    await own?.drop()
  })
  let asked = 0
  /** Each time under a name of its own, so that it is never prepared itself. */
  const session = async (): Promise<readonly (string | null)[]> => {
    asked += 1
    const text = 'select pg_backend_pid()::text, (select count(*)::text from pg_prepared_statements)'
    return (await database.rows({ name: `session ${asked}`, text, values: [] }))[0] ?? []
  }

  it('keeps nothing of selections that never come again', async () => {
    for (let at = 0; at < 300; at += 1) expect(await database.rows(statement(`once ${at}`))).toEqual([[`once ${at}`]])
    expect((await session())[1]).toBe('0')
  })

  it('is replaced when it has prepared its fill, and every statement is answered', async () => {
    const [before] = await session()
    const length = mostPrepared / 10
    for (let turn = 0; turn < 2; turn += 1) {
      const answers = await Promise.all(
        Array.from({ length: 40 }, (_, at) => database.rows(statement(`big ${at}`, length))),
      )
      expect(answers.map(([row]) => row?.[0])).toEqual(Array.from({ length: 40 }, (_, at) => `big ${at}`))
    }
    const [after, kept] = await session()
    expect(after).not.toBe(before)
    expect(Number(kept)).toBeLessThanOrEqual(10)
    expect(Number(kept)).toBeGreaterThan(0)
  })

  it('compiles no statement to machine code, however dear a table without an index looks', async () => {
    await database.knex.raw('create table many (id text)')
    const plan = await database.rows({ name: 'plan', text: 'explain analyze select id from many', values: [] })
    expect(JSON.stringify(plan)).not.toContain('JIT')
    expect(await database.rows({ name: 'jit', text: 'show jit', values: [] })).toEqual([['off']])
  })
})
