import { join } from 'node:path'
import { makeExecutableSchema } from '@graphql-tools/schema'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSubgraph } from '../../src/composition/gateway.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import { StartupError } from '../../src/foundation/errors.ts'
import { loadAgencies, readSdl } from '../../src/graphql/schemaModel.ts'
import { classify } from '../../src/policy/classify.ts'
import { readOperation } from '../../src/server/operationLimits.ts'
import { startTapped, type Tapped } from './support/fetchProof.ts'

// Failures that others published, each asked of this product. The title names the advisory and what it means here.
let tapped: Tapped
beforeAll(async () => {
  tapped = await startTapped()
})
afterAll(() => tapped?.close())

const ask = (persona: string, query: string, variables?: Record<string, unknown>) =>
  tapped.gateway.ask(persona, query, variables ? { variables } : {})
const refusedBy = (query: string): string => {
  try {
    readOperation(query)
    return 'nothing'
  } catch (error) {
    return error instanceof Error && 'code' in error ? String(error.code) : String(error)
  }
}
const post = async (body: string, headers: Record<string, string>) =>
  fetch(`${tapped.gateway.url}/graphql`, {
    method: 'POST',
    headers: { authorization: `Bearer ${await tapped.gateway.token('school-dsl')}`, ...headers },
    body,
  })

const bomb = (levels: number): string =>
  [
    `{ child(id: "C04") { ...F0 } }`,
    ...Array.from({ length: levels }, (_, at) => `fragment F${at} on Child { ...F${at + 1} ...F${at + 1} }`),
    `fragment F${levels} on Child { id }`,
  ].join('\n')

/**
 * Of C04's intelligence and clinic a school is told nothing; of its health headlines it reads those that the pack
 * gives.
 */
const hiddenDirect =
  '{ child(id: "C04") { police { intelligence { id text } } health { sarcAttendances { id note } } } }'

