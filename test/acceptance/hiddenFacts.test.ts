import { Writable } from 'node:stream'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createLog } from '../../src/server/log.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'
import { type Persona, personas } from './support/people.ts'
import { wholeView } from './support/wholeView.ts'

/** What must not be found, by why, and who alone may read it. */
const hidden: readonly {
  readonly why: string
  readonly texts: readonly string[]
  readonly readers: readonly Persona[]
}[] = [
  {
    why: 'an address that must not be found',
    texts: ['Heron Way', 'ZZ5 9HW', 'ZZ59HW'],
    readers: [
      ...(['social-worker', 'team-manager', 'reviewing-officer', 'mash-analyst'] as const),
      ...(['police-public-protection', 'receiving-officer'] as const),
    ],
  },
  {
    why: 'who a sibling was before adoption',
    texts: ['Noah', '9991016392', '999 101 6392', '992500818107', '2023-06-15'],
    readers: ['adoption-worker'],
  },
  { why: 'legal advice', texts: ['oppose it', 'disclosure of the address', 'solicitor'], readers: ['legal-officer'] },
  {
    why: 'intelligence that is neither confirmed nor denied',
    texts: ['near the harbour', 'boys are taken', 'Unknown adults', 'quiet_tide_88'],
    readers: ['police-public-protection'],
  },
]

/**
 * Questions honest, curious and broken. A search names a hidden number, so that an echo of the question is found too.
 */
const questions: readonly { readonly query: string; readonly variables?: Record<string, unknown> }[] = [
  ...['C07', 'C10'].map((id) => ({ query: wholeView(), variables: { id } })),
  ...['C07', 'C10'].map((id) => ({
    query: `{ children(ids: ["${id}", "C12"]) { chronology(first: 200) { total events { headline action impactOnChild } } withheld { category reason contact } } }`,
  })),
  { query: '{ child(id: "C07", asOf: "2024-10-01T00:00:00Z") { socialCare { addresses { display postcode } } } }' },
  { query: '{ findChild(nhsNumber: "9991016392") { id names { given } } }' },
  { query: 'query Find($n: NHSNumber) { findChild(nhsNumber: $n) { id } }', variables: { n: '9991016392' } },
  { query: '{ findChild(upn: "M992500818107") { id names { given } } }' },
  { query: '{ findChild(nhsNumber: "9991015485") { id identifiers { value } } }' },
  { query: '{ findChild(agencyId: { agency: CHILDRENS_SOCIAL_CARE, value: "EV-29316" }) { id names { given } } }' },
  { query: '{ findChild(agencyId: { agency: CHILDRENS_SOCIAL_CARE, value: "Noah Bellhaven" }) { id } }' },
  { query: 'query Bad($n: NHSNumber) { findChild(nhsNumber: $n) { id } }', variables: { n: '999 101 6392x' } },
  { query: '{ findChild(nhsNumber: "999 101 6392x") { id } }' },
  { query: '{ child(id: "C07") { asOf } child2: child(id: "Noah Bellhaven") { id } }' },
  { query: '{ child(id: "C07") { socialCare { adoption { formerName' },
  {
    query:
      '{ explain(childId: "C07", field: "AdoptionRecord.formerName") { outcome reason text facts { name value } } }',
  },
  { query: '{ explain(childId: "C07", field: "LegalAdvice.text") { outcome reason text facts { name value } } }' },
  { query: '{ explain(childId: "C07", field: "Address.display") { outcome reason text facts { name value } } }' },
  { query: '{ explain(childId: "C10", field: "Intelligence.text") { outcome reason text facts { name value } } }' },
  { query: '{ accessLog(childId: "C07", first: 200) { id disclosed withheld code } }' },
  {
    query:
      '{ consents(childId: "C07") { id evidence } holds(childId: "C07") { reason } relationships(childId: "C07") { basis } }',
  },
  { query: '{ placedOut(la: "LA2") { id socialCare { addresses { display postcode la } } } }' },
  {
    query:
      'mutation { requestTransfer(childId: "C07", fromLa: "LA2", toLa: "LA5", type: CLA_PLACED_OUT) { id signature completeness { suppliers { reason } sections { missing withheld { category } items { label value reason } } } } }',
  },
]

const logged: string[] = []
const destination = new Writable({
  write: (chunk, _encoding, done) => {
    logged.push(String(chunk))
    done()
  },
})

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway({}, { log: createLog('trace', destination) })
})
afterAll(() => gateway.close())

const found = (text: string, persona: Persona | null): string[] =>
  hidden
    .filter(({ readers }) => persona === null || !readers.includes(persona))
    .flatMap(({ why, texts }) => texts.filter((one) => text.includes(one)).map((one) => `${why}: ${one}`))

/** A signed record is base64 to the eye: what is in it counts too. */
const unfolded = (text: string): string =>
  text.replaceAll(
    /"[\w-]+\.([\w-]{40,})\.[\w-]+"/g,
    (whole, payload: string) => `${whole}${Buffer.from(payload, 'base64url').toString('utf8')}`,
  )

