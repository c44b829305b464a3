import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { agencies, schemaName } from '../../src/agencies.ts'
import type { Database } from '../../src/store/database.ts'
import { openPostgres } from '../../src/store/postgres.ts'
import { readRoleName } from '../../src/store/read-role.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'
import { StatementTap } from './support/statements.ts'

// The second trip-wire: if a statement were wrong, the database would refuse it.
describe.skipIf(!hasPostgres())(realTitle('the role in which an agency is read'), () => {
  const tap = new StatementTap()
  let database: TestDatabase
  let gateway: TestGateway
  beforeAll(async () => {
    database = await createTestDatabase()
    gateway = await startTestGateway({ DATABASE_URL: database.url }, { wrapDatabase: tap.wrap })
  })
  afterAll(async () => {
    await gateway?.close()
    await database?.drop()
  })

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
      [...gateway.opened.blueprint.model.layouts[agency].lists.values()].map(({ table }) => ({
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
