import { afterAll, beforeAll, expect, test, vi } from 'vitest'
import { ChildAccess } from '../../src/disclosure/childAccess.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { unhideRows } from './support/hiddenRows.ts'
import { everyChild } from './support/twins.ts'
import { worldsOf } from './support/worlds.ts'

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 })

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** What the policy decides from, of every child: harm, status, authorities, age, consents. */
async function decidedFrom(): Promise<ReadonlyMap<string, object>> {
  const authentication = await gateway.opened.authenticate([`Bearer ${await gateway.token('social-worker')}`])
  if (!authentication.ok) throw new Error('The token was refused.')
  const access = new ChildAccess(gateway.opened.setting.opening, authentication.caller)
  const found = await Promise.all(everyChild.map(({ id }) => access.facts(id)))
  // That a place is protected is the child's own fact, and keeps back the same from everyone alike.
  return new Map(found.flatMap((facts) => (facts ? [[facts.childId, { ...facts, placeProtected: true }]] : [])))
}

/** Records that are hidden from somebody by how they are marked, at whichever agency and in whichever list. */
const worlds = worldsOf(demonstrationPack).filter(({ name }) =>
  /^(rows of|neither confirmed|under the handling|judged not relevant|recorded after)/.test(name),
)

test('facts are found of children at every level of harm, so that each can move', async () => {
  const harms = [...(await decidedFrom()).values()].map((facts) => 'harm' in facts && facts.harm)
  expect(new Set(harms).size).toBeGreaterThan(1)
})

test.each(worlds)('nothing that is decided from moves with $name', async (world) => {
  const before = await decidedFrom()
  expect(before.size).toBe(everyChild.length)
  await world.apply(gateway, everyChild)
  try {
    expect(await decidedFrom()).toEqual(before)
  } finally {
    await unhideRows(gateway)
  }
})
