import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { fileURLToPath } from 'node:url'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import { unifiedGraphHandler } from '@graphql-hive/router-runtime'
import { parse } from 'graphql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { coreSchema } from '../../src/federation/coreSubgraph.ts'
import { routerOf } from '../../src/federation/routerSignature.ts'
import { subgraphEngine } from '../../src/federation/subgraphEngine.ts'
import { formatSubgraphError } from '../../src/federation/subgraphErrors.ts'
import { readSubgraphSdls } from '../../src/federation/subgraphFiles.ts'
import { type RunningSubgraph, startSubgraphHttp } from '../../src/federation/subgraphHttp.ts'
import { startAgencySubgraph } from '../../src/federation/subgraphServer.ts'
import { composeSupergraph } from '../../src/federation/supergraph.ts'
import { type AgencyName, agencies, eachAgency } from '../../src/foundation/agencies.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { type MemorySource, memorySource, modelOf, testLog, testScalars } from './support/agency.ts'
import { frozenClock, gatewayIssuer, grantFor, routerSecret, testGateway } from './support/gateway.ts'
import { policeRecords, socialCareRecords } from './support/records.ts'

const modules = await loadAgencies()
const records = { ...eachAgency(() => ({})), police: policeRecords, socialCare: socialCareRecords }
const sources = new Map<AgencyName, MemorySource>()
const subgraphs: RunningSubgraph[] = []
const { clock } = frozenClock()
let supergraph = ''
const authorization = 'Bearer header.payload.signature'
/** Which subgraph was sent which token. */
const tokens: string[] = []
const urls: Record<string, string> = {}

const grantsOf = (id: string): Record<AgencyName, Grant> => eachAgency((agency) => grantFor(agency, id))
const childOf = (id: string) => ({ id, asOf: '2026-11-20T23:59:59Z', purpose: 'MASH_ENQUIRY', grants: grantsOf(id) })

beforeAll(async () => {
  const gateway = await testGateway(clock)
  const sdls = await readSubgraphSdls(fileURLToPath(new URL('../../schema', import.meta.url)))
  const http = { host: '127.0.0.1', port: 0, log: testLog(), readOperation: (text: string) => parse(text) }
  for (const agency of agencies) {
    const source = memorySource(agency, records[agency])
    sources.set(agency, source)
    const subgraph = await startAgencySubgraph({
      ...http,
      agency,
      source,
      sdl: sdls[agency],
      model: modelOf(modules[agency].contract),
      issuer: gatewayIssuer,
      keys: { set: gateway.jwks },
      router: routerOf(routerSecret),
      clock,
    })
    subgraphs.push(subgraph)
    urls[agency] = subgraph.url
  }
  const coreEngine = subgraphEngine({
    schema: coreSchema({
      sdl: sdls.core,
      resolvers: {
        ...testScalars,
        Query: {
          child: (_: unknown, { id }: { id: string }) => childOf(id),
          children: (_: unknown, { ids }: { ids: string[] }) => ids.map(childOf),
        },
      },
      signer: gateway.signer,
      sender: routerOf(routerSecret).sender,
      holdersOf: () => [],
      open: async () => null,
    }),
    readOperation: http.readOperation,
    introspection: true,
  })
  const core = await startSubgraphHttp({
    ...http,
    tls: null,
    ready: async () => true,
    // As the gateway does after it has verified the token, which comes this far and no further.
    answer: async ({ request, requestId, operation }) => {
      if (request.headers.authorization !== authorization) throw new Refusal('UNAUTHENTICATED')
      const { data, errors = [] } = await coreEngine(operation, {})
      return { data, errors: errors.map((error) => formatSubgraphError(error, requestId, http.log)) }
    },
  })
  subgraphs.push(core)
  urls['core'] = core.url
  const composed = composeSupergraph(sdls, urls)
  if ('problems' in composed) throw new Error(composed.problems.join('\n'))
  supergraph = composed.supergraphSdl
})
afterAll(() => Promise.all(subgraphs.map((subgraph) => subgraph.close())))

