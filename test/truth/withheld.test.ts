import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

interface Row {
  readonly reason: string
  readonly text: string
  readonly controller: string
  readonly requestable: boolean
  readonly categories: readonly {
    readonly category: string
    readonly level: string
    readonly purposes: readonly Purpose[]
    readonly roles: readonly string[]
  }[]
}

const query = `query ($id: ID!) { child(id: $id) {
  withheld { reason text controller requestable categories { category level purposes roles } } } }`

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

const withheldFrom = async (persona: string, purpose: Purpose, id: string): Promise<readonly Row[] | null> => {
  const { data } = await gateway.ask(persona, query, { purpose, variables: { id } })
  return (data?.['child'] as { withheld: readonly Row[] } | null | undefined)?.withheld ?? null
}

const askers = sampled(personas, 16)

describe.each(sampled(['C04', 'C05'], 1))('what is withheld of %s', (child) => {
  it('is one row for each agency and reason, with its words, those that can be asked about first', async () => {
    for (const { id, defaultPurpose } of askers) {
      const rows = await withheldFrom(id, defaultPurpose, child)
      if (rows === null) continue
      const keys = rows.map(({ controller, reason }) => `${controller} ${reason}`)
      expect(new Set(keys).size, id).toBe(keys.length)
      const requestable = rows.map((row) => row.requestable)
      expect(requestable, id).toEqual(requestable.toSorted((one, other) => Number(other) - Number(one)))
      for (const { text, categories } of rows) {
        expect(text).toMatch(/^[A-Z].+\.$/)
        expect(categories.length).toBeGreaterThan(0)
      }
    }
  })

  it('says truly for which other purpose of theirs each of it would be open, and for which not', async () => {
    let opened = 0
    for (const { id, defaultPurpose, purposes } of askers) {
      const rows = await withheldFrom(id, defaultPurpose, child)
      if (rows === null) continue
      for (const purpose of purposes.filter((each) => each !== defaultPurpose && each !== 'EMERGENCY')) {
        const then = await withheldFrom(id, purpose, child)
        if (then === null) continue
        for (const { controller, categories } of rows)
          for (const { category, level, purposes: others } of categories) {
            const still = then
              .filter((row) => row.controller === controller)
              .flatMap((row) => row.categories)
              .find((one) => one.category === category)
            // A headline that was withheld is open where no more than the content is withheld.
            const isOpen = still === undefined || (level === 'HEADLINE' && still.level === 'CONTENT')
            const asked = `${id} ${defaultPurpose} ${purpose} ${controller} ${category}`
            if (others.includes(purpose)) {
              expect(isOpen, asked).toBe(true)
              opened += 1
            }
          }
      }
    }
    expect(opened).toBeGreaterThan(0)
  })
})
