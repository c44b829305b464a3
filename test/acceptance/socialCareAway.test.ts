import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { AgencySource } from '../../src/sources/source.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled, sized } from '../support/sample.ts'
import { cases } from './support/people.ts'

const query = `query ($id: ID!) { child(id: $id) { status { responsibleLa areaLa level authoritiesAsLastKnown }
  sources { agency state } education { enrolments { la: provenance { la } } } } }`

interface Answer {
  readonly status: Readonly<Record<string, unknown>>
  readonly sources: readonly { readonly agency: string; readonly state: string }[]
}

/** Of the personas a sample, the worker whom the last test names among them. */
const askers = [...new Set([...sampled(personas, 12).map(({ id }) => id), 'social-worker'])]

describe("while children's social care is away", () => {
  let gateway: TestGateway
  let isAway = false
  const before = new Map<string, Answer | null>()
  const after = new Map<string, Answer | null>()
  const texts = new Map<string, string>()
  const neverAsked = new Set<string>()

  beforeAll(async () => {
    const wrapSource = (agency: string, source: AgencySource): AgencySource =>
      agency !== 'socialCare'
        ? source
        : {
            agency,
            fetch: (...asked) => (isAway ? Promise.reject(new Error('connection refused')) : source.fetch(...asked)),
            health: () => source.health(),
            close: () => source.close(),
          }
    gateway = await startTestGateway({}, { wrapSource })
    for (const found of [before, after]) {
      for (const persona of askers)
        for (const child of cases) {
          const { data, text } = await gateway.ask(persona, query, { variables: { id: child } })
          found.set(`${persona} ${child}`, (data?.['child'] as Answer | null | undefined) ?? null)
          texts.set(`${persona} ${child} ${isAway}`, text)
        }
      isAway = true
    }
  }, 120_000)
  afterAll(() => gateway.close())

  it('whoever could know of a child still can, and nobody else', () => {
    const reached = (found: typeof before) => [...found].filter(([, answer]) => answer !== null).map(([key]) => key)
    // What bears a transfer out that nobody notified is a record of social care: without it the transfer is pending
    // again.
    expect(reached(after)).toEqual(reached(before))
    expect(reached(after).length).toBeGreaterThan(sized(15, 60))
  })

  it('nobody else is told more than before, by a single byte', () => {
    const shut = [...before].filter(([, answer]) => answer === null)
    expect(shut.length).toBeGreaterThan(sized(15, 60))
    for (const [key] of shut) expect(texts.get(`${key} true`)).toBe(texts.get(`${key} false`))
  })

  it('a child of whom it was never asked is told as away to those who have the record, and to nobody else', async () => {
    const empty = { name: 'forget', text: 'delete from gateway.last_known', values: [] }
    await gateway.opened.setting.opening.store.rows(empty)
    for (const [key, answer] of before) {
      const [persona = '', id] = key.split(' ')
      const { data, text } = await gateway.ask(persona, query, { variables: { id } })
      const child = (data?.['child'] as Answer | null | undefined) ?? null
      if (answer === null) expect(text, key).toBe(texts.get(`${key} false`))
      else if (child) {
        expect(child.status, key).toMatchObject({ responsibleLa: null, authoritiesAsLastKnown: false })
        if (child.sources.some(({ agency }) => agency === 'CHILDRENS_SOCIAL_CARE')) neverAsked.add(key)
      }
    }
    expect([...neverAsked].filter((key) => key.startsWith('social-worker ')).length).toBeGreaterThan(3)
  })

  it('whoever is let in is told what is unavailable, and of authorities that they are those last known', () => {
    for (const [key, answer] of after) {
      if (answer === null) continue
      const state = answer.sources.find(({ agency }) => agency === 'CHILDRENS_SOCIAL_CARE')?.state
      expect(['UNAVAILABLE', 'WITHHELD'], key).toContain(state)
      // Where none is told, it is not told either that one was known.
      const isTold = ['responsibleLa', 'areaLa'].some((field) => answer.status[field] !== null)
      expect(answer.status['authoritiesAsLastKnown'], key).toBe(isTold)
      expect(answer.status['level'], key).toBeNull()
      for (const field of ['responsibleLa', 'areaLa'])
        expect([null, before.get(key)?.status[field]], `${key} ${field}`).toContain(answer.status[field])
    }
    expect(after.get('social-worker C04')?.status).toMatchObject({
      responsibleLa: 'LA2',
      areaLa: 'LA5',
      authoritiesAsLastKnown: true,
    })
  })
})
