import { parse } from 'graphql'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { signGrant } from '../../src/federation/grantToken.ts'
import type { RunningSubgraph } from '../../src/federation/subgraphHttp.ts'
import { agencySubgraphSdl } from '../../src/federation/subgraphSdl.ts'
import { startAgencySubgraph } from '../../src/federation/subgraphServer.ts'
import type { Grant, RowsGrant } from '../../src/policy/grant.ts'
import { maskOf } from '../../src/policy/labels.ts'
import { subgraphSource } from '../../src/sources/bindings/subgraph/source.ts'
import type { Row } from '../../src/sources/contract.ts'
import { listsOf } from '../../src/sources/recordSet.ts'
import { contract } from '../../src/sources/socialCare.ts'
import type { AgencySource, FieldSelection, Holding } from '../../src/sources/source.ts'
import { memorySource, modelOf, sdlOf, testLog } from './support/agency.ts'
import { frozenClock, gatewayIssuer, grantFor, testGateway } from './support/gateway.ts'

/**
 * A real subgraph over a store that heeds no grant: it gives every record that it has of a person, whatever its date,
 * labels, organisation and holds, and counts them all.
 */
const never = new AbortController().signal
const { clock } = frozenClock()
const model = modelOf(contract)
const refused: string[] = []
let subgraph: RunningSubgraph
let source: AgencySource
let claimed: readonly Holding[] = []

const record = (id: string, changes: Readonly<Record<string, Row[string]>> = {}): Row => ({
  id: `socialCare:${id}`,
  person: 'socialCare-C04',
  eventAt: '2026-09-01T10:00:00Z',
  sensitivity: [],
  'provenance.agency': 'CHILDRENS_SOCIAL_CARE',
  'provenance.la': 'LA2',
  'provenance.force': null,
  'provenance.organisation': 'LA2-MASH',
  'provenance.recordedBy': null,
  'provenance.recordedAt': '2026-09-01T10:00:00Z',
  'provenance.evidence': 'FACT',
  'provenance.supersedes': null,
  ...changes,
})

const lies: Readonly<Record<string, Readonly<Record<string, Row[string]>>>> = {
  RECORDED_LATER: { 'provenance.recordedAt': '2026-11-21T00:00:00Z' },
  LABEL_CLOSED: { sensitivity: ['LEGAL_PRIVILEGE'] },
  // What is open in own rows alone is closed in those of another.
  LABEL_OF_ANOTHER: { sensitivity: ['DOMESTIC_ABUSE'], 'provenance.organisation': 'LA5-CSC' },
}

const records: Record<string, readonly Row[]> = {
  meetings: [
    record('good'),
    record('held-1'),
    ...Object.entries(lies).map(([reason, changes]) => record(reason, changes)),
  ],
  invitees: [
    record('of-good', { parent: 'socialCare:good' }),
    record('later', { parent: 'socialCare:good', ...lies['RECORDED_LATER'] }),
    record('of-held', { parent: 'socialCare:held-1' }),
  ],
  family: [
    record('named', { relation: 'MOTHER', name: 'Joan Thornley' }),
    record('kept', { relation: 'FATHER', name: 'PERSON-~AAAAAAAAAAAAAAAA' }),
  ],
  plans: [record('plan')],
  actions: [
    record('mine', { parent: 'socialCare:plan', owner: 'EARLY_HELP' }),
    record('their own', { parent: 'socialCare:plan', owner: 'CHILDRENS_SOCIAL_CARE' }),
    record('theirs', { parent: 'socialCare:plan', owner: 'HOUSING' }),
    record('nobody’s', { parent: 'socialCare:plan', owner: null }),
  ],
}

