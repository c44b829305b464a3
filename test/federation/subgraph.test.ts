import { createHmac } from 'node:crypto'
import canonicalize from 'canonicalize'
import { parse } from 'graphql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signGrant } from '../../src/federation/grantToken.ts'
import { routerOf } from '../../src/federation/routerSignature.ts'
import { proofHeader } from '../../src/federation/senderProof.ts'
import type { RunningSubgraph } from '../../src/federation/subgraphHttp.ts'
import { agencySubgraphSdl } from '../../src/federation/subgraphSdl.ts'
import { startAgencySubgraph } from '../../src/federation/subgraphServer.ts'
import type { AgencyName } from '../../src/foundation/agencies.ts'
import { freePort } from '../../src/main.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { maskOf } from '../../src/policy/labels.ts'
import { contract } from '../../src/sources/police.ts'
import { type MemorySource, memorySource, modelOf, sdlOf, testLog } from './support/agency.ts'
import { frozenClock, gatewayIssuer, grantFor, routerSecret, type TestGateway, testGateway } from './support/gateway.ts'
import { policeRecords } from './support/records.ts'

const time = frozenClock()
const computed = {
  Crime: { daysToShare: { from: ['eventAt', 'sharedAt'], value: () => 7 } },
}
const log = testLog()
let gateway: TestGateway
let source: MemorySource
let subgraph: RunningSubgraph

beforeAll(async () => {
  gateway = await testGateway(time.clock)
  source = memorySource('police', policeRecords, [
    { list: 'crimes', service: 'POLICE', count: 1, latest: '2026-09-02T10:00:00Z' },
  ])
  const address = new URL(`http://127.0.0.1:${await freePort('127.0.0.1')}/graphql`)
  subgraph = await startAgencySubgraph({
    agency: 'police',
    source,
    sdl: agencySubgraphSdl('police', sdlOf('shared'), sdlOf('police')),
    model: modelOf(contract, computed),
    issuer: gatewayIssuer,
    keys: { set: gateway.jwks },
    router: routerOf(routerSecret),
    address,
    clock: time.clock,
    host: '127.0.0.1',
    port: Number(address.port),
    log,
    readOperation: (text) => parse(text),
  })
})

beforeEach(() => {
  source.calls.length = 0
  log.lines.length = 0
})
afterEach(() => {
  source.fault = null
})
afterAll(() => subgraph.close())

interface Answer {
  readonly data?: { readonly _entities?: readonly unknown[] } | null
  readonly errors?: readonly {
    readonly path?: readonly unknown[]
    readonly message: string
    readonly extensions: { readonly code: string }
  }[]
}

type Headers = Readonly<Record<string, string>>

/** @param headersFor what goes with a body: the gateway's own proof, unless said otherwise. */
const ask = async (
  representations: unknown,
  selection = 'missingEpisodes { id grade }',
  headersFor: (body: string) => Headers | Promise<Headers> = (body) => proven(body),
  change: (body: string) => string = (body) => body,
) => {
  const body = JSON.stringify({
    query: `query ($representations: [_Any!]!) { _entities(representations: $representations) { ... on Child { id police { ${selection} } } } }`,
    variables: { representations },
  })
  const response = await fetch(subgraph.url, {
    method: 'POST',
    headers: { 'content-type': 'application/json', ...(await headersFor(body)) },
    body: change(body),
  })
  // The form is what the assertions below are about.
  return (await response.json()) as Answer
}

const proven = (body: string): Promise<Headers> => gateway.proven('police', new URL(subgraph.url), body)

const child = async (id: string, changes: Partial<Grant> = {}, agency: AgencyName = 'police', of = id) => ({
  __typename: 'Child',
  id,
  policeGrants: [await signGrant(grantFor(agency, of, changes), gateway.signer.kid, gateway.signer)],
})

