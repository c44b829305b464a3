import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { everyQuery } from '../acceptance/support/everyOperation.ts'
import { concern, postOf } from '../exchange/support.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

/** Questions that name no child that there is: what they answer of one is told without being asked. */
const questions = everyQuery({})
const child = 'C04'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  const post = postOf(gateway)
  await post.ask(
    'receiving-officer',
    `mutation { requestTransfer(childId: "${child}", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id } }`,
  )
  for (const school of ['school-dsl', 'school-dsl-eastvale']) await post.act(school, 'reportConcern', concern(child))
  const look = `{ child(id: "${child}") { id obligations { kind } } }`
  for (const { id, purposes } of personas) if (purposes.includes('EMERGENCY')) await post.ask(id, look, 'EMERGENCY')
})
afterAll(() => gateway.close())

/** What tells a persona of the child, by the name of the question. */
async function tellingOf(persona: string): Promise<readonly string[]> {
  const telling: string[] = []
  for (const question of questions) {
    const { text } = await gateway.ask(persona as never, question)
    if (new RegExp(`"${child}"`).test(text)) telling.push(/\{ (\w+)/.exec(question)?.[1] ?? question)
  }
  return telling
}

describe('whoever is barred from a child', () => {
  const told = new Set<string>()

  it.each(sampled(personas, 8).map(({ id, subject }) => ({ id, subject })))(
    'is told nothing of them by any question: $id',
    async ({ id, subject }) => {
      const before = await tellingOf(id)
      const input = `{ childId: "${child}", subject: "${subject}", kind: RELATIVE, reason: "An uncle" }`
      const recorded = await gateway.ask('information-governance', `mutation { recordBar(input: ${input}) { id } }`)
      // Nobody records one against themselves.
      if (id === 'information-governance') return expect(recorded.errors).toHaveLength(1)
      expect(recorded.errors).toEqual([])
      expect(await tellingOf(id)).toEqual([])
      for (const question of before) told.add(question)
    },
  )

  it('was told by these before', () => {
    expect([...told]).toEqual(expect.arrayContaining(['inbox', 'obligations', 'placedOut', 'transfers']))
  })
})
