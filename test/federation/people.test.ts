import { parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { PeoplePage } from '../../src/federation/peopleEndpoint.ts'
import { proofHeader, signSenderProof } from '../../src/federation/senderProof.ts'
import type { RunningSubgraph } from '../../src/federation/subgraphHttp.ts'
import { agencySubgraphSdl } from '../../src/federation/subgraphSdl.ts'
import { startAgencySubgraph } from '../../src/federation/subgraphServer.ts'
import { freePort } from '../../src/main.ts'
import { subgraphPeople, type ToldPerson } from '../../src/sources/bindings/subgraph/people.ts'
import { contract } from '../../src/sources/police.ts'
import { memorySource, modelOf, sdlOf, testLog } from './support/agency.ts'
import { frozenClock, gatewayIssuer, type TestGateway, testGateway } from './support/gateway.ts'

const person = (localId: string, holder = 'F4'): ToldPerson => ({
  ...{ localId, holder, isProtected: false, hasProtectedPlace: false, ownNumbers: [] },
  described: {
    ...{ given: 'Oda', middle: null, family: 'Prell', birth: '2015-03-04', expected: null, sex: 'F', upn: null },
    ...{ nhsNumber: null, nhsVerified: false, postcode: 'ZZ5 3HS', otherFamily: [], previousPostcodes: [] },
  },
})
const pages: Readonly<Record<string, PeoplePage>> = {
  first: { people: [person('1'), person('9', 'F1')], next: 'second' },
  second: { people: [person('2')], next: null },
}

const time = frozenClock()
const log = testLog()
const read: (string | null)[] = []
let gateway: TestGateway
let address: URL
let subgraph: RunningSubgraph

beforeAll(async () => {
  gateway = await testGateway(time.clock)
  address = new URL(`http://127.0.0.1:${await freePort('127.0.0.1')}/graphql`)
  subgraph = await startAgencySubgraph({
    ...{ agency: 'police', holder: 'F4', source: memorySource('police', {}) },
    people: async (after) => {
      read.push(after)
      return pages[after ?? 'first']
    },
    sdl: agencySubgraphSdl('police', sdlOf('shared'), sdlOf('police')),
    model: modelOf(contract),
    ...{ issuer: gatewayIssuer, keys: { set: gateway.jwks }, address, clock: time.clock, log },
    ...{ host: '127.0.0.1', port: Number(address.port), readOperation: (text) => parse(text) },
  })
})
beforeEach(() => {
  read.length = 0
  log.lines.length = 0
})
afterAll(() => subgraph.close())

type Prove = (url: URL, body: string) => Promise<Readonly<Record<string, string>>>
const provenFor =
  (agency: string, by = () => gateway): Prove =>
  async (url, body) => ({ [proofHeader]: await signSenderProof({ agency, url, body }, by().signer) })

const all = async (prove: Prove, holder: string | null = 'F4') => {
  const ids: string[] = []
  const options = {
    url: address,
    holder,
    holders: holder === null ? [] : [holder],
    prove,
    signal: () => AbortSignal.timeout(5000),
  }
  for await (const page of subgraphPeople(options)) ids.push(...page.map(({ localId }) => localId))
  return ids
}

describe('whom a process at a holder knows', () => {
  it('is told to the gateway page by page, of this holder alone, and stands in the log without a name', async () => {
    expect(await all(provenFor('people/police/F4'))).toEqual(['1', '2'])
    expect(read).toEqual([null, 'second'])
    expect(log.lines).toHaveLength(2)
    expect(JSON.stringify(log.lines)).toContain('1 people of F4')
    expect(JSON.stringify(log.lines)).not.toMatch(/Prell|2015/)
  })

  it.each<[string, Prove]>([
    ['without a proof', async () => ({})],
    ['by a proof for its records', provenFor('police')],
    ['by a proof for another holder', provenFor('people/police/F1')],
    ['by a proof for the whole kind', provenFor('people/police')],
    ['by a proof over another address', (_, body) => provenFor('people/police/F4')(address, body)],
    ['by a proof over another body', (url) => provenFor('people/police/F4')(url, '{"holder":"F4","after":"x"}')],
  ])('is told to nobody %s', async (_, prove) => {
    await expect(all(prove)).rejects.toThrow()
    expect(read).toEqual([])
  })

  it('is told to nobody by a key that is not the gateway’s', async () => {
    const stranger = await testGateway(time.clock)
    await expect(all(provenFor('people/police/F4', () => stranger))).rejects.toThrow()
    expect(read).toEqual([])
  })

  it('is told of no holder but its own, whatever the gateway signs', async () => {
    await expect(all(provenFor('people/police/F1'), 'F1')).rejects.toThrow()
    await expect(all(provenFor('people/police'), null)).rejects.toThrow()
    expect(read).toEqual([])
  })

  it('is told once for a proof, and not after its minute', async () => {
    const url = new URL('/people', address)
    const body = JSON.stringify({ holder: 'F4', after: null })
    const post = async (headers: Readonly<Record<string, string>>) =>
      (await fetch(url, { method: 'POST', headers: { 'content-type': 'application/json', ...headers }, body })).status
    const headers = await provenFor('people/police/F4')(url, body)
    expect([await post(headers), await post(headers)]).toEqual([200, 400])
    const late = await provenFor('people/police/F4')(url, body)
    time.forward(70)
    expect(await post(late)).toBe(400)
    expect(read).toEqual([null])
  })

  it('stands in no schema', () => {
    expect(agencySubgraphSdl('police', sdlOf('shared'), sdlOf('police'))).not.toMatch(/\bpeople\(/)
  })
})

describe('what such a process tells', () => {
  const told = async (...answers: readonly unknown[]) => {
    const { createServer } = await import('node:http')
    let at = 0
    const server = createServer((_, response) => {
      response.setHeader('content-type', 'application/json')
      response.end(JSON.stringify(answers[Math.min(at++, answers.length - 1)]))
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    const bound = server.address()
    const port = typeof bound === 'object' && bound ? bound.port : 0
    const found: ToldPerson[] = []
    try {
      const url = new URL(`http://127.0.0.1:${port}/graphql`)
      const options = {
        url,
        holder: null,
        holders: ['F4'],
        prove: async () => ({}),
        signal: () => AbortSignal.timeout(5000),
      }
      for await (const page of subgraphPeople(options)) found.push(...page)
    } finally {
      server.close()
    }
    return found
  }

  it('loses a value of the wrong make alone', async () => {
    const { described, ...entry } = person('1')
    const odd = { ...described, birth: 20150304, otherFamily: ['Kiss', 7], nhsVerified: 'yes' }
    expect(await told({ holders: ['F4'], people: [{ ...entry, described: odd }], next: null })).toEqual([
      { ...entry, described: { ...described, birth: null, otherFamily: ['Kiss'] } },
    ])
  })

  it.each([
    ['pages that go round', { holders: ['F4'], people: [], next: 'again' }],
    ['a person without an id', { holders: ['F4'], people: [{ ...person('1'), localId: '' }], next: null }],
    [
      'a person of whom it is not said whether they must not be found',
      { holders: ['F4'], people: [{ ...person('1'), hasProtectedPlace: null }], next: null },
    ],
    ['a holder left out', { holders: ['F1'], people: [], next: null }],
    ['an error', { errors: [{ message: 'no' }] }],
  ])('is no list of people with %s', async (_, answer) => {
    await expect(told(answer)).rejects.toThrow()
  })
})
