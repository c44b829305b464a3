import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole } from '../support/sample.ts'
import { given, onPage, pagesOf } from './support/matrix.ts'

const children = [
  ['C04', '9991012745'],
  ['C07', '9991015485'],
  ['C01', '9991010009'],
] as const

/**
 * The whole matrix is for `npm run prove -- pages`; here a child with much to withhold, one with a protected place, and
 * one more.
 */
const sample = [
  'mash-analyst',
  'school-dsl',
  'gp',
  'adult-services-worker',
  'missing-coordinator',
  'unrelated-officer',
  'information-governance',
]
const wide = ['social-worker', 'sarc-clinician', 'police-public-protection', 'legal-officer']
const asked = personas.map(({ id }) => id).filter((id) => isWhole || sample.includes(id))

describe('no page holds what the API withholds', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  afterAll(() => gateway.close())

  it.each(isWhole ? children : children.slice(0, 2))('of child %s, for every persona', async (child, nhsNumber) => {
    const everything = new Set<string>()
    const own = new Map<string, Set<string>>()
    // Whoever reads much of a child, in the sample; everybody, in the whole.
    const reading = personas.filter(({ id }) => isWhole || asked.includes(id) || wide.includes(id))
    for (const { id } of reading) {
      const texts = await given(gateway, id, child)
      own.set(id, texts)
      for (const text of texts) everything.add(onPage(text))
    }
    expect(everything.size).toBeGreaterThan(50)
    let pages = 0
    for (const persona of asked) {
      const allowed = [...(own.get(persona) ?? [])].map(onPage)
      const hidden = [...everything].filter((text) => !allowed.some((each) => each.includes(text)))
      for (const { page, status, text } of await pagesOf(gateway, persona, nhsNumber)) {
        pages += 1
        const told = hidden.filter((each) => text.includes(each))
        expect({ persona, page, told }).toEqual({ persona, page, told: [] })
        expect([persona, page, status >= 500]).toEqual([persona, page, false])
      }
      // The matrix would be empty if pages showed nothing: what may be read is there.
      const [overview] = await pagesOf(gateway, persona, nhsNumber)
      if (allowed.length > 20 && overview?.page === '')
        expect(allowed.some((each) => overview.text.includes(each))).toBe(true)
    }
    expect(pages).toBeGreaterThan(asked.length)
  })
})