beforeAll(async () => {
  const gateway = await testGateway(clock)
  const store = memorySource('socialCare', records)
  subgraph = await startAgencySubgraph({
    agency: 'socialCare',
    source: {
      ...store,
      fetch: async (grants, selection, signal) =>
        new Map(
          [...(await store.fetch(grants, selection, signal))].map(([child, answer]) => [
            child,
            { ...answer, holdings: selection.holdings ? claimed : [] },
          ]),
        ),
    },
    sdl: agencySubgraphSdl('socialCare', sdlOf('shared'), sdlOf('socialCare')),
    model,
    issuer: gatewayIssuer,
    keys: { set: gateway.jwks },
    clock,
    host: '127.0.0.1',
    port: 0,
    log: testLog(),
    readOperation: (text) => parse(text),
  })
  source = subgraphSource({
    layout: model.layout,
    sdls: [sdlOf('shared'), sdlOf('socialCare')],
    url: new URL(subgraph.url),
    sign: (grant) => signGrant(grant, gateway.signer.kid, gateway.signer),
    prove: (url, body) => gateway.proven('socialCare', url, body),
    onRefused: (list, reason, count) => refused.push(`${count} ${list} ${reason}`),
  })
})
beforeEach(() => {
  refused.length = 0
  claimed = []
})
afterAll(() => subgraph.close())

/** Rows of social care are read in the caller's own organisation alone, and one of them is held. */
const grant = (changes: Partial<Grant> = {}): Grant =>
  grantFor('socialCare', 'C04', {
    heldRecords: [],
    own: ownRows,
    ...changes,
  })

const ownRows: RowsGrant = {
  headline: maskOf(['CORE_IDENTITY', 'SOCIAL_CARE', 'DOMESTIC_ABUSE']),
  content: maskOf(['CORE_IDENTITY', 'SOCIAL_CARE', 'DOMESTIC_ABUSE']),
  redact: 0,
  rows: { ncnd: false, conditions: true, undecided: false, notRelevant: false },
  places: 'ALL',
  names: 'ALL',
  heldRecords: ['held-1'],
}

const selectionOf = (lists: Readonly<Record<string, readonly string[]>>, holdings = false): FieldSelection => ({
  lists: new Map(Object.entries(lists).map(([list, fields]) => [list, new Set(fields)])),
  holdings,
})

const idsIn = async (selection: FieldSelection, of = grant()): Promise<Readonly<Record<string, readonly string[]>>> => {
  const answer = (await source.fetch([of], selection, never)).get('C04')
  const lists = answer ? listsOf(answer.records) : {}
  return Object.fromEntries(
    Object.entries(lists).map(([list, rows]) => [list, rows.map(({ id }) => id.replace('socialCare:', ''))]),
  )
}