describe('what is hidden', () => {
  it('is there to be found: each reader finds it, so that its absence elsewhere means something', async () => {
    const asked: readonly (readonly [Persona, string, string, string])[] = [
      ['social-worker', 'C07', 'socialCare { addresses { display postcode } }', 'Heron Way'],
      ['adoption-worker', 'C07', 'socialCare { adoption { formerName formerNhsNumber adoptedOn } }', '9991016392'],
      ['legal-officer', 'C07', 'socialCare { legalAdvice { text } }', 'oppose it'],
      [
        'police-public-protection',
        'C10',
        'police { intelligence { text } onlineIdentifiers { handle } }',
        'near the harbour',
      ],
    ]
    for (const [persona, id, selection, text] of asked)
      expect((await gateway.ask(persona, `{ child(id: "${id}") { ${selection} } }`)).text, persona).toContain(text)
  })

  it('is sought by questions that the schema takes, save for the two that are broken on purpose', async () => {
    const codes: unknown[] = []
    for (const { query, variables } of questions) {
      const { errors } = await gateway.ask('social-worker', query, variables ? { variables } : {})
      codes.push(...errors.map(({ extensions }) => extensions['code']).filter((code) => code === 'OPERATION_INVALID'))
    }
    expect(codes).toHaveLength(2)
  })

  it.each(sampled(personas, 5))('stands in no byte of any answer, error or header to %s', async (persona) => {
    for (const { query, variables } of questions) {
      const { text, headers } = await gateway.ask(persona, query, variables ? { variables } : {})
      const everything = unfolded(text) + JSON.stringify([...headers])
      expect(found(everything, persona), query.slice(0, 120)).toEqual([])
    }
  })

  it.each(['social-worker', 'team-manager', 'police-public-protection', 'mash-analyst'] as const)(
    'stands in no answer to %s for an enquiry into harm either',
    async (persona) => {
      for (const { query, variables } of questions) {
        const { text } = await gateway.ask(persona, query, {
          purpose: 'S47_ENQUIRY',
          ...(variables ? { variables } : {}),
        })
        expect(found(unfolded(text), persona), query.slice(0, 120)).toEqual([])
      }
    },
  )

  it('stands in no byte of what is refused before a caller is known', async () => {
    const headers = { 'content-type': 'application/json', authorization: 'Bearer Noah.9991016392.ZZ5' }
    const bodies = [
      JSON.stringify({ query: '{ findChild(nhsNumber: "9991016392") { id } }' }),
      '{"query": "Noah',
      '["Noah"]',
    ]
    for (const body of bodies) {
      const response = await fetch(`${gateway.url}/graphql`, { method: 'POST', headers, body })
      expect(found((await response.text()) + JSON.stringify([...response.headers]), null)).toEqual([])
    }
    for (const path of ['/graphql?query={Noah}', '/Noah/9991016392', '/health/ready?of=Noah']) {
      const response = await fetch(`${gateway.url}${path}`)
      expect(found((await response.text()) + JSON.stringify([...response.headers]), null), path).toEqual([])
    }
  })

  it('stands in no line of the log, at its most talkative', () => {
    expect(logged.length).toBeGreaterThan(personas.length)
    expect(found(logged.join(''), null)).toEqual([])
  })

  it('stands in no metric', async () => {
    const metrics = await (await fetch(`${gateway.url}/metrics`)).text()
    expect(metrics).toContain('# TYPE')
    expect(found(metrics, null)).toEqual([])
  })

  it('stands in no leaf of the audit log, which holds the search all the same', async () => {
    const leaves = await gateway.opened.setting.opening.store.rows({
      name: 'test_leaves',
      text: 'select leaf from gateway.audit_leaf order by seq',
      values: [],
    })
    const all = leaves.map(([leaf]) => leaf ?? '')
    expect(found(all.join('\n'), null)).toEqual([])
    const asked = await gateway.ask('social-worker', '{ findChild(nhsNumber: "9991016392") { id } }')
    expect(asked.errors.map((error) => error.extensions['code'])).toEqual(['NOT_FOUND'])
    const [last] = (
      await gateway.opened.setting.opening.store.rows({
        name: 'test_last_leaf',
        text: 'select leaf from gateway.audit_leaf order by seq desc limit 1',
        values: [],
      })
    ).map(([leaf]) => JSON.parse(leaf ?? '{}'))
    expect(last).toMatchObject({ id: asked.headers.get('x-audit-id'), outcome: 'REFUSED', code: 'NOT_FOUND' })
  })

  it('is not told by counts: an adoption and legal advice are held by nobody but their readers', async () => {
    for (const persona of personas) {
      const { text } = await gateway.ask(persona, '{ child(id: "C07") { socialCare { holdings { list count } } } }')
      expect(text.includes('"adoption"'), persona).toBe(persona === 'adoption-worker')
      expect(text.includes('"legalAdvice"'), persona).toBe(persona === 'legal-officer')
    }
  })

  it('makes a child before adoption as unknown as one who never was, byte for byte', async () => {
    const without = (text: string) => text.replaceAll(/"requestId":"[^"]+"/g, '')
    for (const persona of sampled(personas, 12)) {
      const once = await gateway.ask(persona, '{ findChild(nhsNumber: "9991016392") { id } }')
      const never = await gateway.ask(persona, '{ findChild(nhsNumber: "9991029990") { id } }')
      expect(without(once.text), persona).toBe(without(never.text))
    }
  })
})
