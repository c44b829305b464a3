import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { TestGateway } from '../support/gateway.ts'
import { startTestGateway } from '../support/gateway.ts'
import { type Door, openDoor } from './support/gatewayAsClient.ts'
import { formerNhsNumber, hideRows, mark, unhideRows } from './support/hiddenRows.ts'
import { StatementTap } from './support/statements.ts'

// What a caller could time is what is asked of databases: hidden and absent must cost the same statements.
describe.each([
  ['facts that hold are kept', {}],
  ['facts are looked up every time', { FACTS_KEPT: '0' }],
])('where %s', (_, environment: Record<string, string>) => {
  const tap = new StatementTap()
  let gateway: TestGateway
  let door: Door
  beforeAll(async () => {
    gateway = await startTestGateway(environment, { wrapDatabase: tap.wrap })
    door = await openDoor(gateway)
    // Whether changes are noted is asked once in the life of a gateway.
    await statements('mash-analyst', '{ child(id: "C04") { id } }')
  })
  afterAll(async () => {
    await door?.stop()
    await gateway?.close()
  })

  /** After a first look, in which what has changed shows; `test/facts/factsCache.test.ts` is about that one. */
  const settled = async (persona: string, query: string): Promise<readonly string[]> => {
    await statements(persona, query)
    return statements(persona, query)
  }

  const statements = async (persona: string, query: string): Promise<readonly string[]> => {
    tap.take()
    await door.ask({ persona }, { query })
    return tap
      .take()
      .map(({ to, name }) => `${to} ${name}`)
      .sort()
  }

  const whole =
    '{ id names { family } sources { state recordCount } chronology { total } police { intelligence { id } } }'

  test('a child whom the caller may not know of costs what an id without a child costs', async () => {
    for (const persona of ['unrelated-officer', 'school-dsl-eastvale', 'sarc-clinician']) {
      const absent = await settled(persona, `{ child(id: "none") ${whole} }`)
      const unknown = await settled(persona, `{ child(id: "C08") ${whole} }`)
      expect(unknown).toEqual(absent)
      expect(await settled(persona, `{ children(ids: ["C08", "none"]) ${whole} }`)).toEqual(
        await settled(persona, `{ children(ids: ["none", "neither"]) ${whole} }`),
      )
    }
  })

  test('an agency that knows the child by hidden records alone costs what one without a link costs', async () => {
    const query = `{ child(id: "C12") ${whole} }`
    const absent = await settled('school-dsl-eastvale', query)
    expect(absent.filter((name) => name.startsWith('police'))).not.toEqual([])
    const { knex } = gateway.opened.setting.opening.store
    await knex('gateway.link').insert({ child_id: 'C12', agency: 'police', person_id: `police-C12${mark}` })
    await hideRows(gateway, [{ police: [`police-C12${mark}`] }], {
      handling: 'NCND',
      recordedAt: '2026-06-01T00:00:00Z',
    })
    expect(await settled('school-dsl-eastvale', query)).toEqual(absent)
    await unhideRows(gateway)
  })

  test('a hold on what is hidden changes no statement', async () => {
    const query = `{ child(id: "C04") ${whole} }`
    const absent = await settled('school-dsl', query)
    await gateway.opened.setting.opening.store.knex('gateway.hold').insert({
      id: `hold${mark}`,
      child_id: 'C04',
      agency: 'police',
      kind: 'DETRIMENT',
      record_id: 'some',
      label: 'POLICE_INTELLIGENCE',
      reason: 'Hidden',
      owner: 'HOLDER, elsewhere',
      review_on: '2027-01-01',
      recorded_at: '2026-06-01T00:00:00Z',
    })
    expect(await settled('school-dsl', query)).toEqual(absent)
    await unhideRows(gateway)
  })

  test('an identifier that leads to a child only through what is hidden costs what an unknown one costs', async () => {
    const query = `{ findChild(nhsNumber: "${formerNhsNumber}") { id } }`
    const absent = await statements('school-dsl', query)
    expect(absent).toContain('gateway find_identifier')
    const { knex } = gateway.opened.setting.opening.store
    for (const child of ['C04', 'C08']) {
      await knex('gateway.identifier').insert({ scheme: 'NHS_NUMBER', value: formerNhsNumber, child_id: child })
      expect(await statements('school-dsl', query)).toEqual(absent)
      await unhideRows(gateway)
    }
  })
})
