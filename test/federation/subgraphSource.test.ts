import { createServer, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { parse } from 'graphql'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signGrant } from '../../src/federation/grantToken.ts'
import type { RunningSubgraph } from '../../src/federation/subgraphHttp.ts'
import { agencySubgraphSdl } from '../../src/federation/subgraphSdl.ts'
import { startAgencySubgraph } from '../../src/federation/subgraphServer.ts'
import { maskOf } from '../../src/policy/labels.ts'
import { subgraphSource } from '../../src/sources/bindings/subgraph/source.ts'
import type { SourceContract } from '../../src/sources/contract.ts'
import { contract as police } from '../../src/sources/police.ts'
import { listsOf } from '../../src/sources/recordSet.ts'
import { contract as socialCare } from '../../src/sources/socialCare.ts'
import type { AgencySource, FieldSelection, SourceAnswer } from '../../src/sources/source.ts'
import { type MemorySource, memorySource, modelOf, sdlOf, testLog } from './support/agency.ts'
import { frozenClock, gatewayIssuer, grantFor, type TestGateway, testGateway } from './support/gateway.ts'
import { policeRecords, socialCareRecords } from './support/records.ts'

const { clock } = frozenClock()
const never = new AbortController().signal
const running: RunningSubgraph[] = []
/** What was answered though it may not be read. */
const refused: string[] = []
let gateway: TestGateway
let policeStore: MemorySource
let policeSource: AgencySource
let socialCareStore: MemorySource
let socialCareSource: AgencySource

const start = async (contract: SourceContract, source: MemorySource): Promise<AgencySource> => {
  const agency = contract === police ? 'police' : 'socialCare'
  const sdl = agencySubgraphSdl(agency, sdlOf('shared'), sdlOf(agency))
  const subgraph = await startAgencySubgraph({
    agency,
    source,
    sdl,
    model: modelOf(contract),
    issuer: gatewayIssuer,
    keys: { set: gateway.jwks },
    clock,
    host: '127.0.0.1',
    port: 0,
    log: testLog(),
    readOperation: (text) => parse(text),
  })
  running.push(subgraph)
  return remote(contract, agency, new URL(subgraph.url))
}

const remote = (contract: SourceContract, agency: string, url: URL): AgencySource =>
  subgraphSource({
    layout: modelOf(contract).layout,
    onRefused: (list, reason, count) => refused.push(`${count} ${list} ${reason}`),
    sdls: [sdlOf('shared'), sdlOf(agency)],
    url,
    sign: (grant) => signGrant(grant, gateway.signer.kid, gateway.signer),
    prove: (url, body) => gateway.proven(agency, url, body),
  })

beforeAll(async () => {
  gateway = await testGateway(clock)
  policeStore = memorySource('police', policeRecords, [
    { list: 'arrests', service: 'POLICE', count: 1, latest: '2026-10-09T23:30:00Z' },
  ])
  socialCareStore = memorySource('socialCare', socialCareRecords)
  policeSource = await start(police, policeStore)
  socialCareSource = await start(socialCare, socialCareStore)
})
beforeEach(() => {
  policeStore.calls.length = 0
  refused.length = 0
})
afterEach(() => {
  policeStore.fault = null
})
afterAll(() => Promise.all(running.map((each) => each.close())))

const selectionOf = (lists: Record<string, readonly string[]>, holdings = false): FieldSelection => ({
  lists: new Map(Object.entries(lists).map(([list, fields]) => [list, new Set(fields)])),
  holdings,
})

type Answer = Extract<SourceAnswer, { state: 'ANSWERED' }>

const told = (answer: Answer | undefined) => answer && listsOf(answer.records)

/** All that is told of every child. */
const toldOfAll = (answers: ReadonlyMap<string, Answer>): unknown =>
  JSON.parse(JSON.stringify([...answers].map(([id, answer]) => [id, { ...answer, records: told(answer) }])))

/** As a source in this process gives it, without the person id that stays with the agency. */
const withoutPersons = (answers: ReadonlyMap<string, Answer>): unknown =>
  JSON.parse(JSON.stringify(toldOfAll(answers)), (key, value: unknown) => (key === 'person' ? '' : value))

