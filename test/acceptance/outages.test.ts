import { createServer, type RequestListener, type Server } from 'node:http'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { freePort } from '../../src/main.ts'
import type { AgencySource } from '../../src/sources/source.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { createTestDatabase, hasPostgres, realTitle, type TestDatabase } from '../support/postgres.ts'

const deadline = 400
const samPerson = 'F1-N-60412'
const query = `{ child(id: "C04") { sources { agency state } missing { total { value completeness } unavailable }
  health { state } education { state } police { state missingEpisodes { id } } socialCare { state } chronology { total unavailable } } }`

/** The other four stand, and the row of the police says why its part is missing. */
const expectPoliceAlone = async (gateway: TestGateway): Promise<void> => {
  const { data, errors, status } = await gateway.ask('mash-analyst', query)
  expect(status).toBe(200)
  expect(errors.map(({ path, extensions }) => [path, extensions['code'], extensions['agency']])).toEqual([
    [['child', 'police'], 'SOURCE_UNAVAILABLE', 'POLICE'],
  ])
  expect(data?.['child']).toMatchObject({
    sources: [
      { agency: 'HEALTH', state: 'PARTIAL' },
      { agency: 'EDUCATION', state: 'PARTIAL' },
      { agency: 'POLICE', state: 'UNAVAILABLE' },
      { agency: 'ADULT_SERVICES', state: 'WITHHELD' },
      { agency: 'CHILDRENS_SOCIAL_CARE', state: 'PARTIAL' },
    ],
    missing: { total: { value: 11, completeness: 'AT_LEAST' }, unavailable: ['POLICE'] },
    health: { state: 'PARTIAL' },
    education: { state: 'PARTIAL' },
    police: null,
    socialCare: { state: 'PARTIAL' },
    chronology: { unavailable: ['POLICE'] },
  })
}

describe('a source in this process', () => {
  let fault: 'none' | 'stopped' | 'hung' | 'rubbish' = 'none'
  const wrapSource = (agency: string, source: AgencySource): AgencySource =>
    agency !== 'police'
      ? source
      : {
          agency,
          fetch: (...asked) => {
            if (fault === 'stopped') return Promise.reject(new Error('connection refused'))
            if (fault === 'hung') return new Promise(() => {})
            if (fault === 'rubbish') return Promise.resolve(new Map())
            return source.fetch(...asked)
          },
          health: () => (fault === 'none' ? source.health() : Promise.resolve({ ok: false, detail: fault })),
          close: () => source.close(),
        }
  let gateway: TestGateway
  beforeAll(async () => {
    gateway = await startTestGateway({ SOURCE_DEADLINE_MS: String(deadline) }, { wrapSource })
  })
  afterEach(() => {
    fault = 'none'
  })
  afterAll(() => gateway.close())

  it.each(['stopped', 'hung', 'rubbish'] as const)(
    'that is %s costs its own part alone, and is whole again after',
    async (now) => {
      fault = now
      await expectPoliceAlone(gateway)
      fault = 'none'
      const { data, errors } = await gateway.ask('mash-analyst', query)
      expect(errors).toEqual([])
      expect(data?.['child']).toMatchObject({
        missing: { total: { value: 50, completeness: 'WHOLE' }, unavailable: [] },
      })
    },
  )

  it('makes no search say that there is no such child, whether there is one or not', async () => {
    const ask = async (value: string, agency = 'POLICE') => {
      const search = `{ findChild(agencyId: { agency: ${agency}, value: "${value}" }) { id } }`
      const { data, errors } = await gateway.ask('mash-analyst', search)
      const child = data?.['findChild'] as unknown as { id?: string } | null | undefined
      return [child?.id, errors[0]?.extensions['code'], errors[0]?.message]
    }
    const none = [undefined, 'NOT_FOUND', 'There is no such record that you may know of.']
    expect(await ask(samPerson)).toEqual(['C04', undefined, undefined])
    expect(await ask('nobody')).toEqual(none)
    fault = 'stopped'
    const away = await ask('nobody')
    expect(away).toEqual([undefined, 'SOURCE_UNAVAILABLE', expect.stringMatching(/^Whether there is .*POLICE/)])
    expect(await ask(samPerson)).toEqual(away)
    // Who could not have known costs nothing.
    expect(await ask('nobody', 'CHILDRENS_SOCIAL_CARE')).toEqual(none)
  })
})

