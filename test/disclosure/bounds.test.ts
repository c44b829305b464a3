import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { ChildAccess } from '../../src/disclosure/childAccess.ts'
import { planOfNeeds } from '../../src/disclosure/needsPlan.ts'
import { Lifetime, mostChildren } from '../../src/disclosure/operationAllowance.ts'
import type { AgencyName } from '../../src/foundation/agencies.ts'
import { post, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sentThrough } from '../support/sentThrough.ts'

/** What reached a store or an agency. */
const statements: string[] = []
const asked: { readonly agency: AgencyName; readonly children: readonly string[] }[] = []
/** Holds what the lead agency answers back until it is released. */
let held: Promise<void> | undefined
let whenAsked = (): void => {}

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway(
    { REQUEST_DEADLINE_MS: '1500', SOURCE_DEADLINE_MS: '1500', FACTS_KEPT: '0' },
    {
      beyond: { sourceDeadlineMs: 60_000 },
      wrapDatabase: (name, database) =>
        sentThrough(database, (statement) => {
          // Whether the caller is denied is asked of every request, and answered by the stamp while nothing changed.
          if (!/denied|replay|audit|checkpoint/.test(statement.text) && statement.name !== 'stamps_gateway')
            statements.push(`${name}: ${statement.name}`)
          return statement
        }),
      wrapSource: (agency, source) => ({
        agency,
        fetch: async (...question) => {
          asked.push({ agency, children: question[0].map(({ childId }) => childId) })
          if (agency === 'socialCare') {
            whenAsked()
            await held
          }
          return source.fetch(...question)
        },
        health: () => source.health(),
        close: () => source.close(),
      }),
    },
  )
})
afterAll(() => gateway.close())
beforeEach(() => {
  statements.length = 0
  asked.length = 0
})
afterEach(() => {
  held = undefined
  whenAsked = () => {}
})

const codes = (errors: readonly { readonly extensions: Record<string, unknown> }[]) =>
  errors.map(({ extensions }) => extensions['code'])
const newest = async (): Promise<{ readonly outcome: string; readonly code: string | null } | undefined> => {
  const [leaf] = await gateway.opened.setting.audit.ofChild('C04', 1)
  return leaf && { outcome: leaf.outcome, code: leaf.code }
}

