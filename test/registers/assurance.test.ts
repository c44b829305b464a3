import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { csvOf } from '../../web/words/csv.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'

interface Found {
  readonly childId: string
  readonly person: string | null
  readonly event: {
    readonly id: string
    readonly organisation: string
    readonly purpose: string
    readonly outcome: string
  }
}

describe('what governance asks across children', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
    for (const child of ['C07', 'C04'])
      await gateway.ask('social-worker', `{ child(id: "${child}") { names { family } } }`)
    await gateway.ask('mash-analyst', '{ child(id: "C04") { id } }')
    await gateway.ask('gp', '{ child(id: "C04") { id } }')
    await gateway.ask('school-dsl', '{ child(id: "C04") { id } }')
  })
  afterAll(() => gateway.close())

  const search = async (more: string, persona = 'information-governance') => {
    const query = `{ accessSearch(from: "2000-01-01T00:00:00Z", ${more}) { endCursor found { childId person
      event { id organisation purpose outcome } } } }`
    const { data, errors } = await gateway.ask(persona, query)
    const page = data?.['accessSearch'] as { endCursor: string | null; found: readonly Found[] } | undefined
    return { found: page?.found ?? [], endCursor: page?.endCursor ?? null, code: errors[0]?.extensions['code'] }
  }
  const subjectOf = (persona: string) => personas.find(({ id }) => id === persona)?.subject ?? ''

  it('finds who looked by child, organisation, purpose and person', async () => {
    const all = await search('first: 200')
    expect(new Set(all.found.map(({ childId }) => childId))).toEqual(new Set(['C04', 'C07']))
    expect(
      (await search('first: 200, childId: "C07", organisation: "LA2-CSC"')).found.map(({ childId }) => childId),
    ).toEqual(['C07'])
    const byPurpose = (await search('first: 200, purpose: MASH_ENQUIRY')).found
    expect(byPurpose.length).toBeGreaterThan(0)
    expect(byPurpose.every(({ event }) => event.purpose === 'MASH_ENQUIRY')).toBe(true)
    const byPerson = (await search(`first: 200, person: "${subjectOf('social-worker')}"`)).found
    expect(byPerson.map(({ childId }) => childId)).toEqual(['C04', 'C07'])
  })

  it('finds who looked at children of one name, given or family, of those for whom the authority answers', async () => {
    const children = async (name: string, persona?: string) =>
      new Set((await search(`first: 200, named: "${name}"`, persona)).found.map(({ childId }) => childId))
    expect(await children('maya')).toEqual(new Set(['C07']))
    expect(await children('Bellhaven')).toEqual(new Set(['C07']))
    for (const nobody of ['Nobody', 'Baby', 'Unknown']) expect(await children(nobody), nobody).toEqual(new Set())
    // The authority of the area reads nobody out by name, though the log shows it who looked.
    for (const name of ['Thornley', 'Maya'])
      expect(await children(name, 'information-governance-southmere'), name).toEqual(new Set())
  })

  it('knows of no child by an id that is none, or one that the officer may not know of', async () => {
    expect((await search('first: 9, childId: "Maya"')).code).toBe('NOT_FOUND')
  })

  it('finds the children of the own authority by what is known of them, and tells their ids alone', async () => {
    const ids = async (person: string, persona = 'information-governance') => {
      const { data, errors } = await gateway.ask(persona, `{ governedChildren(person: { ${person} }) }`)
      return data?.['governedChildren'] ?? errors[0]?.extensions['code']
    }
    for (const known of [
      'nhsNumber: "9991015485"',
      'upn: "N992500711106"',
      'family: "bellhaven", given: "Maya"',
      'family: "Bellhaven", dateOfBirth: "2011-10-30"',
      'nhsNumber: "9991015485", family: "Bellhaven"',
    ])
      expect(await ids(known), known).toEqual(['C07'])
    for (const other of [
      'nhsNumber: "9991015485", family: "Thornley"',
      'family: "Bellhaven", given: "Maya", dateOfBirth: "2012-10-30"',
      'family: "Bell", given: "Maya"',
    ])
      expect(await ids(other), other).toEqual([])
    // The area of a placement answers for the child as it does in the log, though the file is the other authority's.
    expect(await ids('nhsNumber: "9991012745"', 'information-governance-southmere'), 'area').toEqual(['C04'])
    // Too little to ask by, and nobody's business but governance's.
    expect(await ids('family: "Bellhaven"')).toBe('BAD_INPUT')
    expect(await ids('nhsNumber: "9991015485"', 'team-manager')).toBe('FORBIDDEN')
  })

  it('names people of the own authority alone, also as a filter', async () => {
    const { found } = await search('first: 200')
    for (const { event, person } of found) expect(person !== null).toBe(event.organisation.startsWith('LA2-'))
    expect((await search(`first: 200, person: "${subjectOf('gp')}"`)).found).toEqual([])
  })

  it('comes page by page, each line once', async () => {
    // A search is an entry too: only what came before this one.
    const to = new Date().toISOString()
    const whole = (await search(`first: 200, to: "${to}"`)).found.map(({ event }) => event.id)
    expect(whole.length).toBeGreaterThan(5)
    const ids: string[] = []
    for (let after: string | null = null, pages = 0; pages < 50; pages += 1) {
      const page: Awaited<ReturnType<typeof search>> = await search(
        `first: 2, to: "${to}"${after ? `, after: "${after}"` : ''}`,
      )
      ids.push(...page.found.map(({ event }) => event.id))
      if (page.endCursor === null) break
      after = page.endCursor
    }
    expect(ids).toEqual(whole)
  })

  it('is refused to everybody else, whatever they ask for', async () => {
    const others = personas.filter(({ role }) => role !== 'INFORMATION_GOVERNANCE_OFFICER').map(({ id }) => id)
    const entry = (await search('first: 1')).found[0]?.event.id ?? ''
    for (const persona of others) {
      expect([persona, await search('first: 10', persona)]).toEqual([
        persona,
        { found: [], endCursor: null, code: 'FORBIDDEN' },
      ])
      for (const query of ['{ agreements { id } }', `{ replayDecision(auditId: "${entry}") { verdict } }`])
        expect((await gateway.ask(persona, query)).errors[0]?.extensions['code']).toBe('FORBIDDEN')
    }
  })

  it('decides an entry again, and knows no entry that it may not read', async () => {
    const [found] = (await search('first: 1, childId: "C07", organisation: "LA2-CSC"')).found
    const replay = (id: string) =>
      gateway.ask(
        'information-governance',
        `{ replayDecision(auditId: "${id}") { verdict pack compared differences } }`,
      )
    expect((await replay(found?.event.id ?? '')).data?.['replayDecision']).toMatchObject({
      verdict: 'SAME',
      differences: [],
    })
    const own = await gateway.ask('information-governance', '{ policyPacks { id } }')
    for (const id of ['no-such-entry', own.headers.get('x-audit-id') ?? ''])
      expect((await replay(id)).errors[0]?.extensions['code']).toBe('NOT_FOUND')
  })

  it('lists packs and agreements, and compares packs line by line', async () => {
    const { data } = await gateway.ask(
      'information-governance',
      '{ policyPacks { id inForce } agreements { organisation inForce } }',
    )
    const packs = data?.['policyPacks'] as unknown as readonly { id: string; inForce: boolean }[]
    expect(packs.filter(({ inForce }) => inForce)).toHaveLength(1)
    expect(JSON.stringify(data?.['agreements'])).toContain('"inForce":true')
    const compare = (before = '', after = '') =>
      gateway.ask('gp', `{ policyChanges(before: "${before}", after: "${after}") { change purposes } }`)
    const [one, other] = [packs[0]?.id, packs.at(-1)?.id]
    expect((await compare(one, one)).data?.['policyChanges']).toEqual([])
    expect(
      JSON.stringify((await compare(one, other)).data?.['policyChanges'] ?? null).match(/GAINS/g)?.length,
    ).toBeGreaterThan(10)
    expect((await compare(one, 'none')).errors[0]?.extensions['code']).toBe('BAD_INPUT')
  })
})

describe('a file for a spreadsheet', () => {
  it('holds no formula, and no cell that breaks out of its own', () => {
    const hostile = ['=1+1', '+1', '-1', '@SUM(A1)', '\tx', 'a"b', 'a\r\n=b', 'plain']
    expect(csvOf(['head'], [hostile])).toBe(
      '"head"\r\n"\'=1+1","\'+1","\'-1","\'@SUM(A1)","\'\tx","a""b","a\r\n=b","plain"\r\n',
    )
  })
})
