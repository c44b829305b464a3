import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agencies, schemaName } from '../../src/foundation/agencies.ts'
import { tablesOf } from '../../src/sources/layoutTables.ts'
import type { Database } from '../../src/store/database.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { ensureReadRole, readRoleName } from '../../src/store/readRole.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'
import { sentThrough } from '../support/sentThrough.ts'
import { StatementTap } from './support/statements.ts'

// The second trip-wire: if a statement were wrong, the database would refuse it.
describe.skipIf(!hasPostgres())(realTitle('the role in which an agency is read'), () => {
  const tap = new StatementTap()
  let database: TestDatabase
  let gateway: TestGateway
  beforeAll(async () => {
    database = await createTestDatabase()
    gateway = await startTestGateway({ DATABASE_URL: database.url }, { wrapDatabase: wrapDatabase })
  })
  afterAll(async () => {
    await gateway?.close()
    await database?.drop()
  })

  /** Makes a statement to the police a wrong one, where something is to go wrong. */
  let wrong: ((text: string) => string) | null = null
  const wrapDatabase: typeof tap.wrap = (to, own) =>
    sentThrough(tap.wrap(to, own), (statement) => {
      const change = to === 'police' ? wrong : null
      return change ? { ...statement, name: `wrong ${statement.name}`, text: change(statement.text) } : statement
    })
  const asOwner = async (text: string): Promise<void> => {
    await gateway.opened.setting.opening.store.knex.raw(text)
  }
  const asAgency = async <T>(agency: string, use: (reader: Database) => Promise<T>): Promise<T> => {
    const reader = openPostgres(database.url, {
      role: readRoleName(schemaName(agency)),
      applicationName: 'test',
      poolSize: 1,
    })
    try {
      return await use(reader)
    } finally {
      await reader.close()
    }
  }
  const run = (reader: Database, text: string) => reader.rows({ name: text, text, values: [] })
  const tables = () =>
    agencies.flatMap((agency) =>
      [...gateway.opened.catalogue.model.layouts[agency].lists.values()].map(({ table }) => ({
        agency,
        table: `"${schemaName(agency)}"."${table}"`,
      })),
    )

  test.each(agencies)('of %s reads every table of its own, none of another and none of the gateway', async (own) => {
    await asAgency(own, async (reader) => {
      for (const { agency, table } of tables()) {
        const read = run(reader, `select '1' from ${table} limit 1`)
        if (agency === own) await expect(read).resolves.toBeInstanceOf(Array)
        else await expect(read).rejects.toThrow(/permission denied/)
      }
      for (const table of ['link', 'identifier', 'hold', 'consent', 'audit_leaf', 'transfer_version'])
        await expect(run(reader, `select '1' from gateway.${table} limit 1`)).rejects.toThrow(/permission denied/)
    })
  })

  test.each(agencies)('of %s writes nothing, even in a transaction that says it may', async (own) => {
    await asAgency(own, async (reader) => {
      for (const { table } of tables().filter(({ agency }) => agency === own)) {
        await expect(run(reader, `delete from ${table}`)).rejects.toThrow(/read-only transaction/)
        await expect(
          reader.knex.transaction(
            async (trx) => {
              await trx.raw('set transaction read write')
              await trx.raw(`delete from ${table}`)
            },
            { readOnly: false },
          ),
        ).rejects.toThrow(/permission denied/)
      }
      await expect(run(reader, `create table "${schemaName(own)}".more (id text)`)).rejects.toThrow(
        /read-only|permission/,
      )
    })
  })

  test('of police reads no column that its source does not declare, nor a table that somebody adds', async () => {
    await asOwner(`alter table police.nominal add column covert_source text default 'a name'`)
    await asOwner('create table police.later (record_id text)')
    await asAgency('police', async (reader) => {
      await expect(run(reader, 'select covert_source from police.nominal')).rejects.toThrow(/permission denied/)
      await expect(run(reader, 'select * from police.nominal')).rejects.toThrow(/permission denied/)
      await expect(run(reader, 'select record_id from police.later')).rejects.toThrow(/permission denied/)
      await expect(run(reader, 'select record_id, family from police.nominal')).resolves.toBeInstanceOf(Array)
    })
  })

  test('loses at the next start what was once granted too widely', async () => {
    const role = readRoleName('education')
    await asOwner(`grant select on all tables in schema education to "${role}"`)
    await asOwner(`alter default privileges in schema education grant select on tables to "${role}"`)
    await asOwner('create table education.later (record_id text)')
    const tables = tablesOf(gateway.opened.catalogue.model.layouts.education)
    const owner = openPostgres(database.url, { applicationName: 'test', poolSize: 1 })
    expect(await ensureReadRole(owner, 'education', tables)).toBeNull()
    expect(await ensureReadRole(owner, 'education', tables)).toBeNull()
    await owner.close()
    await asOwner('create table education.latest (record_id text)')
    await asAgency('education', async (reader) => {
      for (const table of ['later', 'latest'])
        await expect(run(reader, `select record_id from education.${table}`)).rejects.toThrow(/permission denied/)
      for (const { table, columns } of tables)
        await expect(
          run(reader, `select ${columns.map(({ name }) => `"${name}"`).join(', ')} from education.${table} limit 1`),
        ).resolves.toBeInstanceOf(Array)
    })
  })

  test.each([
    ['a column that no source declares', 'police.nominal', 'covert_source'],
    ['another agency', 'social_care.ssd_person', 'pers_person_id'],
    ['the gateway itself', 'gateway.audit_leaf', 'leaf'],
  ])(
    'refuses a statement gone wrong that reads %s, and the answer says that police did not answer',
    async (_, table, column) => {
      wrong = (text) =>
        text.replace(
          /^\(select '0'::text, "[a-z_]+", "[a-z_]+"/,
          (head) => `${head.replace(/, "[a-z_]+"$/, '')}, (select min(${column}::text) from ${table})`,
        )
      const query = '{ child(id: "C04") { police { state person { id } } } }'
      const { text, data } = await gateway.ask('social-worker', query)
      wrong = null
      expect(JSON.stringify(data)).toContain('null')
      expect(text).toContain('SOURCE_UNAVAILABLE')
      expect(text).not.toMatch(/permission|a name|select/)
      expect((await gateway.ask('social-worker', query)).text).not.toContain('SOURCE_UNAVAILABLE')
    },
  )

  test('is the one in which every statement about an agency is sent', async () => {
    tap.take()
    await gateway.ask(
      'social-worker',
      '{ child(id: "C04") { names { family } sources { state } chronology { total } } }',
    )
    const sent = tap.take().filter(({ to }) => to !== 'gateway')
    expect(new Set(sent.map(({ to }) => to))).toEqual(new Set(agencies))
    for (const { to, text } of sent) {
      const schemas = [...text.matchAll(/(?:from|join) "([a-z_]+)"\./g)].map(([, schema]) => schema)
      expect(new Set(schemas)).toEqual(new Set([schemaName(to)]))
    }
    const roles = await Promise.all(
      agencies.map((agency) => asAgency(agency, (reader) => run(reader, 'select current_user::text'))),
    )
    expect(roles.flat(2)).toEqual(agencies.map((agency) => readRoleName(schemaName(agency))))
  })
})
