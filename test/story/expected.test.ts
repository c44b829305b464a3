import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { expectedAnswers } from '../../seeds/expectedAnswers.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts'

const stores = [
  { name: 'the embedded store', real: false },
  { name: 'real PostgreSQL', real: true },
]

describe.each(stores)('the story cases on $name', ({ real }) => {
  let database: TestDatabase | undefined
  let gateway: TestGateway
  beforeAll(async () => {
    if (real && !hasPostgres()) return
    database = real ? await createTestDatabase() : undefined
    gateway = await startTestGateway(database ? { DATABASE_URL: database.url } : {})
  })
  afterAll(async () => {
    await gateway?.close()
    await database?.drop()
  })

  test.each(expectedAnswers)('$child: $question', async ({ child, selection, expected }) => {
    if (real && !hasPostgres()) return
    const { data, errors } = await gateway.ask('social-worker', `{ child(id: "${child}") { ${selection} } }`, {
      purpose: 'STRATEGY_DISCUSSION',
    })
    expect(errors).toEqual([])
    expect(data).toMatchObject({ child: expected })
  })
})
