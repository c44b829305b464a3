import { parse } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type AgencySeed, fieldOf } from '../../seeds/seedRecord.ts'
import { signGrant } from '../../src/federation/grantToken.ts'
import type { RunningSubgraph } from '../../src/federation/subgraphHttp.ts'
import { agencySubgraphSdl } from '../../src/federation/subgraphSdl.ts'
import { startAgencySubgraph } from '../../src/federation/subgraphServer.ts'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import { loadAgencies } from '../../src/graphql/schemaModel.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { labels, maskOf } from '../../src/policy/labels.ts'
import { SqlSource } from '../../src/sources/bindings/sql/source.ts'
import { writeRecords } from '../../src/sources/bindings/sql/writeRecords.ts'
import { subgraphSource } from '../../src/sources/bindings/subgraph/source.ts'
import type { Row } from '../../src/sources/contract.ts'
import { tablesOf } from '../../src/sources/layoutTables.ts'
import { listsOf } from '../../src/sources/recordSet.ts'
import type { AgencySource, FieldSelection, SourceAnswer } from '../../src/sources/source.ts'
import { migrateAgency } from '../../src/store/agencyTables.ts'
import type { Database } from '../../src/store/database.ts'
import { openNewEmbedded } from '../support/postgres.ts'
import { modelOf, sdlOf, testLog } from './support/agency.ts'
import { frozenClock, gatewayIssuer, grantFor, testGateway } from './support/gateway.ts'

interface Both {
  readonly here: AgencySource
  readonly there: AgencySource
  readonly selection: FieldSelection
  readonly persons: readonly string[]
}

const { clock } = frozenClock()
const never = new AbortController().signal
const both = new Map<AgencyName, Both>()
const subgraphs: RunningSubgraph[] = []
const refused: string[] = []
let database: Database

beforeAll(async () => {
  database = await openNewEmbedded()
  const gateway = await testGateway(clock)
  const modules = await loadAgencies()
  for (const agency of agencies) {
    const { contract, computed } = modules[agency]
    const model = modelOf(contract, computed)
    await migrateAgency(database, tablesOf(model.layout))
    const { default: seed }: { default: AgencySeed } = await import(`../../seeds/${agency}.ts`)
    await writeRecords(database.knex, model.layout, seed.records, (record, field) => fieldOf(record, field))
    const here = new SqlSource(model.layout, database)
    const subgraph = await startAgencySubgraph({
      agency,
      source: here,
      sdl: agencySubgraphSdl(agency, sdlOf('shared'), sdlOf(agency)),
      model,
      issuer: gatewayIssuer,
      keys: { set: gateway.jwks },
      clock,
      host: '127.0.0.1',
      port: 0,
      log: testLog(),
      readOperation: (text) => parse(text),
    })
    subgraphs.push(subgraph)
    const there = subgraphSource({
      layout: model.layout,
      onRefused: (list, reason, count) => refused.push(`${count} ${list} ${reason}`),
      sdls: [sdlOf('shared'), sdlOf(agency)],
      url: new URL(subgraph.url),
      sign: (grant) => signGrant(grant, gateway.signer.kid, gateway.signer),
      prove: (url, body) => gateway.proven(agency, url, body),
    })
    const common = [
      'eventAt',
      'sensitivity',
      ...['agency', 'la', 'force', 'organisation', 'recordedBy', 'recordedAt', 'evidence', 'supersedes'].map(
        (name) => `provenance.${name}`,
      ),
    ]
    const lists = new Map(
      [...model.layout.lists.values()].map(({ list, columns }) => [list, new Set([...common, ...columns.keys()])]),
    )
    const persons = [...new Set(Object.values(seed.records).flatMap((rows) => rows.map((row) => row.person)))]
    both.set(agency, { here, there, selection: { lists, holdings: true }, persons })
  }
})
afterAll(async () => {
  await Promise.all(subgraphs.map((subgraph) => subgraph.close()))
  await database.close()
})

const everything = maskOf(labels)
const thirdParties = maskOf(['THIRD_PARTY', 'POLICE_INTELLIGENCE', 'WITNESS', 'REFERRER_IDENTITY'])
const everyRow = { ncnd: true, conditions: true, undecided: true, notRelevant: true }
const open = { heldRecords: [], withheld: [], rows: everyRow }

const cases: readonly (readonly [string, Partial<Grant>])[] = [
  ['everything', { ...open, headline: everything, content: everything, redact: 0 }],
  [
    'third parties by pseudonym',
    { ...open, headline: everything, content: everything & ~thirdParties, redact: thirdParties },
  ],
  ['headlines alone', { ...open, headline: everything, content: 0, redact: 0 }],
  [
    'what is not sensitive, on a past day',
    {
      headline: maskOf(['CORE_IDENTITY', 'SOCIAL_CARE', 'EDUCATION', 'HEALTH_GENERAL', 'POLICE_RECORD', 'INVOLVEMENT']),
      content: maskOf(['CORE_IDENTITY', 'EDUCATION']),
      redact: 0,
      asOf: '2026-01-31T00:00:00Z',
    },
  ],
]

type Answers = ReadonlyMap<string, Extract<SourceAnswer, { state: 'ANSWERED' }>>

/**
 * What of it can be compared: the person id stays with the agency, and what may not be read is left out here and empty
 * there.
 */
const told = (answers: Answers): unknown =>
  [...answers].map(([id, { holdings, records }]) => ({
    id,
    holdings,
    lists: Object.fromEntries(Object.entries(listsOf(records)).map(([list, rows]) => [list, rows.map(withoutEmpty)])),
  }))

const withoutEmpty = ({ person: _, ...row }: Row): unknown =>
  Object.fromEntries(
    Object.entries(row).filter(([, value]) => value !== null && !(Array.isArray(value) && value.length === 0)),
  )

describe.each(agencies)('%s in its own process gives every record that it gives in this one', (agency) => {
  it.each(cases)('of %s', async (_, changes) => {
    const pair = both.get(agency)
    if (!pair) throw new Error('not started')
    const grants = [0, 1, 2].map((part) =>
      grantFor(agency, `C0${part}`, { ...changes, persons: pair.persons.filter((_, index) => index % 3 === part) }),
    )
    const here = await pair.here.fetch(grants, pair.selection, never)
    const there = await pair.there.fetch(grants, pair.selection, never)
    expect(told(there)).toEqual(told(here))
    expect(refused).toEqual([])
  })
})
