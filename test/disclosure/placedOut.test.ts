import { afterAll, beforeAll, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway?.close())

const placed = async (after: string | null = null): Promise<readonly string[]> => {
  const query = 'query ($after: ID) { placedOut(la: "LA2", after: $after) { id } }'
  const { data, errors } = await gateway.ask('social-worker', query, { variables: { after } })
  expect(errors).toEqual([])
  return (data?.['placedOut'] ?? ([] as never as readonly { id: string }[])).map(({ id }) => id)
}

it('finds who is placed out behind any number of children who are not', async () => {
  const before = await placed()
  expect(before.length).toBeGreaterThan(0)
  const { store } = gateway.opened.setting.opening
  await store.rows({
    name: 'many-children',
    text: `with made as (insert into gateway.child (child_id, area_la) select 'A' || n, 'LA2' from generate_series(1, 450) n
        returning child_id)
      insert into gateway.relationship (id, child_id, organisation, kind, from_on)
      select 'R' || child_id, child_id, 'LA2-CSC', 'ALLOCATED', '2020-01-01' from made`,
    values: [],
  })
  expect(await placed()).toEqual(before)
  expect(await placed(before[0])).toEqual(before.slice(1))
})
