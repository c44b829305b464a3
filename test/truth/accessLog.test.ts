import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { agencies } from '../../src/foundation/agencies.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const log = '{ accessLog(childId: "C04", first: 5) { role disclosed } }'

interface Line {
  readonly role: string
  readonly disclosed: readonly string[]
}

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const linesFor = async (persona: string, purpose: Purpose): Promise<readonly Line[]> => {
  const { data } = await gateway.ask(persona, log, { purpose })
  return (data as unknown as { accessLog: readonly Line[] }).accessLog
}

/** What the log says of one reading, for governance. */
async function loggedOf(persona: string, selection: string): Promise<readonly string[]> {
  const { data } = await gateway.ask(persona, `{ child(id: "C04") { ${selection} } }`)
  expect(data?.['child']).not.toBeNull()
  const [line] = await linesFor('information-governance', 'AUDIT')
  return line?.disclosed ?? []
}

describe('the log of a child says what was disclosed', () => {
  it.each([
    ['mash-analyst', 'health { registrations { name } }', ['health INVOLVEMENT', 'health INVOLVEMENT headline']],
    ['mash-analyst', 'health { registrations { id } }', ['health INVOLVEMENT headline']],
    [
      'social-worker',
      'socialCare { placements { code } }',
      ['socialCare SOCIAL_CARE', 'socialCare SOCIAL_CARE headline'],
    ],
    ['social-worker', 'education { suspensions { id } }', ['education EDUCATION']],
    ['mash-analyst', 'police { personsOfConcern { name } }', ['police POLICE_RECORD', 'police THIRD_PARTY']],
  ])('%s who asked for %s', async (persona, selection, expected) => {
    const disclosed = await loggedOf(persona, selection)
    for (const line of disclosed) expect(expected).toContain(line)
    expect(disclosed.length).toBeGreaterThan(0)
  })

  it('of a joined number, by the labels that it is computed from', async () => {
    const disclosed = await loggedOf('mash-analyst', 'missing { total { value } }')
    expect(disclosed.map((line) => line.split(' ')[0])).toEqual(expect.arrayContaining(['police', 'socialCare']))
    expect(disclosed.filter((line) => /^(health|adultServices)/.test(line))).toEqual([])
  })

  it('names no agency of which nothing was selected, and nothing of a list that is empty', async () => {
    expect(await loggedOf('mash-analyst', 'police { protections { reason } }')).toEqual([])
    for (const agency of agencies) {
      const disclosed = await loggedOf('mash-analyst', `${agency} { withheld { reason } }`)
      expect(disclosed).toEqual([])
    }
  })

  it('tells whoever works with the child nothing of a visit to a sensitive setting', async () => {
    await gateway.ask('camhs-clinician', '{ child(id: "C04") { id names { family } } }')
    const forGovernance = await linesFor('information-governance', 'AUDIT')
    expect(forGovernance.map(({ role }) => role)).toContain('CAMHS_CLINICIAN')
    const forCasework = await linesFor('social-worker', 'ASSESSMENT_S17')
    expect(forCasework.length).toBeGreaterThan(0)
    expect(forCasework.map(({ role }) => role)).not.toContain('CAMHS_CLINICIAN')
  })
})