describe('a subgraph that heeds no grant', () => {
  it('passes on no name that it was to keep', async () => {
    const third = maskOf(['THIRD_PARTY'])
    const rowsFor = async (changes: Partial<Grant>) => {
      const of = grantFor('socialCare', 'C04', changes)
      const answer = (await source.fetch([of], selectionOf({ family: ['relation', 'name'] }), never)).get('C04')
      return answer ? (listsOf(answer.records)['family'] ?? []).map(({ relation, name }) => [relation, name]) : []
    }
    const all = maskOf(['CORE_IDENTITY', 'SOCIAL_CARE', 'THIRD_PARTY'])
    expect(await rowsFor({ headline: all, content: all & ~third, redact: third, own: null })).toEqual([
      ['MOTHER', null],
      ['FATHER', 'PERSON-~AAAAAAAAAAAAAAAA'],
    ])
    expect(await rowsFor({ headline: all, content: all, redact: 0, own: null })).toEqual([
      ['MOTHER', 'Joan Thornley'],
      ['FATHER', 'PERSON-~AAAAAAAAAAAAAAAA'],
    ])
  })

  it('costs each record that may not be read, and nothing else, and the operator is told', async () => {
    expect(await idsIn(selectionOf({ meetings: ['type'] }))).toEqual({ meetings: ['good'] })
    expect([...refused].sort()).toEqual(['1 meetings HELD', '1 meetings RECORDED_LATER', '2 meetings LABEL_CLOSED'])
  })

  it('says of a value that no type lets through that it could not be read, and of no other', async () => {
    const unread = async (field: string) =>
      (await source.fetch([grant()], selectionOf({ plans: ['level', 'from'] }), never))
        .get('C04')
        ?.records.unread('plans', [field])
    expect(await unread('level')).toBe(false)
    const kept = records['plans'] ?? []
    records['plans'] = [...kept, record('misspelt', { level: 'VERY_HIGH' })]
    try {
      expect([await unread('level'), await unread('from')]).toEqual([true, false])
    } finally {
      records['plans'] = kept
    }
  })

  it('is judged by the same grant and no stricter one', async () => {
    const wide = grant({
      own: null,
      heldRecords: [],
      asOf: '2027-01-01T00:00:00Z',
      headline: maskOf(['SOCIAL_CARE', 'LEGAL_PRIVILEGE', 'DOMESTIC_ABUSE']),
      content: maskOf(['SOCIAL_CARE', 'LEGAL_PRIVILEGE', 'DOMESTIC_ABUSE']),
    })
    const { meetings } = await idsIn(selectionOf({ meetings: ['type'] }), wide)
    expect([...(meetings ?? [])].sort()).toEqual(['good', 'held-1', ...Object.keys(lies)].sort())
    expect(refused).toEqual([])
  })

  it('costs what stands under such a record, even where that record is not asked for', async () => {
    expect(await idsIn(selectionOf({ invitees: ['role'] }))).toEqual({ invitees: ['of-good'] })
    expect(refused).toContain('1 meetings HELD')
    expect(refused).toContain('1 invitees RECORDED_LATER')
  })

  it('costs actions of another service or authority, where the content is closed', async () => {
    const headlines = grant({ callerType: 'SOCIAL_CARE', headline: maskOf(['SOCIAL_CARE']), content: 0, own: null })
    expect(await idsIn(selectionOf({ actions: ['text'] }), headlines)).toEqual({ actions: ['mine'] })
    expect(refused).toEqual(['3 actions OTHER_SERVICE'])
  })

  it('counts what was read as it was admitted, and of the rest nothing that cannot be', async () => {
    claimed = [
      { list: 'meetings', service: 'CHILDRENS_SOCIAL_CARE', count: 99, latest: '2026-11-21T00:00:00Z' },
      { list: 'contacts', service: 'CHILDRENS_SOCIAL_CARE', count: 2, latest: '2026-09-01T10:00:00Z' },
      { list: 'referrals', service: 'CHILDRENS_SOCIAL_CARE', count: 3, latest: '2026-11-21T00:00:00Z' },
      { list: 'legalAdvice', service: 'CHILDRENS_SOCIAL_CARE', count: 4, latest: '2026-09-01T10:00:00Z' },
      { list: 'actions', service: 'CHILDRENS_SOCIAL_CARE', count: 5, latest: '2026-09-01T10:00:00Z' },
      { list: 'of tomorrow', service: 'CHILDRENS_SOCIAL_CARE', count: 6, latest: '2026-09-01T10:00:00Z' },
    ]
    const answer = await source.fetch([grant()], selectionOf({ meetings: ['type'] }, true), never)
    expect(answer.get('C04')?.holdings).toEqual([
      { list: 'contacts', service: 'CHILDRENS_SOCIAL_CARE', count: 2, latest: '2026-09-01T10:00:00Z' },
      { list: 'meetings', service: 'CHILDRENS_SOCIAL_CARE', count: 1, latest: '2026-09-01T10:00:00Z' },
    ])
    expect(refused.filter((line) => !line.includes('meetings')).sort()).toEqual([
      '1 actions LIST_CLOSED',
      '1 legalAdvice LIST_CLOSED',
      '1 of no such name LIST_CLOSED',
      '1 referrals RECORDED_LATER',
    ])
  })
})