/** What stands where the agency's subgraph should be. */
const impostors: readonly { readonly is: string; readonly answer: RequestListener }[] = [
  { is: 'never answers', answer: () => {} },
  {
    is: 'answers with a page',
    answer: (_, response) => response.setHeader('content-type', 'text/html').end('<h1>Bad gateway</h1>'),
  },
  { is: 'answers with an error', answer: (_, response) => response.writeHead(500).end('{"errors":[]}') },
  { is: 'answers with JSON of another form', answer: (_, response) => response.end('{"data":{"_entities":[7]}}') },
  {
    is: 'answers with half a body',
    answer: (_, response) => response.writeHead(200, { 'content-length': '999' }).end('{"da'),
  },
  {
    is: 'answers without end',
    answer: (_, response) => {
      const more = setInterval(() => response.write('x'.repeat(1_000_000)), 5)
      response.on('close', () => clearInterval(more))
    },
  },
]

describe('a subgraph', () => {
  let answer: RequestListener = (_, response) => response.destroy()
  let reached = 0
  const server: Server = createServer((request, response) => {
    reached += 1
    answer(request, response)
  })
  let port = 0
  let gateway: TestGateway
  beforeAll(async () => {
    port = await freePort('127.0.0.1')
    gateway = await startTestGateway({
      SOURCE_DEADLINE_MS: String(deadline),
      POLICE_SUBGRAPH_URL: `http://127.0.0.1:${port}/graphql`,
    })
  })
  afterAll(async () => {
    server.closeAllConnections()
    server.close()
    await gateway.close()
  })

  it('where nothing listens does not keep the gateway from starting, and costs the police’s part alone', async () => {
    await expectPoliceAlone(gateway)
    await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  })

  it.each(impostors)('that $is costs the police’s part alone', async ({ answer: next }) => {
    answer = next
    reached = 0
    // One that keeps failing is left alone for a moment: ask until the impostor itself was asked.
    await expect
      .poll(() => expectPoliceAlone(gateway).then(() => reached), { timeout: 20_000, interval: 300 })
      .toBeGreaterThan(0)
  })
})

describe.skipIf(!hasPostgres())(realTitle('an agency’s own database'), () => {
  let own: TestDatabase
  let gatewayStore: TestDatabase
  beforeAll(async () => {
    own = await createTestDatabase()
    gatewayStore = await createTestDatabase()
  })
  afterAll(async () => {
    await Promise.all([own.drop(), gatewayStore.drop()])
  })

  it('out of reach does not keep the gateway from starting, and is read once it comes back', async () => {
    const port = await freePort('127.0.0.1')
    const away = new URL(own.url)
    const home = { host: away.hostname, port: Number(away.port || 5432) }
    away.host = `127.0.0.1:${port}`
    const gateway = await startTestGateway({
      SOURCE_DEADLINE_MS: '2000',
      DATABASE_URL: gatewayStore.url,
      POLICE_DATABASE_URL: away.href,
    })
    const { createServer: listen, connect } = await import('node:net')
    const line = listen((client) => {
      const upstream = connect(home.port, home.host)
      client.pipe(upstream).pipe(client)
      for (const end of [client, upstream]) end.on('error', () => end.destroy())
    })
    try {
      await expectPoliceAlone(gateway)
      await new Promise<void>((resolve) => line.listen(port, '127.0.0.1', resolve))
      await expect
        .poll(async () => (await gateway.ask('mash-analyst', query)).data?.['child']?.['missing'], {
          timeout: 40_000,
          interval: 500,
        })
        .toEqual({ total: { value: 50, completeness: 'WHOLE' }, unavailable: [] })
    } finally {
      await gateway.close()
      line.close()
    }
  })
})
