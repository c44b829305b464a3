import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { pages } from '../../web/pages/index.ts'
import { filesIn, read } from '../house/files.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { isWhole } from '../support/sample.ts'
import { childPages, given, onPage, pagesOf } from './support/matrix.ts'
import { beginEverything, common, givenOpen, openPages } from './support/openPages.ts'
import { unspokenIn } from './support/unspoken.ts'
import { signedIn } from './support/visitor.ts'

/** A child with much to withhold, one with a protected place, and one more; who looks at each in the sample. */
const children: readonly (readonly [child: string, nhsNumber: string, sample: readonly string[]])[] = [
  ['C04', '9991012745', ['mash-analyst', 'gp', 'missing-coordinator', 'unrelated-officer']],
  ['C07', '9991015485', ['school-dsl', 'adult-services-worker', 'information-governance']],
  ['C01', '9991010009', []],
]

/** What stands at the top of each page: who is signed in. */
const standing = ({ name, organisation, organisationName }: (typeof personas)[number]) => [
  ...[name, organisation, organisationName],
]

/** Whoever reads much of a child; everybody, in the whole, which is for `npm run prove -- pages`. */
const wide = ['social-worker', 'sarc-clinician', 'police-public-protection']
const everybody = personas.map(({ id }) => id)
const sampleOfMany = ['team-manager', 'gp']

/**
 * Pages that ask for more than the child's own field: who looked, what may be done, messages, and one holder's part.
 */
const besides = ['/access', '/act', '/messages', '/known']

it('every page about a child is taken up, by itself', () => {
  const ofChild = pages.flatMap(({ method, path }) => {
    const page = method === 'GET' ? /^\/child\/:child(\/[a-z]+)?$/.exec(path) : null
    return page ? [page[1] ?? ''] : []
  })
  expect(ofChild.length).toBeGreaterThan(12)
  const taken = new Set([...childPages.map(([page]) => page), ...besides])
  expect(ofChild.filter((page) => !taken.has(page))).toEqual([])
})

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

describe('no page holds what the API withholds', () => {
  it.each(isWhole ? children : children.slice(0, 2))('of child %s', async (child, nhsNumber, sample) => {
    const [everything, ids] = [new Set<string>(), new Set([child])]
    const own = new Map<string, Set<string>>()
    const asked = isWhole ? everybody : sample
    for (const id of isWhole ? everybody : new Set([...sample, ...wide])) {
      const texts = await given(gateway, id, child, ids)
      own.set(id, texts)
      for (const text of texts) everything.add(onPage(text))
    }
    expect(everything.size).toBeGreaterThan(50)
    let count = 0
    for (const persona of asked) {
      const allowed = [...(own.get(persona) ?? [])].map(onPage)
      const hidden = [...everything].filter((text) => !allowed.some((each) => each.includes(text)))
      const read = await pagesOf(gateway, persona, nhsNumber)
      for (const { addresses, html, page, status, text } of read) {
        count += 1
        expect({ persona, page, unspoken: unspokenIn(html) }).toEqual({ persona, page, unspoken: [] })
        const told = hidden.filter((each) => text.includes(each))
        expect({ persona, page, told }).toEqual({ persona, page, told: [] })
        expect([persona, page, status >= 500]).toEqual([persona, page, false])
        // An address is kept by browsers and logs: no id stands in one as it is.
        const inTheClear = addresses.filter((each) => [...ids].some((one) => each.split(/[/?&=]/).includes(one)))
        expect({ page, inTheClear }).toEqual({ page, inTheClear: [] })
      }
      // The matrix would be empty if pages showed nothing: what may be read is there.
      const [overview] = read
      if (allowed.length > 20 && overview?.page === '')
        expect(allowed.some((each) => overview.text.includes(each))).toBe(true)
    }
    expect(count).toBeGreaterThan(asked.length)
  })
})

