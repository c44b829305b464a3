import { getIntrospectionQuery } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { questions } from '../../bench/questions/index.ts'
import { firstQuery } from '../../src/server/firstQuery.ts'
import { hostileRequests } from '../abuse/requests.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { healthHold } from '../support/healthHold.ts'
import { startFake } from './fakeGateway.ts'

interface Asked {
  readonly body: string | Uint8Array
  readonly headers?: Readonly<Record<string, string>>
  readonly method?: string
  readonly search?: string
}

/** Everything that is answered, with ids and times that belong to one answer put out of the way. */
const answered = async (
  address: string,
  token: string,
  { body, headers = {}, method = 'POST', search = '' }: Asked,
) => {
  const response = await fetch(`${address}${search}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${token}`, ...headers },
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  })
  const told = [...response.headers].filter(([name]) => name !== 'date')
  const whole = JSON.stringify([response.status, told, await response.text()])
  return whole.replace(/[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g, 'ID')
}

const posted = (query: string, variables: unknown = {}, more: Record<string, unknown> = {}): Asked => ({
  body: JSON.stringify({ query, variables, ...more }),
})
const children = ['C01', 'C04', 'C05', 'nobody']
const sample = { children, long: ['C04'], underPlan: ['C04'], nhsNumbers: ['9991012745'], transfers: ['nothing'] }
const mutation = (input: string) => `mutation { recordConsent(input: ${input}) { id } }`

const operations: Readonly<Record<string, Asked>> = {
  'a view of five agencies': posted(firstQuery),
  'the smallest': posted('{ __typename }'),
  'fragments, aliases and repeated names': posted(
    '{ a: child(id: "C04") { ...f } b: child(id: "C05") { ...f id } } fragment f on Child { id status { level } ... on Child { status { areaLa } } }',
  ),
  'a field that is left out by a variable': posted(
    'query ($with: Boolean!) { child(id: "C04") { id status @include(if: $with) { level } } }',
    { with: false },
  ),
  'the named one of two': posted(
    'query a { __typename } query b { child(id: "C04") { id } }',
    {},
    { operationName: 'b' },
  ),
  'none named of two': posted('query a { __typename } query b { __typename }'),
  'a name that is not there': posted('query a { __typename }', {}, { operationName: 'b' }),
  'a name that an operation of one does not have': posted('{ __typename }', {}, { operationName: 'a' }),
  'the empty name': posted('query a { __typename }', {}, { operationName: '' }),
  'fragments alone': posted('fragment f on Child { id }'),
  'a definition of a type': posted('type A { b: Int } { __typename }'),
  'a subscription': posted('subscription { a }'),
  'a child of nobody': posted('{ child(id: "nobody") { id } }'),
  'an answer with refusals in it': posted(
    '{ child(id: "C04") { police { intelligence { text } } } me: transferSummary(transferId: "x") { id } }',
  ),
  'a variable that is missing': posted('query ($id: ID!) { child(id: $id) { id } }'),
  'a variable that is null': posted('query ($id: ID!) { child(id: $id) { id } }', { id: null }),
  'a variable of another kind': posted('query ($id: ID!) { child(id: $id) { id } }', { id: { a: 1 } }),
  'a variable that a scalar refuses': posted('query ($n: NHSNumber!) { findChild(nhsNumber: $n) { id } }', {
    n: '9434765918',
  }),
  'a variable that is not used': posted('query ($id: ID!) { __typename }', { id: 'x' }),
  'variables that are not declared': posted('{ __typename }', { id: 'x' }),
  'more wrong variables than are told': posted(
    `query (${Array.from({ length: 30 }, (_, place) => `$v${place}: Int!`).join(' ')}) { ${[0, 15]
      .map(
        (from) =>
          `c${from}: child(id: "C04") { ${Array.from({ length: 15 }, (_, place) => `a${place}: chronology(first: $v${from + place}) { total }`).join(' ')} }`,
      )
      .join(' ')} }`,
  ),
  'a literal that a scalar refuses': posted('{ findChild(nhsNumber: "9434765918") { id } }'),
  'a literal of another kind': posted('{ child(id: 1.5) { id } }'),
  'a field that is nearly there': posted('{ child(id: "C04") { statuss { level } } }'),
  'an argument that is nearly there': posted('{ child(idd: "C04") { id } }'),
  'a type that is nearly there': posted('{ child(id: "C04") { ... on Chil { id } } }'),
  'many mistakes at once': posted(
    `{ ${Array.from({ length: 19 }, (_, place) => `f${place} { a b c d e f g }`).join(' ')} }`,
  ),
  'a directive of nobody': posted('{ __typename @nothing }'),
  'deferred delivery': posted('{ ... @defer { child(id: "C04") { id } } }'),
  'the schema': posted(getIntrospectionQuery()),
  'a type of the schema': posted('{ __type(name: "Child") { name } }'),
  'the schema beside a mistake': posted('{ __schema { types { name } } nothing }'),
  'a mutation of a wrong input': posted(mutation('{ childId: "C04" }')),
  'a mutation of a wrong variable': posted('mutation ($input: ConsentInput!) { recordConsent(input: $input) { id } }', {
    input: {},
  }),
  'a mutation that may not be': posted('mutation { withdrawConsent(id: "nothing", reason: "none") { state } }'),
  'another media type': { ...posted('{ __typename }'), headers: { accept: 'application/graphql-response+json' } },
  'a token that is none': { ...posted('{ __typename }'), headers: { authorization: 'Bearer a.b.c' } },
  'no token': { ...posted('{ __typename }'), headers: { authorization: '' } },
  'a GET': { body: '', method: 'GET', search: '?query=%7B__typename%7D' },
}

