import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

/**
 * Whoever asks in the same turn of the event loop is read for together: nobody may get more, less or other than alone.
 */
describe('callers who ask at one moment', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
    // One record and one label are held back from everyone but their holder.
    const holds = gateway.opened.setting.opening.store.knex.withSchema('gateway').table('hold')
    const common = { child_id: 'C05', reason: 'Disclosure would put the child at risk', review_on: '2026-12-31' }
    await holds.insert({
      ...common,
      id: 'together-label',
      kind: 'DETRIMENT',
      agency: 'education',
      label: 'SCHOOL_SAFEGUARDING',
      owner: '900002',
    })
  })
  afterAll(() => gateway.close())

  const personas = [
    'mash-analyst',
    'social-worker',
    'school-dsl',
    'school-dsl-eastvale',
    'gp',
    'camhs-clinician',
    'police-public-protection',
    'adult-services-worker',
    'care-home-worker',
    'unrelated-officer',
  ]
  const children = ['C01', 'C02', 'C04', 'C05', 'C07', 'C12']
  const fields = `
    id names { family given agency } withheld { category reason }
    health { gpEntries { id eventAt } involvements { id professional } withheld { category } }
    education { concerns { id text } attendance { id attended } }
    police { events { id kind finding } intelligence { id } }
    adultServices { services { id service worker } }
    socialCare { contacts { id outcome } plans { id level } involvements { id professional } }
    chronology(first: 100) { total events { id headline action } }`
  const ask = async (persona: string, child: string): Promise<string> => {
    const { text } = await gateway.ask(persona, `{ child(id: "${child}") { ${fields} } }`)
    return text.replace(/"requestId":"[^"]*"/g, '')
  }

  test('are each told what they are told alone', async () => {
    const pairs = personas.flatMap((persona) => children.map((child) => [persona, child] as const))
    const alone: string[] = []
    for (const [persona, child] of pairs) alone.push(await ask(persona, child))
    expect(new Set(alone).size).toBeGreaterThan(20)
    for (let round = 0; round < 3; round += 1)
      expect(await Promise.all(pairs.map(([persona, child]) => ask(persona, child)))).toEqual(alone)
  })
})