describe('an operation over many children', () => {
  const twenty = (list: string) =>
    Array.from({ length: 20 }, (_, at) => `a${at}: children(ids: ${list}) { id names { family } }`).join(' ')
  const ids = (count: number, of = (at: number) => `C${at}`) => Array.from({ length: count }, (_, at) => of(at))

  it.each<[string, string, Record<string, unknown>]>([
    ['twenty times one child a hundred times', `query ($i: [ID!]!) { ${twenty('$i')} }`, { i: ids(100, () => 'C04') }],
    ['twenty times a hundred children', `query ($i: [ID!]!) { ${twenty('$i')} }`, { i: ids(100) }],
    ['a hundred and one by one list', 'query ($i: [ID!]!) { children(ids: $i) { id } }', { i: ids(101) }],
    [
      'two lists of fifty-one',
      `{ a: children(ids: ${JSON.stringify(ids(51))}) { id } b: children(ids: ${JSON.stringify(ids(51))}) { id } }`,
      {},
    ],
    [
      'a list that a variable has by itself',
      `query ($i: [ID!]! = ${JSON.stringify(ids(101))}) { children(ids: $i) { id } }`,
      {},
    ],
  ])('is refused before any I/O: %s', async (_, query, variables) => {
    const { status, errors, data, headers } = await gateway.ask('mash-analyst', query, { variables })
    expect([status, codes(errors), data]).toEqual([400, ['OPERATION_TOO_LARGE'], null])
    expect(headers.get('x-audit-id')).toBeNull()
    expect([statements, asked]).toEqual([[], []])
  })

  it('is answered up to a hundred, and a child that is named twice is opened once', async () => {
    const query = 'query ($i: [ID!]!) { children(ids: $i) { id police { events { id } } } }'
    const { status, data } = await gateway.ask('mash-analyst', query, { variables: { i: ids(100, () => 'C04') } })
    expect(status).toBe(200)
    const { children }: { children: readonly unknown[] } = JSON.parse(JSON.stringify(data))
    expect(children).toHaveLength(100)
    expect(new Set(children.map((child) => JSON.stringify(child))).size).toBe(1)
    expect(asked.filter(({ agency }) => agency === 'police')).toEqual([{ agency: 'police', children: ['C04'] }])
    const [leaf] = await gateway.opened.setting.audit.ofChild('C04', 1)
    expect(leaf?.children.map(({ id }) => id)).toEqual(['C04'])
  })

  it('ends as a whole where it opens too many that it did not name', async () => {
    const verdict = await gateway.opened.authenticate([`Bearer ${await gateway.token('mash-analyst')}`])
    if (!verdict.ok) throw new Error(verdict.reason)
    const { opening } = gateway.opened.setting
    const lifetime = new Lifetime(60_000)
    const opener = new ChildAccess(opening, verdict.caller, undefined, lifetime)
    // As many plans as there would be fields: what one field asks of one child is opened once.
    const open = () => opener.open('C04', null, planOfNeeds({}, opening.planning))
    for (let count = 0; count < mostChildren; count += 1) expect(await open()).not.toBeNull()
    await expect(open()).rejects.toMatchObject({ code: 'OPERATION_TOO_LARGE' })
    await expect(opener.facts('C04')).rejects.toMatchObject({ code: 'OPERATION_TOO_LARGE' })
    expect(lifetime.refused?.code).toBe('OPERATION_TOO_LARGE')
    lifetime.close()
  })
})

describe('a request that is over before its answer is whole', () => {
  const query = '{ child(id: "C04") { id police { events { id } } } }'

  it('discloses nothing after its deadline, asks no agency more, and is on record', async () => {
    let release = (): void => {}
    held = new Promise((resolve) => {
      release = resolve
    })
    const answer = gateway.ask('mash-analyst', query)
    await new Promise<void>((resolve) => {
      whenAsked = resolve
    })
    // Later than the deadline of this gateway.
    setTimeout(release, 2000)
    const { status, errors, data, headers } = await answer
    expect([status, codes(errors), data]).toEqual([503, ['REQUEST_STOPPED'], null])
    expect(headers.get('x-audit-id')).not.toBeNull()
    expect(asked.map(({ agency }) => agency)).toEqual(['socialCare'])
    expect(await newest()).toEqual({ outcome: 'FAILED', code: 'REQUEST_STOPPED' })
    // The next one has a time of its own.
    held = undefined
    expect((await gateway.ask('mash-analyst', query)).status).toBe(200)
  })

  it('asks no agency more once its caller has left, and is on record', async () => {
    let release = (): void => {}
    held = new Promise((resolve) => {
      release = resolve
    })
    const token = await gateway.token('mash-analyst')
    const leaving = new AbortController()
    const before = await leavesCount()
    const reached = new Promise<void>((resolve) => {
      whenAsked = resolve
    })
    const answer = fetch(`${gateway.url}/graphql`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body: JSON.stringify({ query }),
      signal: leaving.signal,
    })
    await reached
    leaving.abort()
    await expect(answer).rejects.toThrow()
    // The gateway hears of it before the next request of this process is answered.
    expect((await post(gateway.url, token, '{ __typename }')).status).toBe(200)
    release()
    while ((await leavesCount()) < before + 2) await new Promise((resolve) => setTimeout(resolve, 10))
    expect(asked.map(({ agency }) => agency)).toEqual(['socialCare'])
    expect(await newest()).toEqual({ outcome: 'FAILED', code: 'REQUEST_STOPPED' })
  })

  const leavesCount = async () => (await gateway.opened.setting.opening.store.knex('gateway.audit_leaf')).length
})
