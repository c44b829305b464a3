import { mkdtempSync, writeFileSync } from 'node:fs'
import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { createGatewayRuntime } from '@graphql-hive/gateway-runtime'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { authorities, contacts, forces, holders } from '../../seeds/authoritiesAndForces.ts'
import { loadCatalogue } from '../../src/composition/catalogue.ts'
import { composeSupergraph, openSubgraph } from '../../src/composition/gateway.ts'
import { peopleBehindSubgraphs } from '../../src/composition/subgraphPeople.ts'
import { readConfig } from '../../src/foundation/config.ts'
import type { Holder } from '../../src/foundation/holder.ts'
import { freePort } from '../../src/main.ts'
import type { RunningSubgraph } from '../../src/server/gatewayTypes.ts'
import { post, startTestGateway, type TestGateway } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, type TestDatabase } from '../support/postgres.ts'

const folder = mkdtempSync(join(tmpdir(), 'holder-processes-'))
const named: readonly Holder[] = holders.map((holder) =>
  holder.id === 'F1' || holder.id === 'F4'
    ? { ...holder, binding: { type: 'subgraph', server: `force-${holder.id}` } }
    : holder,
)
const file = join(folder, 'registry.json')
writeFileSync(file, JSON.stringify({ authorities, forces, contacts, holders: named }))

const query = `{ child(id: "C04") { police { missingEpisodes { id eventAt grade provenance { force } } crimes { id offence } }
  missing { total { value completeness without { holder state } } } sources { agency state } } }`

let here: TestGateway
let there: TestGateway
const processes = new Map<string, RunningSubgraph>()
const secret = 'a secret of a router and its agencies'
let supergraph = ''
let router: ReturnType<typeof createGatewayRuntime>
let server: Server

/** A holder's records are in a database of its own: on the run's PostgreSQL, or embedded in its data folder. */
const databases: TestDatabase[] = []
const ownDatabase = async (): Promise<{ DATABASE_URL?: string }> => {
  if (!hasPostgres()) return {}
  const database = await createTestDatabase()
  databases.push(database)
  return { DATABASE_URL: database.url }
}

beforeAll(async () => {
  const port = await freePort('127.0.0.1')
  for (const id of ['F1', 'F4']) {
    const config = readConfig({
      DEMONSTRATION: 'on',
      DATA_DIR: join(folder, id),
      ...(await ownDatabase()),
      GATEWAY_JWKS: `http://127.0.0.1:${port}/.well-known/jwks.json`,
      LOG_LEVEL: 'silent',
      PORT: '0',
    })
    processes.set(id, await openSubgraph(config, id, 0))
  }
  const url = (id: string): string => processes.get(id)?.url ?? ''
  here = await startTestGateway()
  const forces = { HOLDER_FORCE_F1_URL: url('F1'), HOLDER_FORCE_F4_URL: url('F4') }
  there = await startTestGateway({ PORT: String(port), REGISTRY_FILE: file, ...forces })
  // The gateway's side of a router: core and police, with the gateway's keys. The police's process knows the forces'.
  for (const name of ['police', 'core']) {
    const config = readConfig({
      ...{ DEMONSTRATION: 'on', LOG_LEVEL: 'silent', PORT: '0', ROUTER_SECRET: secret, REGISTRY_FILE: file, ...forces },
      DATA_DIR: join(folder, name),
      ...(await ownDatabase()),
      KEYS_DIR: join(there.dataDir, 'keys'),
      GATEWAY_JWKS: `http://127.0.0.1:${port}/.well-known/jwks.json`,
    })
    processes.set(name, await openSubgraph(config, name, 0))
  }
  const composed = await composeSupergraph(
    readConfig({ DEMONSTRATION: 'on', POLICE_SUBGRAPH_URL: url('police'), DATA_DIR: folder }),
  )
  if ('problems' in composed) throw new Error(composed.problems.join())
  supergraph = composed.sdl.replace(/http:\/\/127\.0\.0\.1:4100\/graphql/, url('core'))
  router = createGatewayRuntime({
    ...{ supergraph, logging: false, maskedErrors: false, landingPage: false, hmacSignature: { secret } },
    propagateHeaders: {
      fromClientToSubgraphs: ({ request, subgraphName }) =>
        subgraphName.toLowerCase() === 'core' ? { authorization: request.headers.get('authorization') ?? '' } : {},
    },
  })
  server = createServer(router)
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
}, 180_000)
afterAll(async () => {
  server?.closeAllConnections()
  server?.close()
  await router?.[Symbol.asyncDispose]()
  await Promise.all([...processes.values()].map((one) => one.close()))
  await Promise.all([here?.close(), there?.close()])
  for (const database of databases) await database.drop()
})
const askRouter = async () => {
  // A server that listens on a port has an address of this form.
  const { port } = server.address() as AddressInfo
  return post(`http://127.0.0.1:${port}`, await there.token('mash-analyst'), query)
}

