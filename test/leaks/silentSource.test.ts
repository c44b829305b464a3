import { afterAll, beforeAll, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway(
    {},
    {
      wrapSource: (agency, source) =>
        agency === 'police'
          ? {
              agency,
              fetch: async () => new Map(),
              health: () => source.health(),
              close: () => source.close(),
            }
          : source,
    },
  )
})
afterAll(() => gateway.close())

test('an agency that says nothing about a child is out of reach, and never one that holds nothing', async () => {
  const { data, errors } = await gateway.ask(
    'mash-analyst',
    '{ child(id: "C04") { police { events { id } } health { gpEntries { id } } sources { agency state } } }',
  )
  expect(data?.['child']).toMatchObject({ police: null })
  expect(errors.map(({ extensions }) => extensions['code'])).toEqual(['SOURCE_UNAVAILABLE'])
  expect(JSON.stringify(data)).toContain('{"agency":"POLICE","state":"UNAVAILABLE"}')
})
