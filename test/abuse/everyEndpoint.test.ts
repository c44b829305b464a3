import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openSubgraph } from '../../src/composition/gateway.ts'
import { readConfig } from '../../src/foundation/config.ts'
import { freePort } from '../../src/main.ts'
import { entryFor, es256Jwk, forge, type KeyServer, keyServer } from '../auth/support.ts'
import { newStore, startTestGateway, type TestGateway, type TestStore } from '../support/gateway.ts'
import { canary, hostileRequests } from './requests.ts'

let folder: string
let keys: KeyServer
let gateway: TestGateway
let store: TestStore
const doors = new Map<string, string>()
const open: { close(): Promise<void> }[] = []

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'abuse-'))
  keys = await keyServer([es256Jwk])
  await writeFile(join(folder, 'issuers.json'), JSON.stringify([entryFor(keys.jwksUri)]))
  // As in production: the schema is closed.
  const environment = {
    ISSUERS_FILE: join(folder, 'issuers.json'),
    DEMONSTRATION: 'on',
    INTROSPECTION: 'off',
    LOG_LEVEL: 'silent',
    ROUTER_SECRET: 'a secret of a router and its agencies',
  }
  store = await newStore()
  gateway = await startTestGateway({ ...environment, ...store.environment })
  doors.set('the gateway', `${gateway.url}/graphql`)
  const subgraph = async (title: string, name: 'police' | 'core') => {
    const port = await freePort('127.0.0.1')
    const config = readConfig({
      ...environment,
      ...store.environment,
      PORT: String(port),
      GATEWAY_JWKS: `${gateway.url}/.well-known/jwks.json`,
    })
    const running = await openSubgraph(config, name, port)
    open.push(running)
    doors.set(title, running.url)
  }
  await subgraph("an agency's subgraph", 'police')
  await subgraph("the core's subgraph", 'core')
})
afterAll(async () => {
  for (const each of open) await each.close()
  await gateway.close()
  await store.remove()
  await keys.close()
  await rm(folder, { recursive: true, force: true })
})

let serial = 0
const goodToken = (claims: Record<string, unknown> = {}): string => {
  const now = Math.floor(Date.now() / 1000)
  serial += 1
  return forge({}, { iat: now, exp: now + 300, jti: `abuse-token-${String(serial).padStart(8, '0')}`, ...claims })
}
const addressOf = (door: string): string => {
  const address = doors.get(door)
  if (!address) throw new Error(`${door} is not open`)
  return address
}
const post = async (
  door: string,
  body: string | Uint8Array,
  init: { headers?: Readonly<Record<string, string>>; method?: string; search?: string } = {},
) => {
  const { headers = {}, method = 'POST', search = '' } = init
  const response = await fetch(`${addressOf(door)}${search}`, {
    method,
    headers: { 'content-type': 'application/json', authorization: `Bearer ${goodToken()}`, ...headers },
    ...(method === 'GET' ? {} : { body: typeof body === 'string' ? body : new Uint8Array(body) }),
  })
  return { status: response.status, text: await response.text(), headers: response.headers }
}
const answerOf = (text: string): { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] } =>
  JSON.parse(text)

/** What would tell a stranger something: our values, their values, our insides. */
const leaks =
  /Did you mean|\bat .*\.(ts|js):\d|node_modules|select .* from |syntax error at|relation "|ECONN|postgres|pglite|eyJ/i
const expectNothingToldIn = (text: string): void => {
  expect(text).not.toMatch(leaks)
  expect(text).not.toContain(canary)
}

describe.each(['the gateway', "an agency's subgraph", "the core's subgraph"])('%s', (door) => {
  it.each(hostileRequests.map((each) => [each.title, each] as const))('refuses %s', async (_title, hostile) => {
    const answer = await post(door, hostile.body, hostile)
    expect(hostile.status).toContain(answer.status)
    const { data, errors } = answerOf(answer.text)
    expect(data).toBeUndefined()
    expect(errors?.length).toBeGreaterThan(0)
    if (hostile.code) expect(errors?.[0]?.extensions?.code).toBe(hostile.code)
    expect(answer.headers.get('content-type')).toContain('application/json')
    expectNothingToldIn(answer.text)
  })

  it('takes names of prototypes as plain names in an answer', async () => {
    const query =
      '{ __proto__: __typename constructor: __typename prototype: __typename toString: __typename hasOwnProperty: __typename }'
    const { status, text } = await post(door, JSON.stringify({ query }))
    expect([status, text.trim()]).toEqual([
      200,
      '{"data":{"__proto__":"Query","constructor":"Query","prototype":"Query","toString":"Query","hasOwnProperty":"Query"}}',
    ])
    expect(Object.keys(Object.prototype)).toEqual([])
    expect({}).not.toHaveProperty('polluted')
  })

  it('still answers an honest question after all of it', async () => {
    expect((await post(door, JSON.stringify({ query: '{ __typename }' }))).text).toContain('"Query"')
  })
})

describe('hostile requests', () => {
  it('are more than a hundred and thirty, each sent to every door', () => {
    console.info(`hostile requests: ${hostileRequests.length}, at ${doors.size} doors`)
    expect(hostileRequests.length).toBeGreaterThanOrEqual(130)
    expect(new Set(hostileRequests.map(({ title }) => title)).size).toBe(hostileRequests.length)
  })
})