describe('an agency in its own process', () => {
  it('answers for all children of a call with one fetch of what was asked', async () => {
    const answer = await ask([await child('C04'), await child('C05')])
    expect(answer).toEqual({
      data: {
        _entities: [
          {
            id: 'C04',
            police: {
              missingEpisodes: [
                { id: 'police:m1', grade: 'MEDIUM' },
                { id: 'police:m2', grade: 'MEDIUM' },
              ],
            },
          },
          { id: 'C05', police: { missingEpisodes: [{ id: 'police:m3', grade: 'MEDIUM' }] } },
        ],
      },
    })
    expect(source.calls).toHaveLength(1)
    expect(source.calls[0]?.selection.lists).toEqual(new Map([['missingEpisodes', new Set(['grade'])]]))
  })

  it('computes, tells provenance and what is withheld as in one process', async () => {
    const answer = await ask(
      [await child('C04')],
      'state holdings { list service count latest } withheld { reason category contact } crimes { daysToShare otherParty sensitivity provenance { system sourceRecordId recordedAt supersedes } }',
    )
    expect(answer.data?._entities).toEqual([
      {
        id: 'C04',
        police: {
          state: 'PARTIAL',
          holdings: [{ list: 'crimes', service: 'POLICE', count: 1, latest: '2026-09-02T10:00:00Z' }],
          withheld: [{ reason: 'W_ROLE', category: 'POLICE_INTELLIGENCE', contact: null }],
          crimes: [
            {
              daysToShare: 7,
              otherParty: 'CHILD-~AAAAAAAAAAAAAAAA',
              sensitivity: ['POLICE_RECORD'],
              provenance: {
                system: contract.system,
                sourceRecordId: 'c1',
                recordedAt: '2026-09-02T10:00:00Z',
                supersedes: 'police:c0',
              },
            },
          ],
        },
      },
    ])
  })

  it('checks each field against the grant again, whatever the source gave', async () => {
    const answer = await ask([await child('C04')], 'missingEpisodes { foundWith } intelligence { text }')
    expect(JSON.stringify(answer)).not.toContain('never to be seen')
    expect(answer.data?._entities).toEqual([
      { id: 'C04', police: { missingEpisodes: [{ foundWith: null }, { foundWith: null }], intelligence: null } },
    ])
  })

  it('reads nothing for a child of whom the agency has no person', async () => {
    const answer = await ask([await child('C04', { persons: [] })])
    expect(answer.data?._entities).toEqual([{ id: 'C04', police: { missingEpisodes: [] } }])
  })

  it('joins what aliases ask of one child', async () => {
    const answer = await ask([await child('C04')], 'missingEpisodes { id } } more: police { crimes { offence }')
    expect(answer.errors).toBeUndefined()
    expect(source.calls).toHaveLength(1)
  })

  it('keeps two grants for one child apart', async () => {
    const none = maskOf(['CORE_IDENTITY'])
    const answer = await ask(
      [await child('C04'), await child('C04', { headline: none, content: none, redact: 0 })],
      'crimes { offence }',
    )
    expect(answer.data?._entities).toEqual([
      { id: 'C04', police: { crimes: [{ offence: 'Theft from shop' }] } },
      { id: 'C04', police: { crimes: [] } },
    ])
    expect(source.calls).toHaveLength(2)
  })

  it('logs what it released by the ids of grants, and no person, token or record', async () => {
    await ask([await child('C04')])
    const text = JSON.stringify(log.lines)
    expect(text).toContain('"message":"released"')
    for (const secret of ['C04', 'police-C04', 'm1', 'MEDIUM', 'Bearer']) expect(text).not.toContain(secret)
  })
})