describe('no page about many holds what the API withholds', () => {
  beforeAll(() => beginEverything(gateway))

  it('takes up every page that has an address of its own', () => {
    const withAddress = pages.flatMap(({ method, path }) => (method === 'GET' && !path.includes(':') ? [path] : []))
    expect(withAddress.filter((path) => !openPages.some((page) => page.path === path))).toEqual([])
  })

  it('of any persona', async () => {
    const asking = isWhole ? personas : personas.filter(({ id }) => sampleOfMany.includes(id))
    const everything = new Set<string>()
    const own = new Map<string, readonly string[]>()
    for (const persona of asking)
      for (const page of openPages) {
        const texts = [...(await givenOpen(gateway, persona, page))].map(onPage)
        own.set(`${persona.id} ${page.path}`, texts)
        for (const text of texts) everything.add(text)
      }
    expect(everything.size).toBeGreaterThan(20)
    const told = (await common(gateway)).map(onPage)
    let shown = 0
    for (const persona of asking) {
      const visitor = await signedIn(gateway, persona.id)
      for (const { path } of openPages) {
        // The first page is another for every role: what any page may hold, it may.
        const ownPages = path === '/' ? openPages.map((page) => page.path) : [path]
        const allowed = [
          ...ownPages.flatMap((each) => own.get(`${persona.id} ${each}`) ?? []),
          ...told,
          ...standing(persona),
        ]
        const hidden = [...everything].filter((text) => !allowed.some((each) => each.includes(text)))
        const { html, status, text } = await visitor.get(path)
        expect([persona.id, path, status < 500]).toEqual([persona.id, path, true])
        expect({ persona: persona.id, path, unspoken: unspokenIn(html) }).toEqual({
          ...{ persona: persona.id, path, unspoken: [] },
        })
        expect({ persona: persona.id, path, told: hidden.filter((each) => text.includes(each)) }).toEqual({
          ...{ persona: persona.id, path, told: [] },
        })
        if (allowed.some((each) => text.includes(each))) shown += 1
      }
    }
    // It would prove nothing if the pages were empty.
    expect(shown).toBeGreaterThan(asking.length * 2)
  })
})

describe('a form with a field for a child', () => {
  const asked = { role: 'GP', purpose: 'DIRECT_CARE', within: '' }
  const ofGovernance = ['registers', 'what-if', 'access', 'subject'].map(
    (page) => ['information-governance', `/governance/${page}`, 'child'] as const,
  )
  const forms: readonly (readonly [persona: string, path: string, field: string])[] = [
    ...ofGovernance,
    ['information-governance', '/governance/cases/openGovernanceCase', 'input.childId'],
    ['team-manager', '/oversight/audit', 'cases'],
    ['school-dsl', '/messages/new/reportConcern', 'input.childId'],
  ]
  const filled: Readonly<Record<string, string>> = {
    ...asked,
    ...{ 'input.kind': 'COMPLAINT', 'input.controller': 'LA2', 'input.receivedOn': '2026-11-19' },
    ...{ 'input.summary': 'Not told', 'input.concerns.NEGLECT': 'on', 'input.familyTold': 'yes' },
    ...{ 'input.statements.0.text': 'No coat', 'input.statements.0.evidence': 'FACT' },
  }

  it('is each of these: every other is of the child whose page it stands on', () => {
    const views = filesIn('web/views', '.njk').filter((file) => /childField\(form\)|name="cases"/.test(read(file)))
    const names = views.map((file) => file.replace(/^web\/views\/|\.njk$/g, ''))
    expect(names.filter((name) => name !== 'governance/childField').sort()).toEqual([
      ...['governance/access', 'governance/registers', 'governance/subject', 'governance/whatIf', 'oversight/audit'],
    ])
  })

  // The log can be asked for all of one name: whom it means, it need not know.
  const ofOneChild = forms.filter(([, path]) => path !== '/governance/access')

  it.each(ofOneChild)('takes no name alone for a child: as %s, at %s', async (persona, path, field) => {
    const visitor = await signedIn(gateway, persona)
    await visitor.get(path.replace('/openGovernanceCase', ''))
    const { status, text } = await visitor.post(path, { ...filled, [field]: 'Maya' })
    expect([status, /There is a problem[^.]*(child|name)/.test(text)]).toEqual([422, true])
  })

  it.each([
    ...ofGovernance.map((form) => [...form, '999 101 5485'] as const),
    ...ofGovernance.map((form) => [...form, 'Maya Bellhaven'] as const),
    ['team-manager', '/oversight/audit', 'cases', '999 101 2745'] as const,
  ])('takes what leads to one: as %s, at %s', async (persona, path, field, typed) => {
    const visitor = await signedIn(gateway, persona)
    await visitor.get(path)
    expect((await visitor.post(path, { ...filled, [field]: typed })).status).toBe(200)
  })
})