const asksOf = (): (readonly [string, Asked])[] => [
  ...Object.entries(operations),
  ...questions.flatMap(({ name, query, variables }) =>
    variables(sample).map((values, place) => [`${name}, ${place}`, posted(query, values)] as const),
  ),
  ...hostileRequests.map((hostile) => [hostile.title, hostile] as const),
]

/**
 * The first time a text comes, Apollo Server reads and validates it; from then on it runs from its compiled plan.
 * Whoever asks sees no difference.
 */
describe('an operation that is known already is answered with the same status, headers and bytes', () => {
  let gateway: TestGateway
  let token: string
  beforeAll(async () => {
    gateway = await startTestGateway({ INTROSPECTION: 'off' })
    token = await gateway.token('mash-analyst')
  })
  afterAll(() => gateway.close())

  const leaves = async () => {
    const text = 'select count(*)::text from gateway.audit_leaf'
    const [row] = await gateway.opened.setting.opening.store.rows({ name: 'test_leaves', text, values: [] })
    return Number(row?.[0])
  }

  it.each(asksOf())('%s', async (_, asked) => {
    const seen: string[] = []
    const written: number[] = []
    for (let time = 0; time < 3; time += 1) {
      const before = await leaves()
      seen.push(await answered(`${gateway.url}/graphql`, token, asked))
      written.push((await leaves()) - before)
    }
    expect(new Set(seen)).toEqual(new Set([seen[0]]))
    expect(new Set(written)).toEqual(new Set([written[0]]))
    // Whatever was answered with data was recorded, each time.
    if (seen[0]?.includes('{\\"data\\":{')) expect(written[0]).toBe(1)
  })

  it('refuses the schema where it is closed', async () => {
    for (let time = 0; time < 2; time += 1)
      expect(await gateway.ask('mash-analyst', '{ __schema { types { name } } }')).toMatchObject({
        status: 400,
        data: null,
        errors: [{ message: 'The schema may not be read here.', extensions: { code: 'OPERATION_INVALID' } }],
      })
  })

  it('says the same of the schema where it is open', async () => {
    const open = await startTestGateway({ INTROSPECTION: 'on' })
    const query = getIntrospectionQuery()
    const texts = [await open.ask('mash-analyst', query), await open.ask('mash-analyst', query)]
    expect(texts[0]?.status).toBe(200)
    expect(texts[1]?.text).toBe(texts[0]?.text)
    await open.close()
  })
})