describe('an agency in another process gives the rows that its own source gives', () => {
  it('with provenance, labels, empty values and counts, for several children in one call', async () => {
    const selection = selectionOf(
      {
        missingEpisodes: [
          'eventAt',
          'sensitivity',
          'from',
          'overnight',
          'grade',
          'provenance.la',
          'provenance.recordedAt',
        ],
        crimes: [
          'otherParty',
          'otherIsChild',
          'outcomeAt',
          'sensitivity',
          'provenance.agency',
          'provenance.evidence',
          'provenance.supersedes',
        ],
      },
      true,
    )
    const grants = [grantFor('police', 'C04'), grantFor('police', 'C05')]
    const here = await policeStore.fetch(grants, selection, never)
    const there = await policeSource.fetch(grants, selection, never)
    expect(toldOfAll(there)).toEqual(withoutPersons(here))
    expect(policeStore.calls).toHaveLength(2)
  })

  it('with lists under lists, in the order of time', async () => {
    const selection = selectionOf({ meetings: ['type', 'otherLabels'], invitees: ['agency', 'eventAt'] })
    const grants = [grantFor('socialCare', 'C04')]
    const here = await socialCareStore.fetch(grants, selection, never)
    const there = await socialCareSource.fetch(grants, selection, never)
    expect(toldOfAll(there)).toEqual(withoutPersons(here))
  })

  it('with a nested list alone', async () => {
    const there = await socialCareSource.fetch(
      [grantFor('socialCare', 'C04')],
      selectionOf({ invitees: ['agency'] }),
      never,
    )
    const lists = told(there.get('C04'))
    expect(lists?.['invitees']?.map((row) => [row.id, row['parent']])).toEqual([
      ['socialCare:i3', 'socialCare:s2'],
      ['socialCare:i1', 'socialCare:s1'],
      ['socialCare:i2', 'socialCare:s1'],
      ['socialCare:i4', 'socialCare:s2'],
    ])
    expect(lists?.['meetings']).toBeUndefined()
  })

  it('and nothing of a list that is withheld', async () => {
    const there = await policeSource.fetch([grantFor('police', 'C04')], selectionOf({ intelligence: ['text'] }), never)
    expect(told(there.get('C04'))).toEqual({ intelligence: [] })
  })

  it('and is not asked about a child of whom it knows nobody, or of whom nothing is permitted', async () => {
    const none = { headline: 0, content: 0, redact: 0, own: null }
    const there = await policeSource.fetch(
      [grantFor('police', 'C04', { persons: [] }), grantFor('police', 'C05', none)],
      selectionOf({ crimes: [] }),
      never,
    )
    expect([...there.values()].map(told)).toEqual([{ crimes: [] }, { crimes: [] }])
    expect(policeStore.calls).toEqual([])
  })
})

describe('an agency in another process costs its own part', () => {
  const selection = selectionOf({ crimes: ['offence'] })

  it('when its store fails', async () => {
    policeStore.fault = new Error('down')
    await expect(policeSource.fetch([grantFor('police', 'C04')], selection, never)).rejects.toMatchObject({
      code: 'SOURCE_UNAVAILABLE',
    })
  })

  it('when it refuses one child’s grant: the others are answered', async () => {
    const bad = grantFor('police', 'C05', { headline: maskOf([]), content: maskOf(['POLICE_RECORD']) })
    const there = await policeSource.fetch([grantFor('police', 'C04'), bad], selection, never)
    expect([...there.keys()]).toEqual(['C04'])
    await expect(policeSource.fetch([bad], selection, never)).rejects.toMatchObject({ code: 'GRANT_REFUSED' })
  })

  it('when it is not there', async () => {
    const gone = remote(police, 'police', new URL('http://127.0.0.1:1/graphql'))
    await expect(gone.fetch([grantFor('police', 'C04')], selection, never)).rejects.toThrow()
    expect((await gone.health()).ok).toBe(false)
    expect((await policeSource.health()).ok).toBe(true)
  })
})

