import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { wholeView } from '../acceptance/support/wholeView.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'
import { countPaths, countsIn, faultOf, heldElsewhere } from './support/everyCount.ts'
import { unguarded } from './support/everyFact.ts'
import { judge, judgedPaths } from './support/judge.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** A sample; `npm run prove -- truth` asks for every purpose about every child. */
describe.each(['C02', 'C04', 'C05', 'C12'])('every joined number about %s is true, or says what it lacks', (child) => {
  it.each(sampled(personas, 12))('$id', async ({ id, defaultPurpose }) => {
    const { faults } = await judge(gateway, { persona: id, purpose: defaultPurpose, child })
    expect(faults).toEqual([])
  })
})

it('every Boolean and number of the schema is judged by what is held, or says where it is judged', () => {
  expect(unguarded(gateway)).toEqual([])
})

describe('every joined number of the schema', () => {
  const paths = new Set<string>()

  it.each(sampled(personas, 8))('says to $id how whole it is, and why not', async ({ id, defaultPurpose }) => {
    for (const child of ['C04', 'C05']) {
      const { data } = await gateway.ask(id, wholeView(), { purpose: defaultPurpose, variables: { id: child } })
      const counts = countsIn(data?.['child'])
      expect(counts.flatMap((one) => faultOf(one) ?? [])).toEqual([])
      for (const { path } of counts) paths.add(path)
    }
  })

  it('is counted from what is held, or says where it is counted', () => {
    const judged = judgedPaths()
    expect(countPaths().filter((path) => !judged.has(path) && !heldElsewhere[path])).toEqual([])
    expect(Object.keys(heldElsewhere).filter((path) => judged.has(path) || !countPaths().includes(path))).toEqual([])
  })

  it('is asked about here, whatever the schema gains', () => {
    // What stands under a list that is empty for these children cannot be seen; its list is.
    const lists = [...paths].map((path) => path.split('.')[0])
    const missed = countPaths().filter((path) => !paths.has(path) && !lists.includes(path.split('.')[0] ?? ''))
    expect(missed).toEqual([])
    expect(paths.size).toBeGreaterThan(20)
  })
})

interface Told {
  readonly code: string
  readonly count: number | null
  readonly completeness: string
  readonly explanation: string
  readonly without: readonly unknown[]
}

const askersOfAlerts = [...new Set(['social-worker', 'gp', ...sampled(personas, 6).map(({ id }) => id)])]
const childrenWithAlerts = ['C02', 'C04', 'C05']

it('what an alert counts is all, or it says that there may be more, and of whom to ask', async () => {
  const counted: (Told & { readonly asked: string })[] = []
  for (const persona of askersOfAlerts)
    for (const child of childrenWithAlerts) {
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
