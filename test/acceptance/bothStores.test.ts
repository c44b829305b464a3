import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'
import { sampled } from '../support/sample.ts'
import { cases, personas } from './support/people.ts'
import { wholeView } from './support/wholeView.ts'

const query = wholeView()
const asked = [
  ...cases.map((id) => ({ id, persona: 'mash-analyst' })),
  ...['C01', 'C04', 'C05', 'C07', 'C12'].flatMap((id) =>
    personas.filter((persona) => persona !== 'mash-analyst').map((persona) => ({ id, persona })),
  ),
]

describe.skipIf(!hasPostgres())(realTitle('the unified view on the embedded store and on a real PostgreSQL'), () => {
  let database: TestDatabase
  let embedded: TestGateway
  let real: TestGateway

  beforeAll(async () => {
    database = await createTestDatabase()
    embedded = await startTestGateway({}, { isEmbedded: true })
    real = await startTestGateway({ DATABASE_URL: database.url })
  })
  afterAll(async () => {
    await Promise.all([embedded.close(), real.close()])
    await database.drop()
  })

  it('joins all five agencies about Sam for the hub on both', async () => {
    for (const gateway of [embedded, real]) {
      const { data, errors } = await gateway.ask('mash-analyst', query, { variables: { id: 'C04' } })
      expect(errors).toEqual([])
      expect(data?.['child']).toMatchObject({
        sources: [
          { agency: 'HEALTH', state: 'PARTIAL' },
          { agency: 'EDUCATION' },
          { agency: 'POLICE', state: 'PARTIAL' },
          { agency: 'ADULT_SERVICES' },
          { agency: 'CHILDRENS_SOCIAL_CARE' },
        ],
        missing: { total: { value: 50 } },
        restrictivePractice: { total: { value: 30 } },
      })
    }
  })

  it.each(sampled(asked, 24))('is the same, byte for byte, about $id for $persona', async ({ id, persona }) => {
    const one = await embedded.ask(persona, query, { variables: { id } })
    const other = await real.ask(persona, query, { variables: { id } })
    expect(withoutRequest(other.text)).toBe(withoutRequest(one.text))
    expect(other.status).toBe(one.status)
  })

  it('differs only in the id of the disclosure when that is asked too', async () => {
    const ask = (gateway: TestGateway) => gateway.ask('mash-analyst', '{ child(id: "C04") { id auditId } }')
    const [one, other] = [await ask(embedded), await ask(real)]
    expect(one.data?.['child']).toEqual({ id: 'C04', auditId: expect.stringMatching(/^[\w-]{36}$/) })
    expect(one.text.replace(/"auditId":"[^"]+"/, '')).toBe(other.text.replace(/"auditId":"[^"]+"/, ''))
  })
})

/** A refusal names its request. */
const withoutRequest = (text: string): string => text.replaceAll(/"requestId":"[^"]+"/g, '"requestId":""')
