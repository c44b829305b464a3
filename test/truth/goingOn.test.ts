import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

const query = `query ($id: ID!, $asOf: DateTime) { child(id: $id, asOf: $asOf) { status { missingNow }
  missing { total { value completeness } episodes(first: 200) { from to returnInterview } }
  involvements(openOnly: true) { from to }
  chronology(first: 200) { events { headline } } } }`

interface Answer {
  readonly status: { readonly missingNow: boolean | null }
  readonly missing: {
    readonly total: { readonly value: number | null; readonly completeness: string }
    readonly episodes: readonly { readonly from: string; readonly to: string | null }[] | null
  }
  readonly involvements: readonly { readonly from: string | null; readonly to: string | null }[] | null
}

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const ask = async (persona: string, id: string, asOf: string): Promise<Answer | null> => {
  const { data } = await gateway.ask(persona, query, { variables: { id, asOf } })
  return (data?.['child'] as Answer | null | undefined) ?? null
}

describe('what goes on is on record while it goes on', () => {
  it.each([
    ['2026-10-17T20:00:00Z', false, 2],
    ['2026-10-18T08:00:00Z', true, 3],
    ['2026-10-20T23:00:00Z', true, 3],
    ['2026-10-21T18:00:00Z', false, 3],
  ])('Ilka at %s: missing is %s, of %i episodes', async (asOf, missing, total) => {
    for (const persona of ['mash-analyst', 'social-worker']) {
      const answer = await ask(persona, 'C02', asOf)
      expect(answer?.status.missingNow, persona).toBe(missing)
      expect(answer?.missing.total, persona).toEqual({ value: total, completeness: 'WHOLE' })
      expect(answer?.missing.episodes?.some(({ to }) => to === null)).toBe(missing)
    }
  })

  it('an end after the day that is asked about reads as open, for everybody and on every day', async () => {
    let asked = 0
    for (const asOf of ['2024-06-01T12:00:00Z', '2025-09-20T22:00:00Z', '2026-10-18T08:00:00Z', '2026-11-10T12:00:00Z'])
      for (const { id: persona } of personas)
        for (const child of ['C02', 'C04', 'C05']) {
          const answer = await ask(persona, child, asOf)
          if (!answer) continue
          asked += 1
          for (const { to } of answer.missing.episodes ?? []) expect((to ?? '') <= asOf, `${persona} ${to}`).toBe(true)
          for (const { to } of answer.involvements ?? [])
            expect(to === null || to > asOf.slice(0, 10), `${persona} ${to}`).toBe(true)
        }
    expect(asked).toBeGreaterThan(50)
  })
})
