import { afterAll, beforeAll, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

interface Told {
  readonly code: string
  readonly count: number | null
  readonly completeness: string
  readonly explanation: string
  readonly without: readonly unknown[]
}

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const askers = [...new Set(['social-worker', 'gp', ...sampled(personas, 8).map(({ id }) => id)])]
const children = ['C02', 'C04', 'C05']

it('what an alert counts is all, or it says that there may be more, and of whom to ask', async () => {
  const counted: (Told & { readonly asked: string })[] = []
  for (const persona of askers)
    for (const child of children) {
      const { data } = await gateway.ask(
        persona,
        `{ child(id: "${child}") { alerts(open: false) { code count completeness explanation without { agency state label reason contact } } } }`,
      )
      const found = data?.['child'] as { readonly alerts: readonly Told[] } | null | undefined
      for (const alert of found?.alerts ?? [])
        if (alert.count !== null) counted.push({ ...alert, asked: `${alert.code} of ${child}` })
    }
  const isWhole = ({ completeness }: Told) => completeness === 'WHOLE'
  expect(counted.filter(isWhole).length).toBeGreaterThan(0)
  expect(counted.filter((alert) => !isWhole(alert)).length).toBeGreaterThan(0)
  for (const alert of counted) {
    expect(alert.explanation.endsWith('there may be more.'), alert.explanation).toBe(!isWhole(alert))
    expect(alert.without.length > 0, alert.explanation).toBe(!isWhole(alert))
    // Whoever reads all of it sees no fewer than whoever reads a part.
    for (const other of counted.filter((one) => one.asked === alert.asked && isWhole(one)))
      expect(alert.count, `${alert.asked}: ${alert.explanation}`).toBeLessThanOrEqual(other.count ?? 0)
  }
})