describe.each([
  ['with its own planner', {}],
  ['with its Rust planner', { unifiedGraphHandler }],
])('Hive Gateway, unchanged, %s', (_, planner) => {
  let server: Server
  let router: ReturnType<typeof createGatewayRuntime>
  let url = ''

  beforeAll(async () => {
    router = createGatewayRuntime({
      ...planner,
      supergraph,
      logging: false,
      maskedErrors: false,
      landingPage: false,
      hmacSignature: { secret: routerSecret },
      plugins: () => [
        {
          onFetch: ({ url, options }) => {
            const name = Object.keys(urls).find((each) => urls[each] === url)
            tokens.push(`${name} ${new Headers(options.headers).get('authorization')}`)
          },
        },
      ],
      propagateHeaders: {
        fromClientToSubgraphs: ({ request, subgraphName }) =>
          subgraphName.toLowerCase() === 'core' ? { authorization: request.headers.get('authorization') ?? '' } : {},
      },
    })
    server = createServer(router)
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an address of this form.
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/graphql`
  })
  beforeEach(() => {
    for (const source of sources.values()) source.calls.length = 0
  })
  afterEach(() => {
    for (const source of sources.values()) source.fault = null
  })
  // The runtime does not stop by itself.
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await router[Symbol.asyncDispose]()
  })

  const ask = async (query: string, headers: Record<string, string> = { authorization }) => {
    const response = await fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/json', ...headers },
      body: JSON.stringify({ query }),
    })
    // The form is what the assertions below are about.
    return (await response.json()) as { data?: unknown; errors?: { message: string; extensions?: { code?: string } }[] }
  }

  const view = `{ children(ids: ["C04", "C05", "C12"]) { id purpose
    police { missingEpisodes { id grade foundWith provenance { recordedAt system } } }
    socialCare { meetings { type invitees { agency } } } } }`

  const episode = (id: string, recordedAt: string) => ({
    id: `police:${id}`,
    grade: 'MEDIUM',
    foundWith: null,
    provenance: { recordedAt, system: modules.police.contract.system },
  })
  const m1 = episode('m1', '2026-10-01T23:30:00Z')
  const m2 = episode('m2', '2026-10-09T23:30:00Z')
  const m3 = episode('m3', '2026-10-05T23:30:00Z')
  const meetings = [
    { type: 'STRATEGY_DISCUSSION', invitees: [{ agency: 'EDUCATION' }, { agency: 'HEALTH' }] },
    { type: 'STRATEGY_DISCUSSION', invitees: [{ agency: 'POLICE' }, { agency: 'EDUCATION' }] },
  ]
  const purpose = 'MASH_ENQUIRY'

  it('joins the agencies, asking each once for all children', async () => {
    expect(await ask(view)).toEqual({
      data: {
        children: [
          { id: 'C04', purpose, police: { missingEpisodes: [m1, m2] }, socialCare: { meetings } },
          { id: 'C05', purpose, police: { missingEpisodes: [m3] }, socialCare: { meetings: [] } },
          { id: 'C12', purpose, police: { missingEpisodes: [] }, socialCare: { meetings: [] } },
        ],
      },
    })
    expect(sources.get('police')?.calls).toHaveLength(1)
    expect(sources.get('socialCare')?.calls).toHaveLength(1)
    expect(sources.get('health')?.calls).toEqual([])
  })

  it('costs only the part of an agency that fails', async () => {
    const store = sources.get('police')
    if (store) store.fault = new Error('down')
    const answer = await ask(view)
    expect(answer.data).toMatchObject({
      children: [{ police: null, socialCare: { meetings } }, { police: null }, { police: null }],
    })
    expect(answer.errors?.map((error) => error.extensions?.code)).toContain('SOURCE_UNAVAILABLE')
  })

  it('can be asked for no grant', async () => {
    const answer = await ask('{ child(id: "C04") { policeGrants } }')
    expect(answer.data).toBeFalsy()
    expect(answer.errors).toHaveLength(1)
  })

  it('hands the caller’s token to the core and to no agency', async () => {
    tokens.length = 0
    await ask(view)
    expect(tokens).toContain(`core ${authorization}`)
    expect(tokens.filter((seen) => !seen.startsWith('core')).sort()).toEqual(['police null', 'socialCare null'])
  })

  it('gets nothing from anybody when the caller’s token is left out', async () => {
    const answer = await ask('{ child(id: "C04") { police { missingEpisodes { id } } } }', {})
    expect((answer.data as { child?: unknown } | null | undefined)?.child ?? null).toBeNull()
    expect(sources.get('police')?.calls).toEqual([])
  })
})