describe('a refused token', () => {
  const attempts: readonly (readonly [string, () => Record<string, string>])[] = [
    ['none', () => ({})],
    ['no token', () => ({ authorization: 'Bearer' })],
    ['another scheme', () => ({ authorization: 'Basic eDp5' })],
    ['nonsense', () => ({ authorization: 'Bearer a.b.c' })],
    ['an expired one', () => ({ authorization: `Bearer ${goodToken({ iat: 1, exp: 100 })}` })],
    ['another audience', () => ({ authorization: `Bearer ${goodToken({ aud: 'https://elsewhere.example' })}` })],
    ['another issuer', () => ({ authorization: `Bearer ${goodToken({ iss: 'https://elsewhere.example' })}` })],
    ['an unknown key', () => ({ authorization: `Bearer ${forge({ kid: 'unknown' })}` })],
    [
      'a bound one without its proof',
      () => ({ authorization: `Bearer ${goodToken({ cnf: { jkt: 'A'.repeat(43) } })}` }),
    ],
    ['a role that is not its own', () => ({ authorization: `Bearer ${goodToken({ role: 'TEAM_MANAGER' })}` })],
    [
      'a proof that is none',
      () => ({ authorization: `DPoP ${goodToken({ cnf: { jkt: 'A'.repeat(43) } })}`, dpop: 'x' }),
    ],
  ]

  it.each(['the gateway', "the core's subgraph"])(
    'gets the same bytes and headers from %s, whatever was wrong',
    async (door) => {
      const seen = new Set<string>()
      for (const [, headers] of attempts) {
        const response = await fetch(addressOf(door), {
          method: 'POST',
          headers: { 'content-type': 'application/json', ...headers() },
          body: '{"query":"{ child(id: \\"C04\\") { id } }"}',
        })
        const kept = [...response.headers].filter(([name]) => !['date', 'x-request-id'].includes(name))
        seen.add(JSON.stringify([response.status, kept, await response.text()]))
      }
      expect([...seen]).toHaveLength(1)
      expect([...seen][0]).toMatch(/^\[401,.*www-authenticate.*DPoP algs/)
    },
  )

  it('learns nothing of the schema from the core: a valid operation and an invalid one are refused alike', async () => {
    const ask = async (query: string) =>
      (await post("the core's subgraph", JSON.stringify({ query }), { headers: { authorization: 'Bearer a.b.c' } }))
        .text
    expect(await ask('{ child(id: "C04") { id } }')).toBe(await ask('{ nothing { of } this }'))
  })

  it('is refused from the next request on when it is denied, at the running gateway', async () => {
    const denied = goodToken({ jti: 'denied-token-0123456789' })
    const ask = (door: string) =>
      post(door, JSON.stringify({ query: '{ __typename }' }), { headers: { authorization: `Bearer ${denied}` } })
    expect((await ask('the gateway')).status).toBe(200)
    await gateway.opened.setting.opening.store
      .knex('gateway.denied_token')
      .insert({ kind: 'TOKEN', value: 'denied-token-0123456789', reason: 'test' })
    expect((await ask('the gateway')).status).toBe(401)
  })
})

describe('values that a caller sends', () => {
  const variables: readonly (readonly [string, string, unknown])[] = [
    ['an identifier that is none', 'query ($v: NHSNumber!) { findChild(nhsNumber: $v) { id } }', canary],
    ['an object for a text', 'query ($v: ID!) { child(id: $v) { id } }', { name: canary }],
    ['a list for a text', 'query ($v: ID!) { child(id: $v) { id } }', [canary]],
    ['a text for an instant', 'query ($v: DateTime) { child(id: "C04", asOf: $v) { id } }', canary],
    ['a text for a switch', 'query ($v: Boolean!) { __typename @include(if: $v) }', canary],
    ['SQL for an id', 'query ($v: ID!) { child(id: $v) { id } }', `${canary}' or 1=1; drop table gateway.child --`],
    ['a null byte in an id', 'query ($v: ID!) { child(id: $v) { id } }', `${canary}\0`],
    ['half a pair in an id', 'query ($v: ID!) { child(id: $v) { id } }', `${canary}\ud800`],
    ['an id of 100 KB', 'query ($v: ID!) { child(id: $v) { id } }', canary.repeat(4000)],
    ['an id that names a prototype', 'query ($v: ID!) { child(id: $v) { id names { family } } }', `__proto__${canary}`],
    ['a transfer that is SQL', 'query ($v: ID!) { transferSummary(transferId: $v) { id } }', `${canary}"';--`],
    ['a value that nothing declares', 'query { __typename @skip(if: $v) }', canary],
  ]
  const literals: readonly (readonly [string, string])[] = [
    ['an identifier', `{ findChild(nhsNumber: "${canary}") { id } }`],
    ['an instant', `{ child(id: "C04", asOf: "${canary}") { id } }`],
    ['an object', `{ child(id: { a: "${canary}" }) { id } }`],
    ['an enum', `{ child(id: ${canary}) { id } }`],
    ['a number for a switch', `{ __typename @include(if: "${canary}") }`],
    ['an unfinished text', `{ child(id: "${canary}) { id } }`],
    ['a text that is a block', `{ child(id: """${canary}"""x) { id } }`],
    ['an id of nobody', `{ child(id: "${canary}") { id } }`],
  ]
  it.each(variables)('are never told back, as a variable: %s', async (_, query, value) => {
    for (const door of doors.keys())
      expectNothingToldIn((await post(door, JSON.stringify({ query, variables: { v: value } }))).text)
  })
  it.each(literals)('are never told back, in the text: %s', async (_, query) => {
    for (const door of doors.keys()) expectNothingToldIn((await post(door, JSON.stringify({ query }))).text)
  })
  it('are never told back, as the name of an operation or in a header', async () => {
    for (const door of doors.keys()) {
      expectNothingToldIn(
        (await post(door, JSON.stringify({ query: 'query a { __typename }', operationName: canary }))).text,
      )
      expectNothingToldIn(
        (await post(door, '{}', { headers: { authorization: `Bearer ${canary}`, 'x-request-id': canary } })).text,
      )
    }
  })
})