describe('two forces in two processes', () => {
  it('tell the gateway whom they know, each its own people, as their tables do in this one', async () => {
    const config = readConfig({
      ...{ DEMONSTRATION: 'on', PORT: new URL(there.url).port, REGISTRY_FILE: file, DATA_DIR: folder },
      ...{ HOLDER_FORCE_F1_URL: processes.get('F1')?.url, HOLDER_FORCE_F4_URL: processes.get('F4')?.url },
      KEYS_DIR: join(there.dataDir, 'keys'),
    })
    const { registry } = await loadCatalogue(config)
    const told = peopleBehindSubgraphs(registry, config)
    expect(told.map(({ holders }) => holders)).toEqual([['F1'], ['F4']])
    for (const { holders, pages } of told) {
      const people = []
      for await (const page of pages()) people.push(...page)
      expect(people.length).toBeGreaterThan(2)
      expect(new Set(people.map(({ holder }) => holder))).toEqual(new Set(holders))
      expect(people.every(({ person }) => person.family !== '')).toBe(true)
    }
    // Keys of anybody else.
    const stranger = { ...config, keysDir: join(here.dataDir, 'keys') }
    for (const { pages } of peopleBehindSubgraphs(registry, stranger))
      await expect(pages()[Symbol.asyncIterator]().next()).rejects.toThrow()
  })

  it('answer as they do in this one', async () => {
    const [one, other] = [await here.ask('mash-analyst', query), await there.ask('mash-analyst', query)]
    expect(other.errors, other.text).toEqual([])
    expect(other.data).toEqual(one.data)
    expect(JSON.stringify(other.data)).toContain('F4:')
  })

  it('answer behind a router as they do in one process, each handed its own grant', async () => {
    const [one, routed] = [await here.ask('mash-analyst', query), await askRouter()]
    expect(routed.errors, routed.text).toEqual([])
    expect(routed.data).toEqual(one.data)
    expect(supergraph).toMatch(/policeGrants: \[String!\][^\n]*@inaccessible/)
  })

  it('open no grant that is another’s', async () => {
    const { data } = await there.ask('mash-analyst', query)
    expect(JSON.stringify(data)).toContain('"completeness":"WHOLE"')
    // Force 1's address under Force 4's name: what is signed for the one is refused by the other.
    const crossed = await startTestGateway({
      REGISTRY_FILE: file,
      HOLDER_FORCE_F1_URL: processes.get('F1')?.url ?? '',
      HOLDER_FORCE_F4_URL: processes.get('F1')?.url ?? '',
    })
    try {
      const answer = await crossed.ask('mash-analyst', query)
      expect(answer.text).not.toContain('F4:')
      expect(answer.text).toContain('"holder":"F4","state":"UNAVAILABLE"')
    } finally {
      await crossed.close()
    }
  })

  it('cost their own part alone', async () => {
    await processes.get('F4')?.close()
    processes.delete('F4')
    const { data, text } = await there.ask('mash-analyst', query)
    const child = data?.['child'] as unknown as {
      police: { missingEpisodes: unknown[] }
      missing: { total: { completeness: string; without: unknown[] } }
    }
    expect(child?.police.missingEpisodes, text).toHaveLength(39)
    expect(child?.missing.total.completeness).toBe('AT_LEAST')
    expect(child?.missing.total.without).toEqual([{ holder: 'F4', state: 'UNAVAILABLE' }])
    const routed = (await askRouter()).data?.['child'] as unknown as { police: { missingEpisodes: unknown[] } }
    expect(routed.police.missingEpisodes).toHaveLength(39)
  })
})