describe('an answer that is not what was asked for is refused', () => {
  let server: Server
  let rubbish: AgencySource
  let body = ''
  let headers: Record<string, string> = {}
  let hangs = false

  beforeAll(async () => {
    server = createServer((request, response) => {
      request.resume()
      if (hangs) return
      response.writeHead(headers['location'] ? 302 : 200, { 'content-type': 'application/json', ...headers })
      response.end(body)
    })
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
    // A server that listens on a port has an address of this form.
    const { port } = server.address() as AddressInfo
    rubbish = remote(police, 'police', new URL(`http://127.0.0.1:${port}/graphql`))
  })
  beforeEach(() => {
    headers = {}
    hangs = false
  })
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })

  const selection = selectionOf({ crimes: ['offence', 'sensitivity'], missingEpisodes: ['overnight'] })
  const fetchRubbish = (signal = never) => rubbish.fetch([grantFor('police', 'C04')], selection, signal)
  const provenance = { agency: 'POLICE', organisation: 'F1', recordedAt: '2026-09-01T10:00:00Z' }
  const sensitivity = ['POLICE_RECORD']
  const entity = (police: unknown, id = 'C04') => JSON.stringify({ data: { _entities: [{ id, police }] } })

  it.each([
    ['nothing', ''],
    ['no JSON', '<html>Dawid</html>'],
    ['a list', '[]'],
    ['no data', '{"data":null}'],
    ['no entity', '{"data":{"_entities":[]}}'],
    ['too many entities', '{"data":{"_entities":[{"id":"C04","police":{}},{"id":"C04","police":{}}]}}'],
    ['another child', entity({ crimes: [] }, 'C05')],
    ['no record and no reason', entity(null)],
    ['a list that is an object', entity({ crimes: {} })],
    ['a row that is a text', entity({ crimes: ['theft'] })],
    ['a row with no id', entity({ crimes: [{ offence: 'Theft', sensitivity, provenance }] })],
    ['a row of another agency', entity({ crimes: [{ id: 'health:1', offence: 'x', sensitivity, provenance }] })],
    ['a value of another kind', entity({ crimes: [{ id: 'police:1', offence: { $ne: 1 }, sensitivity, provenance }] })],
    [
      'a list in the place of a text',
      entity({ crimes: [{ id: 'police:1', offence: ['x'], sensitivity, provenance }] }),
    ],
    [
      'a text in the place of a truth',
      entity({ missingEpisodes: [{ id: 'police:1', overnight: 'yes', sensitivity, provenance }] }),
    ],
    ['a value that is not there', entity({ crimes: [{ id: 'police:1', sensitivity, provenance }] })],
    [
      'a record of no date',
      entity({ crimes: [{ id: 'police:1', offence: 'x', sensitivity, provenance: { ...provenance, recordedAt: 1 } }] }),
    ],
    ['a record from nowhere', entity({ crimes: [{ id: 'police:1', offence: 'x', sensitivity }] })],
    [
      'a record of no service',
      entity({ crimes: [{ id: 'police:1', offence: 'x', sensitivity, provenance: { ...provenance, agency: null } }] }),
    ],
    ['a name that reaches a prototype', '{"data":{"_entities":[{"id":"C04","police":{"__proto__":{"crimes":[]}}}]}}'],
    ['a constructor', '{"data":{"_entities":[{"id":"C04","police":{"constructor":{"prototype":{"x":1}}}}]}}'],
    ['an error of the whole', '{"data":{"_entities":[{"id":"C04","police":{}}]},"errors":[{"message":"Dawid"}]}'],
    [
      'a list that failed',
      '{"data":{"_entities":[{"id":"C04","police":{"crimes":null}}]},"errors":[{"message":"x","path":["_entities",0,"police","crimes"]}]}',
    ],
    [
      'a list emptied by one of its records',
      '{"data":{"_entities":[{"id":"C04","police":{"crimes":null}}]},"errors":[{"message":"x","path":["_entities",0,"police","crimes",0,"id"]}]}',
    ],
    [
      'a record that failed',
      '{"data":{"_entities":[{"id":"C04","police":{"crimes":[null]}}]},"errors":[{"message":"x","path":["_entities",0,"police","crimes",0]}]}',
    ],
    ['bytes that are no text', Buffer.from([0x7b, 0xff, 0x7d]).toString('latin1')],
  ])('%s', async (_, text) => {
    body = text
    const error: unknown = await fetchRubbish().catch((reason: unknown) => reason)
    expect(error).toBeInstanceOf(Error)
    expect(String(error)).not.toContain('Dawid')
  })

  it('but one malformed value costs itself alone', async () => {
    body = JSON.stringify({
      data: {
        _entities: [{ id: 'C04', police: { crimes: [{ id: 'police:1', offence: null, sensitivity, provenance }] } }],
      },
      errors: [
        { message: 'x', path: ['_entities', 0, 'police', 'crimes', 0, 'offence'], extensions: { code: 'INTERNAL' } },
      ],
    })
    expect(told((await fetchRubbish()).get('C04'))).toEqual({
      crimes: [{ id: 'police:1', person: '', offence: null, sensitivity: [] }],
      missingEpisodes: [],
    })
  })

  it.each([
    ['whose labels are not told', { provenance }],
    ['whose labels are those of another list', { provenance, sensitivity: ['HEALTH_GENERAL'] }],
    ['with a label that nobody knows', { provenance, sensitivity: ['POLICE_RECORD', 'OF_TOMORROW'] }],
    ['with a date that is none', { sensitivity, provenance: { ...provenance, recordedAt: 'yesterday' } }],
    ['with no date', { sensitivity, provenance: { ...provenance, recordedAt: null } }],
  ])('and a record %s costs itself', async (_, changes) => {
    body = entity({
      crimes: [
        { id: 'police:1', offence: 'x', sensitivity: [], ...changes },
        { id: 'police:2', offence: 'y', sensitivity, provenance },
      ],
    })
    expect(
      (await fetchRubbish())
        .get('C04')
        ?.records.rows('crimes')
        .map(({ id }) => id),
    ).toEqual(['police:2'])
    expect(refused.length).toBe(1)
  })

  it('longer than may be read', async () => {
    body = entity({ crimes: [], more: 'x'.repeat(11 * 1024 * 1024) })
    await expect(fetchRubbish()).rejects.toThrow('too long')
  })

  it('of another type of content', async () => {
    body = entity({ crimes: [] })
    headers = { 'content-type': 'text/html' }
    await expect(fetchRubbish()).rejects.toThrow('not JSON')
  })

  it('at another address', async () => {
    headers = { location: 'http://127.0.0.1:1/' }
    await expect(fetchRubbish()).rejects.toThrow()
  })

  it('that does not come before the signal', async () => {
    hangs = true
    const stop = new AbortController()
    const answer = fetchRubbish(stop.signal)
    stop.abort()
    await expect(answer).rejects.toThrow()
  })
})