describe('who may read a field does not depend on the way to it', () => {
  test('GHSA-mx7m-j9xf-62hw: a fragment on an interface does not go round the label of the type', async () => {
    const direct = await ask('school-dsl', hiddenDirect)
    const round = await ask(
      'school-dsl',
      `{ child(id: "C04") { police { intelligence { ...S ... on Intelligence { text } } } health { sarcAttendances { ... on Sourced { id ... on SarcAttendance { note } } } } } }
       fragment S on Sourced { id }`,
    )
    expect(direct.data).toEqual({ child: { police: { intelligence: [] }, health: { sarcAttendances: [] } } })
    expect(round.data).toEqual(direct.data)
  })

  test('GHSA-m8jr-fxqx-8xx6: a computed field discloses nothing when its inputs are withheld', async () => {
    const modules = await loadAgencies()
    let rules = 0
    for (const agency of agencies)
      for (const [type, fields] of Object.entries(modules[agency].computed))
        for (const [field, rule] of Object.entries(fields)) {
          rules += 1
          const bare = { id: 'x', person: 'p' }
          const value = rule.value(bare, {
            siblings: [bare],
            hasAllSiblings: true,
            nested: {},
            asOf: '2026-11-20T23:59:59Z',
          })
          expect([
            `${type}.${field}`,
            value === null || value === false || (Array.isArray(value) && value.length === 0),
          ]).toEqual([`${type}.${field}`, true])
        }
    expect(rules).toBeGreaterThan(3)
  })

  test('GHSA-x33c-7c2v-mrj9: the same record through another type of the interface is not told either', async () => {
    const { data } = await ask(
      'school-dsl',
      '{ child(id: "C04") { chronology(first: 200) { events { ... on Sourced { id } recordType } } } }',
    )
    const told = JSON.stringify(data)
    for (const list of ['intelligence', 'sarcAttendances', 'sexualHealth', 'camhsEpisodes', 'adoption', 'legalAdvice'])
      expect(told).not.toContain(`"${list}"`)
    expect(told).toContain('enrolments')
  })

  test('GHSA-g8jh-vg5j-4h3f: a label under another name is no label, and the schema does not start', () => {
    const sdl = readSdl('health').replaceAll('@label(', '@tag(')
    const typeDefs = [
      'shared',
      'child',
      'chronology',
      'patterns',
      'transfer',
      'governance',
      'education',
      'police',
      'adultServices',
      'socialCare',
    ].map(readSdl)
    const schema = makeExecutableSchema({
      typeDefs: [
        ...typeDefs,
        sdl,
        'directive @tag(is: Sensitivity!, level: Disclosure, pseudonym: String) on OBJECT | FIELD_DEFINITION',
      ],
    })
    expect(() => classify(schema, agencies)).toThrow(StartupError)
  })

  test('Cosmo 1832: an alias that is the name of a permitted field opens nothing', async () => {
    const { data } = await ask(
      'missing-coordinator',
      '{ child(id: "C04") { police { missingEpisodes { force: foundWith kind: foundWith } } } }',
    )
    expect(JSON.stringify(data)).toContain('"force":null')
    expect(JSON.stringify(data)).not.toMatch(/"(force|kind)":"/)
  })

  test('Cosmo 2125: a withheld field is not fetched and then thrown away', async () => {
    const sent = await tapped.statements(
      'school-dsl',
      '{ child(id: "C04") { police { intelligence { text } missingEpisodes { foundWith } } } }',
    )
    expect(sent.map(({ text }) => text).join('\n')).not.toMatch(/"intelligence"|"found_with"/)
  })

  test('graphql-shield 349: what one caller was permitted does not serve the next', async () => {
    const query = '{ child(id: "C04") { police { intelligence { id text } } } }'
    const before = await ask('school-dsl', query)
    const police = await ask('police-public-protection', query)
    const after = await ask('school-dsl', query)
    expect(after.data).toEqual(before.data)
    expect(police.data).not.toEqual(before.data)
  })

  test('graphql-shield 483: two fields of one parent are decided one by one', async () => {
    const { data } = await ask(
      'missing-coordinator',
      '{ child(id: "C04") { police { missingEpisodes { kind foundWith } } } }',
    )
    expect(JSON.stringify(data)).toMatch(/"kind":"/)
    expect(JSON.stringify(data)).not.toMatch(/"foundWith":"/)
  })

  test('graphql-shield 1553: every alias of a field is answered and guarded, not the first alone', async () => {
    const query =
      '{ child(id: "C04") { a: police { missingEpisodes { kind } } b: police { missingEpisodes { force } intelligence { text } } } }'
    const { data } = await ask('social-worker', query)
    expect(JSON.stringify(data)).toMatch(/"a":.*"kind":"/)
    expect(JSON.stringify(data)).toMatch(/"b":.*"force":"/)
    const sent = await tapped.statements('social-worker', query)
    expect(sent.map(({ text }) => text).join('\n')).not.toContain('"intelligence"')
  })

  test('Hive 1423: a withheld field in one fragment does not take its sibling with it', async () => {
    const { data } = await ask(
      'social-worker',
      '{ child(id: "C04") { ...A ...B } } fragment A on Child { police { intelligence { text } } } fragment B on Child { police { missingEpisodes { kind } } }',
    )
    expect(JSON.stringify(data)).toMatch(/"kind":"/)
  })

  test('drupal-graphql 308: an answer is kept by nobody between callers', async () => {
    const { headers } = await ask('police-public-protection', hiddenDirect)
    expect(headers.get('cache-control')).toBe('no-store')
    expect(headers.get('etag')).toBeNull()
  })

  test('CVE-2026-28696: an id that a record names opens nothing by itself', async () => {
    const made = await tapped.gateway.ask(
      'social-worker',
      'mutation { requestTransfer(childId: "C04", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id } }',
      { purpose: 'TRANSFER_SEND' },
    )
    const id = JSON.stringify(made.data).match(/[0-9a-f-]{36}/)?.[0]
    expect(id).toBeDefined()
    const other = await ask('unrelated-officer', `{ transferSummary(transferId: "${id}") { id child { id } } }`)
    const none = await ask(
      'unrelated-officer',
      '{ transferSummary(transferId: "00000000-0000-4000-8000-000000000000") { id child { id } } }',
    )
    expect(other.errors[0]?.extensions['code']).toBe('NOT_A_PARTY')
    expect(other.text).toBe(none.text)
  })

  test('_entities: the gateway has no such door, and an agency opens its own to signed grants alone', async () => {
    const { errors } = await ask(
      'social-worker',
      '{ _entities(representations: [{ __typename: "Child", id: "C04" }]) { __typename } }',
    )
    expect(errors[0]?.extensions['code']).toBe('OPERATION_INVALID')
    const { config } = tapped.gateway.opened
    const subgraph = await openSubgraph({ ...config, dataDir: join(config.dataDir, 'door') }, 'police', 0)
    const forged = `${Buffer.from('{"alg":"none"}').toString('base64url')}.${Buffer.from('{"aud":"police"}').toString('base64url')}.`
    const asked = async (representation: object): Promise<string> => {
      const query =
        'query ($of: [_Any!]!) { _entities(representations: $of) { ... on Child { police { state person { id } intelligence { text } } } } }'
      const response = await fetch(subgraph.url, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${await tapped.gateway.token('police-public-protection')}`,
        },
        body: JSON.stringify({ query, variables: { of: [{ __typename: 'Child', ...representation }] } }),
      })
      return response.text()
    }
    try {
      for (const grant of [
        {},
        { policeGrants: null },
        { policeGrants: [''] },
        { policeGrants: [forged] },
        { policeGrants: forged },
      ]) {
        const known = await asked({ id: 'C04', ...grant })
        expect(known).toBe(await asked({ id: 'none', ...grant }))
        expect(known).not.toMatch(/F4-N|"person":\[\{|"text"/)
      }
    } finally {
      await subgraph.close()
    }
  })
})

describe('an operation costs no more than it may', () => {
  test('CVE-2025-32032: fragments that unfold without end are refused before they unfold', () => {
    expect(refusedBy(bomb(60))).toBe('OPERATION_TOO_LARGE')
  })
  test('CVE-2025-32034: fragments that are named again and again are refused', () => {
    expect(refusedBy(`{ child(id: "C04") { ${'...F '.repeat(500)} } } fragment F on Child { id }`)).toBe(
      'OPERATION_TOO_LARGE',
    )
  })
  test('GHSA-q2f9-x4p4-7xmh: inline fragments without end are refused', () => {
    expect(refusedBy(`{ child(id: "C04") { ${'... { '.repeat(800)} id ${' }'.repeat(800)} } }`)).not.toBe('INTERNAL')
    expect(refusedBy(`{ child(id: "C04") { ${'... { id } '.repeat(800)} } }`)).toBe('OPERATION_TOO_LARGE')
  })
  test('GHSA-p2q6-pwh5-m6jr: conditions that multiply the plans of one operation are refused', () => {
    const many = Array.from({ length: 60 }, (_, at) => `a${at}: id @include(if: $v)`).join(' ')
    expect(refusedBy(`query ($v: Boolean!) { child(id: "C04") { ${many} } }`)).toBe('OPERATION_TOO_LARGE')
  })
  test('the three sibling advisories of fragment denial of service: a bomb in an operation that is not run is refused too', () => {
    expect(refusedBy(`query Run { child(id: "C04") { id } } query Not ${bomb(60)}`)).toBe('OPERATION_TOO_LARGE')
  })
  test('CVE-2024-43414: a circle of fragments, and nesting without end, end in a refusal and not in the stack', () => {
    expect(refusedBy('{ child(id: "C04") { ...A } } fragment A on Child { ...B } fragment B on Child { ...A }')).toBe(
      'OPERATION_INVALID',
    )
    expect(['OPERATION_TOO_LARGE', 'OPERATION_INVALID']).toContain(refusedBy('{ a '.repeat(100_000)))
  })
  test('CVE-2026-35441: aliases are counted', () => {
    expect(
      refusedBy(`{ child(id: "C04") { ${Array.from({ length: 201 }, (_, at) => `a${at}: id`).join(' ')} } }`),
    ).toBe('OPERATION_TOO_LARGE')
  })
  test('GHSA-6q22-g298-grjh: aliases through fragments are counted where they land', () => {
    const aliases = Array.from({ length: 40 }, (_, at) => `a${at}: id`).join(' ')
    expect(
      refusedBy(
        `{ ${Array.from({ length: 10 }, (_, at) => `c${at}: child(id: "C04") { ...F }`).join(' ')} } fragment F on Child { ${aliases} }`,
      ),
    ).toBe('OPERATION_TOO_LARGE')
  })
})

describe('a request is what it says', () => {
  const query = JSON.stringify({ query: '{ __typename }' })

  test('GHSA-hff2-gcpx-8f4p: an operation is not run by GET, nor posted as a form or as plain text', async () => {
    const got = await fetch(`${tapped.gateway.url}/graphql?query=${encodeURIComponent('{ __typename }')}`, {
      headers: { 'content-type': 'text/plain' },
    })
    expect(await got.text()).not.toContain('"data"')
    for (const type of ['text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'])
      expect((await post(query, { 'content-type': type })).status).toBe(415)
  })

  test('GHSA-pfjj-6f4p-rvmh, CVE-2026-32621: an alias or a member named after the prototype reaches no object', async () => {
    const aliased = await ask('social-worker', '{ __proto__: child(id: "C04") { constructor: id polluted: id } }')
    expect(Object.hasOwn({}, 'polluted') || 'polluted' in {}).toBe(false)
    expect(aliased.status).toBeLessThan(500)
    const member = await post('{"query":"{ __typename }","variables":{"__proto__":{"polluted":1}}}', {
      'content-type': 'application/json',
    })
    expect(member.status).toBe(400)
    expect('polluted' in {}).toBe(false)
  })

  test('CVE-2026-30241: there is no other transport on which a limit would not hold', async () => {
    const upgraded = await fetch(`${tapped.gateway.url}/graphql`, { headers: { accept: 'text/event-stream' } })
    expect(await upgraded.text()).not.toContain('"data"')
    const batch = await post(`[${query},${query}]`, { 'content-type': 'application/json' })
    expect(batch.status).toBe(400)
    const { config } = tapped.gateway.opened
    const subgraph = await openSubgraph({ ...config, dataDir: join(config.dataDir, 'apart') }, 'police', 0)
    try {
      const bombed = await fetch(subgraph.url, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({
          query: bomb(60).replaceAll('Child', 'Query').replace('child(id: "C04") { ...F0 }', '...F0'),
        }),
      })
      expect(await bombed.text()).toContain('OPERATION_TOO_LARGE')
    } finally {
      await subgraph.close()
    }
  })

  test('CVE-2026-23897: a charset that is not UTF-8 is refused in this product’s own words', async () => {
    for (const charset of ['utf-7', 'utf-16le', 'nonsense']) {
      const refused = await post(query, { 'content-type': `application/json; charset=${charset}` })
      expect(refused.status).toBe(415)
      expect(refused.headers.get('content-type')).toContain('application/json')
      expect(await refused.text()).not.toMatch(/node_modules|at .*\.js/)
    }
  })
})
