import { beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { agencyDdl } from '../../src/store/agencyTables.ts'
import {
  changeTable,
  changeVersionOf,
  isWatched,
  readChangeVersions,
  type Watched,
  watch,
  wholeTable,
} from '../../src/store/changeVersions.ts'
import type { Database } from '../../src/store/database.ts'
import { testDatabases } from '../support/postgres.ts'

const notes = changeTable('records', 'noted')
const watched: readonly Watched[] = [
  { table: 'visit', kind: 'person', column: 'who', from: 'recorded' },
  { table: 'rule', kind: wholeTable },
]

testDatabases(
  'changes of watched tables',
  (engine) => {
    let database: Database
    const stamp = async (key: string) => changeVersionOf(await readChangeVersions(database, notes, [key]), key)
    const latest = async (key: string) => (await readChangeVersions(database, notes, [key])).get(key)?.latest
    /** Which of these keys have another stamp afterwards. */
    const changedBy = async (statement: string, keys = ['person:A', 'person:B', wholeTable]) => {
      const before = await readChangeVersions(database, notes, keys)
      await database.knex.raw(statement)
      const after = await readChangeVersions(database, notes, keys)
      return keys.filter((key) => changeVersionOf(before, key) !== changeVersionOf(after, key))
    }

    beforeAll(async () => {
      database = (await engine.open()).database
      for (const statement of agencyDdl('records', [notes])) await database.knex.raw(statement)
      await database.knex.raw('create table records.visit (id text primary key, who text, recorded timestamptz)')
      await database.knex.raw('create table records.rule (id text primary key)')
      await watch(database.knex, notes, watched)
    })
    beforeEach(async () => {
      await database.knex.raw('delete from records.visit')
      await database.knex.raw('delete from records.rule')
    })

    it.each([
      ["insert into records.visit values ('1', 'A', now())", ['person:A']],
      ["insert into records.visit values ('1', 'A', now()), ('2', 'B', now())", ['person:A', 'person:B']],
      ["insert into records.visit values ('1', null, now())", []],
      ["insert into records.rule values ('1')", [wholeTable]],
      ['truncate records.visit', [wholeTable]],
      ['truncate records.rule', [wholeTable]],
    ])('are noted with whose they are: %s', async (statement, keys) => {
      expect(await changedBy(statement)).toEqual(keys)
    })

    it('are noted of who had a row before and of who has it now', async () => {
      await database.knex.raw("insert into records.visit values ('1', 'A', now()), ('2', 'C', now())")
      expect(await changedBy("update records.visit set who = 'B' where id = '1'")).toEqual(['person:A', 'person:B'])
      expect(await changedBy("update records.visit set recorded = now() where id = '1'")).toEqual(['person:B'])
      expect(await changedBy("delete from records.visit where id = '1'")).toEqual(['person:B'])
    })

    it('are noted when they are committed, and not when they are undone', async () => {
      const before = await stamp('person:A')
      await database.knex
        .transaction(async (trx) => {
          await trx.raw("insert into records.visit values ('1', 'A', now())")
          throw new Error('changed their mind')
        })
        .catch(() => undefined)
      expect(await stamp('person:A')).toBe(before)
    })

    it('never give a stamp that was there before', async () => {
      const seen = new Set<string>()
      for (let time = 0; time < 20; time += 1) {
        await database.knex.raw('insert into records.visit values (?, ?, now())', [String(time), 'A'])
        seen.add(await stamp('person:A'))
      }
      expect(seen.size).toBe(20)
    })

    it('tell the latest date that a row ever had', async () => {
      await database.knex.raw("insert into records.visit values ('1', 'D', '2030-01-01T00:00:00Z'), ('2', 'D', null)")
      await database.knex.raw("update records.visit set recorded = '2020-01-01T00:00:00Z' where id = '1'")
      expect(await latest('person:D')).toBe(Date.parse('2030-01-01T00:00:00Z') / 1000)
    })

    it('are noted of rows that arrive by replication, and of rows that someone writes who may not write changeVersions', async () => {
      const insideOne = (setting: string, id: string) =>
        database.knex.transaction(async (trx) => {
          await trx.raw(setting)
          await trx.raw("insert into records.visit values (?, 'A', now())", [id])
        })
      const first = await stamp('person:A')
      await insideOne('set local session_replication_role = replica', '1')
      const second = await stamp('person:A')
      expect(second).not.toBe(first)
      await database.knex.raw(`do $$ begin create role visit_writer; exception when duplicate_object then null; end $$`)
      await database.knex.raw('grant usage on schema records to visit_writer')
      await database.knex.raw('grant insert on records.visit to visit_writer')
      await insideOne('set local role visit_writer', '2')
      expect(await stamp('person:A')).not.toBe(second)
    })

    describe('are known to be noted', () => {
      const knows = () => isWatched(database, notes, watched)

      it('of plain tables that are all watched', async () => {
        expect(await knows()).toBe(true)
        expect(await isWatched(database, notes, [...watched, { table: 'other', kind: 'other' }])).toBe(false)
        expect(await isWatched(database, changeTable('elsewhere', 'noted'), watched)).toBe(false)
      })

      it.each([
        [
          'a trigger is off',
          'alter table records.visit disable trigger noted_update',
          'alter table records.visit enable always trigger noted_update',
        ],
        [
          'a trigger is off for rows that arrive by replication',
          'alter table records.visit enable trigger noted_update',
          'alter table records.visit enable always trigger noted_update',
        ],
        ['a table has parts', 'create table records.part () inherits (records.visit)', 'drop table records.part'],
      ])('not when %s', async (_, off, on) => {
        await database.knex.raw(off)
        expect(await knows()).toBe(false)
        await database.knex.raw(on)
      })

      it('not of a view', async () => {
        await database.knex.raw('create view records.seen as select * from records.visit')
        expect(await isWatched(database, notes, [{ table: 'seen', kind: 'person', column: 'who' }])).toBe(false)
      })
    })
  },
  { ofEngines: true },
)
