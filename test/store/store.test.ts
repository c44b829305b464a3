import { expect, it } from 'vitest'
import { type AgencyTable, checkAgency, migrateAgency } from '../../src/store/agencyTables.ts'
import { migrateGateway, migrationNames, migrationStatus } from '../../src/store/migrate.ts'
import { notifiedTransfers } from '../../src/store/migrations/0010-notified-transfers.ts'
import { testDatabases } from '../support/postgres.ts'

const table: AgencyTable = {
  schema: 'police',
  table: 'crime',
  columns: [
    { name: 'record_id', type: 'text', notNull: true },
    { name: 'event_at', type: 'timestamptz' },
    { name: 'row_labels', type: 'text[]', notNull: true, default: `'{}'` },
    { name: 'count', type: 'int' },
  ],
  primaryKey: ['record_id'],
  indexes: [{ name: 'record_event_at', columns: ['event_at'] }],
}

testDatabases(
  'a database',
  (engine) => {
    it('gives every type as the same text', async () => {
      const { database } = await engine.open()
      const text = `select 1::int4, true, 1.5::float8, 0.1::float4, '2026-11-20T23:59:59.123Z'::timestamptz, '2026-11-20'::date,
      '{"b": 1, "a": "é"}'::jsonb, array['a', 'b,"c"'], null::int4, $1::text, ($2::text[])[2], '\\x00ff'::bytea, array[1, 2], 'P1D'::interval`
      const rows = await database.rows({ name: 'types', text, values: ['x', ['one', 'two "quoted"']] })
      expect(rows).toEqual([
        [
          '1',
          't',
          '1.5',
          '0.1',
          '2026-11-20 23:59:59.123+00',
          '2026-11-20',
          '{"a": "é", "b": 1}',
          '{a,"b,\\"c\\""}',
          null,
          'x',
          'two "quoted"',
          '\\x00ff',
          '{1,2}',
          '1 day',
        ],
      ])
    })

    it('answers many statements at once, each with its own rows', async () => {
      const { database } = await engine.open()
      const numbers = Array.from({ length: 200 }, (_, at) => at)
      const answers = await Promise.all(
        numbers.map((at) => database.rows({ name: 'echo', text: 'select $1::text', values: [String(at)] })),
      )
      expect(answers.map((rows) => rows[0]?.[0])).toEqual(numbers.map(String))
    })

    it('refuses a wrong statement without harm to those beside it', async () => {
      const { database } = await engine.open()
      const [before, wrong, after] = await Promise.allSettled([
        database.rows({ name: 'good', text: 'select 1::text', values: [] }),
        database.rows({ name: 'wrong', text: 'select nothing from nowhere', values: [] }),
        database.rows({ name: 'good', text: 'select 1::text', values: [] }),
      ])
      expect([before?.status, wrong?.status, after?.status]).toEqual(['fulfilled', 'rejected', 'fulfilled'])
    })

    it('never lets a statement into the transaction of another', async () => {
      const { database } = await engine.open()
      await database.knex.raw('create table note (text text)')
      let look: Promise<unknown> = Promise.reject(new Error('never looked'))
      look.catch(() => undefined)
      const transaction = database.knex.transaction(async (trx) => {
        await trx.raw(`insert into note values ('not yet')`)
        look = database.rows({ name: 'notes', text: 'select text from note', values: [] })
        await trx.raw('select 1')
        throw new Error('undone')
      })
      await expect(transaction).rejects.toThrow('undone')
      expect(await look).toEqual([])
    })

    it('rejects when the signal is aborted', async () => {
      const { database } = await engine.open()
      await expect(
        database.rows({ name: 'one', text: 'select 1::text', values: [] }, AbortSignal.abort(new Error('too late'))),
      ).rejects.toThrow('too late')
    })

    it('takes transfers that were stored before for notified only where the sending authority sent them', async () => {
      const { database } = await engine.openMigrated()
      await database.knex.transaction(async (trx) => {
        await notifiedTransfers.down?.(trx)
        for (const [id, note] of [
          ['sent', 'Sent by the sending authority.'],
          ['asked', 'Asked for by the receiving authority on its word that it was notified.'],
        ] as const) {
          const places = { child_id: id, type: 'CLA_PLACED_OUT', from_la: 'LA2', to_la: 'LA3' }
          await trx('gateway.transfer').insert({ id, ...places, state: 'SENT', created_by: `A ${id} B` })
          await trx('gateway.transfer_event').insert([
            { transfer_id: id, step: 1, state: 'NOTIFIED', note: 'The clock.' },
            { transfer_id: id, step: 2, state: 'REQUESTED', note },
          ])
        }
        await notifiedTransfers.up(trx)
      })
      expect(await database.knex('gateway.transfer').select('id', 'notified_by').orderBy('id')).toEqual([
        { id: 'asked', notified_by: null },
        { id: 'sent', notified_by: 'A sent B' },
      ])
    })

    it('migrates the gateway once, and says what was done', async () => {
      const { database, another } = await engine.open()
      expect(await migrationStatus(database)).toEqual({ done: [], waiting: [...migrationNames], unknown: [] })
      const ran = await Promise.all([migrateGateway(database), migrateGateway(another())])
      expect(ran.flat()).toEqual([...migrationNames])
      expect(await migrationStatus(database)).toEqual({ done: [...migrationNames], waiting: [], unknown: [] })
      expect(await migrateGateway(database)).toEqual([])
    })

    it('leaves a store alone that a newer version has brought up to date', async () => {
      const { database } = await engine.openMigrated()
      await database.knex.raw(
        `insert into gateway.migration (name, batch, migration_time) values ('9999-later', 9, now())`,
      )
      await expect(migrateGateway(database)).rejects.toThrow(
        'A newer version has brought the store up to date (9999-later).',
      )
    })

    it('has the audit log compressed by lz4 where the server knows it', async () => {
      const { database } = await engine.openMigrated()
      const text = `select (select 'lz4' = any(enumvals) from pg_settings where name = 'default_toast_compression')::text,
      (select string_agg(attcompression::text, ' ') from pg_attribute where attrelid in
        ('gateway.audit_leaf'::regclass, 'gateway.audit_payload'::regclass) and attname in ('leaf', 'payload'))`
      const [row] = await database.rows({ name: 'compression', text, values: [] })
      expect(row).toEqual(row?.[0] === 'true' ? ['true', 'l l'] : [expect.any(String), expect.stringMatching(/^ ?$/)])
    })

    it('makes what an agency lacks, and takes nothing away', async () => {
      const { database } = await engine.open()
      expect(await migrateAgency(database, [table])).toEqual(['Made the table police.crime.'])
      expect(await migrateAgency(database, [table])).toEqual([])
      await database.knex.raw(`insert into police.crime (record_id) values ('one')`)
      const wider = {
        ...table,
        columns: [...table.columns.slice(0, 3), { name: 'outcome', type: 'text', notNull: true }],
      }
      expect(await migrateAgency(database, [wider])).toEqual(['Added the column police.crime.outcome.'])
      expect(await checkAgency(database, [table])).toEqual([])
    })

    it('names what is missing or of another type', async () => {
      const { database } = await engine.open()
      await database.knex.raw('create schema police')
      await database.knex.raw('create table police.crime (record_id text, event_at date, count int)')
      const elsewhere = { ...table, table: 'stop' }
      expect(await checkAgency(database, [table, elsewhere])).toEqual([
        'The column police.crime.event_at is date, and should be timestamp with time zone.',
        'The column police.crime.row_labels is missing.',
        'The table police.stop is missing, or its role may not read it.',
      ])
    })

    it('refuses a name or a type that is not one', async () => {
      const { database } = await engine.open()
      await expect(migrateAgency(database, [{ ...table, table: 'x"; drop schema police; --' }])).rejects.toThrow(
        'not a plain name',
      )
      const columns = [{ name: 'record_id', type: 'text); drop table x; --' }]
      await expect(migrateAgency(database, [{ ...table, columns }])).rejects.toThrow('not a type')
    })
  },
  { ofEngines: true },
)