describe('without a grant of its own an agency reads nothing', () => {
  const codes = (answer: Answer) => answer.errors?.map((error) => error.extensions.code)

  it('when there is none', async () => {
    const answer = await ask([{ __typename: 'Child', id: 'C04' }])
    expect(answer.data).toEqual({ _entities: [null] })
    expect(codes(answer)).toEqual(['GRANT_REQUIRED'])
    expect(source.calls).toEqual([])
  })

  const proofOf = async (agency: string, url: string, body: string) => gateway.proven(agency, new URL(url), body)
  it.each<
    [string, () => Promise<object>, ((body: string) => Headers | Promise<Headers>)?, ((body: string) => string)?]
  >([
    ["with another agency's", () => child('C04', {}, 'health')],
    ["with another child's", () => child('C04', {}, 'police', 'C05')],
    ['with a grant that is no text', async () => ({ __typename: 'Child', id: 'C04', policeGrants: [{ sub: 'C04' }] })],
    ['from nobody', () => child('C04'), () => ({})],
    [
      'from whoever has a caller’s token',
      () => child('C04'),
      () => ({ authorization: 'Bearer header.payload.signature' }),
    ],
    ['with a proof for another agency', () => child('C04'), (body) => proofOf('health', subgraph.url, body)],
    [
      'with a proof for another address',
      () => child('C04'),
      (body) => proofOf('police', 'https://x.example/graphql', body),
    ],
    ['with a proof of another body', () => child('C04'), (body) => proofOf('police', subgraph.url, `${body} `)],
    ['with a body that was changed on its way', () => child('C04'), proven, (body) => body.replace('grade', 'kind')],
    [
      'with a grant in place of the proof',
      () => child('C04'),
      async () => ({ [proofHeader]: (await child('C04')).policeGrants[0] ?? '' }),
    ],
    [
      'with two proofs',
      () => child('C04'),
      async (body) => {
        const one = (await proven(body))[proofHeader] ?? ''
        return { [proofHeader]: `${one}, ${one}` }
      },
    ],
    [
      'with a proof by another key',
      () => child('C04'),
      async (body) => (await testGateway(time.clock)).proven('police', new URL(subgraph.url), body),
    ],
    [
      'with a router’s signature under the gateway’s own grant',
      () => child('C04'),
      () => ({}),
      (body) => signedByRouter(body, routerSecret),
    ],
  ])('%s', async (_, representation, headers = proven, change = (body) => body) => {
    const answer = await ask([await representation()], undefined, headers, change)
    expect(answer.data).toEqual({ _entities: [null] })
    expect(codes(answer)).toEqual(['GRANT_REFUSED'])
    expect(source.calls).toEqual([])
  })

  it('with a proof that was used before', async () => {
    let proof: Headers = {}
    const representation = await child('C04')
    const keep = async (body: string) => {
      proof = Object.keys(proof).length > 0 ? proof : await proven(body)
      return proof
    }
    expect(codes(await ask([representation], undefined, keep))).toBeUndefined()
    expect(codes(await ask([representation], undefined, keep))).toEqual(['GRANT_REFUSED'])
    expect(source.calls).toHaveLength(1)
  })

  it('with a proof that has run out, beside a grant that has not', async () => {
    let proof: Headers = {}
    const body = JSON.stringify({ query: '{ __typename }' })
    proof = await proven(body)
    time.forward(70)
    const answer = await ask([await child('C04')], undefined, () => proof)
    expect(codes(answer)).toEqual(['GRANT_REFUSED'])
  })

  it('with an expired one', async () => {
    const old = await child('C04')
    time.forward(120)
    const answer = await ask([old])
    expect(codes(answer)).toEqual(['GRANT_REFUSED'])
    expect(source.calls).toEqual([])
  })

  it('and one bad representation costs only itself', async () => {
    const answer = await ask([await child('C04', {}, 'health'), await child('C05'), { __typename: 'Child', id: 'C12' }])
    expect(answer.data?._entities).toEqual([
      null,
      { id: 'C05', police: { missingEpisodes: [{ id: 'police:m3', grade: 'MEDIUM' }] } },
      null,
    ])
    expect(answer.errors?.map((error) => [error.path?.[1], error.extensions.code])).toEqual([
      [0, 'GRANT_REFUSED'],
      [2, 'GRANT_REQUIRED'],
    ])
    expect(source.calls[0]?.grants.map((grant) => grant.childId)).toEqual(['C05'])
  })

  it.each([
    ['a type that is no entity', [{ __typename: 'PoliceRecord', police: {} }], 'BAD_INPUT'],
    ['a type of federation itself', [{ __typename: '_Service' }], 'BAD_INPUT'],
    [
      'more children than may be asked for',
      Array.from({ length: 101 }, () => ({ __typename: 'Child', id: 'C04' })),
      'OPERATION_TOO_LARGE',
    ],
  ])('nor with %s', async (_, representations, code) => {
    const answer = await ask(representations)
    expect(codes(answer)).toEqual([code])
    expect(source.calls).toEqual([])
  })

  it('and gives the grant back to nobody', async () => {
    const body = JSON.stringify({
      query: 'query ($r: [_Any!]!) { _entities(representations: $r) { ... on Child { policeGrants } } }',
      variables: { r: [await child('C04')] },
    })
    const response = await fetch(subgraph.url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...(await proven(body)) },
      body,
    })
    expect(await response.json()).toEqual({ data: { _entities: [{ policeGrants: null }] } })
  })
})

