import { afterAll, beforeAll, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway

beforeAll(async () => {
  gateway = await startTestGateway({ BREAK_GLASS_TWO_PERSONS: 'on' })
}, 120_000)
afterAll(() => gateway.close())

const second = personas.find(({ id }) => id === 'team-manager')?.subject ?? ''
const breakIt = (secondPerson: string | null) =>
  `mutation { breakGlass(childId: "C08", reason: "Taken to our area", minutes: 10${
    secondPerson === null ? '' : `, secondPerson: ${JSON.stringify(secondPerson)}`
  }) { id inForce } }`
const codes = async (persona: string, query: string) =>
  (await gateway.ask(persona, query)).errors.map(({ extensions }) => extensions['code'])

it('opens nothing where two persons are wanted until the second confirms with their own token', async () => {
  expect(await codes('social-worker', '{ child(id: "C08") { id } }')).toEqual(['NOT_FOUND'])
  expect(await codes('social-worker', breakIt(null))).toEqual(['BAD_INPUT'])

  const opened = JSON.parse((await gateway.ask('social-worker', breakIt(second))).text)
  expect(opened.data.breakGlass).toMatchObject({ inForce: false })
  expect(await codes('social-worker', '{ child(id: "C08") { id } }')).toEqual(['NOT_FOUND'])

  const confirm = `mutation { confirmBreakGlass(id: "${opened.data.breakGlass.id}") { inForce } }`
  for (const other of ['social-worker', 'reviewing-officer', 'unrelated-officer'])
    expect(await codes(other, confirm)).toEqual(['NOT_FOUND'])
  expect((await gateway.ask('team-manager', confirm)).data).toEqual({ confirmBreakGlass: { inForce: true } })

  expect(await codes('social-worker', '{ child(id: "C08") { id } }')).toEqual([])
  // Confirming opens the child to the one who asked, not to the one who confirmed.
  expect(await codes('team-manager', '{ child(id: "C08") { id } }')).toEqual(['NOT_FOUND'])
})
