import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

interface Count {
  readonly value: number | null
  readonly completeness: string
  readonly without: readonly { readonly agency: string; readonly reason: string }[]
}
const count = '{ value completeness without { agency reason } }'

interface Entry {
  readonly child: { readonly id: string }
  readonly alert: { readonly code: string }
}
interface Worklist {
  readonly children: number
  readonly byCode: readonly { readonly code: string; readonly alerts: Count; readonly children: Count }[]
  readonly entries: readonly Entry[]
  readonly notJudged: readonly { readonly code: string; readonly children: number }[]
  readonly hasNextPage: boolean
}

describe('numbers over many children', () => {
  it.each(['missing-coordinator', 'school-dsl'])(
    'of the worklist of %s are sums, and say where they may be more',
    async (who) => {
      const { data } = await gateway.ask(
        who,
        `{ worklist(first: 100) { children byCode { code alerts ${count} children ${count} } hasNextPage
        entries { child { id } alert { code } } notJudged { code children } } }`,
      )
      const list = data?.['worklist'] as unknown as Worklist
      expect(list.hasNextPage).toBe(false)
      const lacking = new Map(list.notJudged.map(({ code, children }) => [code, children]))
      for (const { code, alerts, children } of list.byCode) {
        const own = list.entries.filter(({ alert }) => alert.code === code)
        expect([code, alerts.value, children.value]).toEqual([
          ...[code, own.length, new Set(own.map(({ child }) => child.id)).size],
        ])
        for (const each of [alerts, children]) {
          expect([code, each.completeness]).toEqual([code, lacking.has(code) ? 'AT_LEAST' : 'WHOLE'])
          expect(each.without.length > 0).toBe(lacking.has(code))
        }
      }
      for (const children of lacking.values()) expect(children).toBeLessThanOrEqual(list.children)
      expect(new Set(list.entries.map(({ child }) => child.id)).size).toBeLessThanOrEqual(list.children)
    },
  )

  it('of children who are missing say whose sources could not be read, also where nobody is known to be', async () => {
    const asked = `{ missingNotices { byForce { force children ${count} } notices { child { id } } notJudged { children without { agency reason } } } }`
    const { data } = await gateway.ask('team-manager', asked)
    const told = data?.['missingNotices'] as unknown as {
      readonly byForce: readonly { readonly children: Count }[]
      readonly notices: readonly object[]
      readonly notJudged: readonly { readonly children: number; readonly without: readonly object[] }[]
    }
    const isWhole = told.notJudged.length === 0
    for (const { children } of told.byForce) expect(children.completeness).toBe(isWhole ? 'WHOLE' : 'AT_LEAST')
    for (const { without } of told.notJudged) expect(without.length).toBeGreaterThan(0)
  })
})