/** As Hive Gateway signs what it sends: see `test/federation/hive.test.ts` for the real one. */
const signedByRouter = (body: string, secret: string): string => {
  const { query, variables } = JSON.parse(body)
  const signature = createHmac('sha256', secret)
    .update(canonicalize({ query, variables }) ?? '')
    .digest('base64')
  return JSON.stringify({ query, variables, extensions: { 'hmac-signature': signature } })
}

describe('a grant for a router', () => {
  const routers = async (sender: string) => ({
    __typename: 'Child',
    id: 'C04',
    policeGrants: [await signGrant(grantFor('police', 'C04'), sender, gateway.signer)],
  })
  const codes = (answer: Answer) => answer.errors?.map((error) => error.extensions.code)
  const { sender } = routerOf(routerSecret)

  it('is opened from that router', async () => {
    const answer = await ask(
      [await routers(sender)],
      undefined,
      () => ({}),
      (body) => signedByRouter(body, routerSecret),
    )
    expect(codes(answer)).toBeUndefined()
    expect(source.calls).toHaveLength(1)
  })

  it.each<[string, (body: string) => string]>([
    ['whoever does not sign', (body) => body],
    ['whoever has another secret', (body) => signedByRouter(body, `${routerSecret}!`)],
    ['whoever changes what was signed', (body) => signedByRouter(body, routerSecret).replace('grade', 'kind')],
    ['whoever sends half a signature', (body) => signedByRouter(body, routerSecret).replace(/.{8}="\}\}$/, '"}}')],
  ])('is refused from %s', async (_, change) => {
    const answer = await ask([await routers(sender)], undefined, () => ({}), change)
    expect(codes(answer)).toEqual(['GRANT_REFUSED'])
    expect(source.calls).toEqual([])
  })

  it('is refused from the gateway itself, which was not named', async () => {
    expect(codes(await ask([await routers(sender)]))).toEqual(['GRANT_REFUSED'])
  })
})

describe('what an agency’s door is made of', () => {
  it('answers a failed source with a code, and no word of the failure', async () => {
    source.fault = new Error('relation police.nominal for Dawid does not exist')
    const answer = await ask([await child('C04'), await child('C05')])
    expect(answer.data?._entities).toEqual([
      { id: 'C04', police: null },
      { id: 'C05', police: null },
    ])
    expect(answer.errors?.map((error) => error.extensions.code)).toEqual(['SOURCE_UNAVAILABLE', 'SOURCE_UNAVAILABLE'])
    expect(JSON.stringify(answer)).not.toContain('Dawid')
  })

  it.each([
    [
      'a page’s form',
      { method: 'POST', headers: { 'content-type': 'text/plain' }, body: '{"query":"{ __typename }"}' },
      415,
    ],
    ['a link', { method: 'GET' }, 405],
    ['what is not JSON', { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{' }, 400],
    [
      'a field that is not there',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: '{"query":"{ child { id } }"}' },
      400,
    ],
    [
      'a body without end',
      { method: 'POST', headers: { 'content-type': 'application/json' }, body: ' '.repeat(5_000_000) },
      413,
    ],
  ])('refuses %s', async (_, init, status) => {
    expect((await fetch(subgraph.url, init)).status).toBe(status)
  })

  it('says whether it is ready', async () => {
    const ready = () => fetch(new URL('/health/ready', subgraph.url)).then((response) => response.status)
    expect(await ready()).toBe(200)
    source.fault = new Error('down')
    expect(await ready()).toBe(503)
  })
})