describe('what is cached is never used past its validity', () => {
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway()
  })
  afterAll(() => gateway.close())
  const store = () => gateway.opened.setting.opening.store.knex
  const write = async (query: string) => {
    const { data, errors } = await gateway.ask('social-worker', query)
    expect(errors).toEqual([])
    return data
  }

  it('a revoked token is refused from the next request on', async () => {
    const ask = async () => (await gateway.ask('gp', '{ child(id: "C04") { id } }')).status
    expect([await ask(), await ask()]).toEqual([200, 200])
    const [, payload = ''] = (await gateway.token('gp')).split('.')
    const { jti }: { jti: string } = JSON.parse(Buffer.from(payload, 'base64url').toString())
    await store()('gateway.denied_token').insert({ kind: 'TOKEN', value: jti, reason: 'Lost device' })
    expect(await ask()).toBe(401)
  })

  it('a withdrawn consent closes what it opened on the next request', async () => {
    const query = '{ child(id: "C04") { education { attendance { id } } } }'
    const read = async () => (await gateway.ask('early-help-worker', query)).text.includes('"id":"')
    expect(await read()).toBe(false)
    const given = await write(
      'mutation { recordConsent(input: { childId: "C04", state: GIVEN, giver: CHILD, competence: COMPETENT, evidence: "He said so", purpose: EARLY_HELP }) { id } }',
    )
    expect([await read(), await read()]).toEqual([true, true])
    await write(
      `mutation { withdrawConsent(id: "${given?.['recordConsent']?.['id']}", reason: "Changed her mind") { state } }`,
    )
    expect(await read()).toBe(false)
  })

  it('a new hold closes what it holds on the next request', async () => {
    const query = '{ child(id: "C05") { health { unscheduledAttendances { id } appointments { id } } } }'
    const read = async () => (await gateway.ask('social-worker', query)).text.includes('"id":"')
    expect([await read(), await read()]).toEqual([true, true])
    await store()('gateway.hold').insert(healthHold('door-hold'))
    expect(await read()).toBe(false)
  })

  it('nothing leaves while no leaf can be written, though the operation was answered before', async () => {
    const ask = () => gateway.ask('mash-analyst', firstQuery)
    expect((await ask()).status).toBe(200)
    await store().raw('alter table gateway.audit_leaf rename to audit_leaf_away')
    const refused = await ask()
    expect([refused.status, refused.data, refused.errors[0]?.extensions['code']]).toEqual([
      503,
      null,
      'AUDIT_UNAVAILABLE',
    ])
    expect(refused.text).not.toMatch(/LA2|C04|names/)
    await store().raw('alter table gateway.audit_leaf_away rename to audit_leaf')
    expect((await ask()).status).toBe(200)
  })
})

describe('what fails in an operation that is known already', () => {
  it('is masked, logged and recorded the same', async () => {
    const { ask, logged, door, server } = await startFake()
    const queries = [
      '{ broken }',
      '{ surprise }',
      '{ party }',
      'mutation { upload }',
      '{ findChild(nhsNumber: "x") { id } }',
    ]
    const seen: unknown[] = []
    for (let time = 0; time < 3; time += 1) {
      logged.length = 0
      door.recorded.length = 0
      const texts: string[] = []
      for (const query of queries) texts.push((await ask(query)).text.replace(/[0-9a-f-]{36}/g, 'ID'))
      const lines = logged
        .map((line) => JSON.parse(line))
        .filter(({ code }) => code !== 'REQUEST' && code !== 'LISTENING')
        .map(({ time: _, requestId, errorAt, causeAt, ...rest }) => rest)
      seen.push({ texts, lines, recorded: [...door.recorded] })
    }
    expect(seen[1]).toEqual(seen[0])
    expect(seen[2]).toEqual(seen[0])
    expect(JSON.stringify(seen[0])).toContain('FIELD_FAILED')
    await server.close()
  })
})
