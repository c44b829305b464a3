import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import { roleTable } from '../../src/policy/vocabulary.ts'
import { everyAct, everyQuery } from '../acceptance/support/everyOperation.ts'
import { wholeView } from '../acceptance/support/wholeView.ts'
import { demonstrationPack } from '../support/demonstrationPack.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'

/** Where C07 lives, learns and is treated, how that is reached, and in whose area it is. */
const exact = [
  ...['Heron Way', 'ZZ5 9HW', '900007', 'Southmere Learning Centre', '01632 960107', 'Southmere foster carers', 'PR4'],
  ...['Southmere Practice', 'NHS-LA5', 'Southmere looked-after health team', 'Priya Nair', '01632 960215'],
]
const area = ['"LA5"', '"F4"', 'Southmere']

/** Roles to which the pack opens a protected place, or its area: those who act, and those who post the letters. */
const rolesAt = (level: 'CONTENT' | 'HEADLINE') =>
  new Set<string>(
    demonstrationPack.labels.ADDRESS_PROTECTED.access
      .filter((row) => row.level === level)
      .flatMap(({ roles }) => roles),
  )
const mayRead = rolesAt('CONTENT')
const mayKnowOfArea = rolesAt('HEADLINE')

/** Whoever works on the premises, and so reads of their own organisation's records where they themselves are. */
const onThePremises = new Set(['EDUCATION', 'HEALTH', 'CARE_PROVIDER'])

const questions = [
  `query Whole($id: ID!) { consents(childId: $id) { evidence recordedBy } parentalResponsibilities(childId: $id) { holder reason } }`,
  `query Whole($id: ID!) { child(id: $id) { healthCustodian { la ods name since previous { la } without { reason } } } }`,
  wholeView(),
  `query Whole($id: ID!) { children(ids: [$id, "C12"]) { id status { areaLa areaForce educationLa } involvements(openOnly: false) { service contact } } }`,
  `query Whole($id: ID!) { child(id: $id, asOf: "2025-01-01T00:00:00Z") { status { areaLa educationLa } socialCare { placements { la provider } } } }`,
  'query Whole { findChild(nhsNumber: "9991015485") { id education { enrolments { school contact provenance { la organisation } } } } }',
  `query Whole($id: ID!) { child(id: $id) { alerts(open: false) { explanation details { name value } evidence { recordId agency withheld { reason contact } } } alertsNotJudged { code without { agency holder contact } } gaps { kind area ask contact } } }`,
  `query Whole($id: ID!) { messages(childId: $id, first: 50) { messages { id title from { organisation role } to { to role contact } content { name value } } } }`,
  `query Whole($id: ID!) { obligations(childId: $id) { kind label owner agency } relationships(childId: $id) { organisation basis } accessLog(childId: $id, first: 50) { id } }`,
]

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
  const said = 'evidence: "Said so at Southmere Practice"'
  const consent = `{ childId: "C07", state: REFUSED, giver: CHILD, competence: COMPETENT, ${said} }`
  expect((await gateway.ask('gp', `mutation { recordConsent(input: ${consent}) { evidence } }`)).errors).toEqual([])
})
afterAll(() => gateway.close())

describe('a protected place', () => {
  it('is there to be found by whoever may read it', async () => {
    const { text } = await gateway.ask('social-worker', wholeView(), { variables: { id: 'C07' } })
    for (const one of [...exact, ...area]) expect(text).toContain(one)
    expect((await gateway.ask('social-worker', '{ placedOut(la: "LA2") { id } }')).text).toContain('C07')
  })

  it('is nobody’s to know among those who work with the very adult a child may be kept from', () => {
    for (const [role, { type }] of Object.entries(roleTable))
      if (type === 'ADULT') expect([role, mayRead.has(role) || mayKnowOfArea.has(role)]).toEqual([role, false])
  })

  const asking = personas.flatMap(({ purposes, ...persona }) =>
    purposes.map((purpose) => [persona.id, purpose, { ...persona, purposes }] as const),
  )
  it.each(sampled(asking, 32))(
    'and whatever leads to it is told to %s for %s only where their role may know of it',
    async (id, purpose, persona) => {
      if (mayRead.has(persona.role)) return
      const needles = [
        ...(onThePremises.has(persona.agencyType) ? exact.filter((one) => !ownOf(persona, one)) : exact),
        ...(onThePremises.has(persona.agencyType) || mayKnowOfArea.has(persona.role) ? [] : area),
      ]
      for (const list of ['placedOut(la: "LA2")', 'placedIn(la: "LA5")', 'missingNotices(force: "F4")']) {
        const query = `{ ${list} { ${list.startsWith('placed') ? 'id status { areaLa responsibleLa }' : 'notices { child { id } }'} } }`
        const { text: placed } = await gateway.ask(id, query, { purpose })
        if (!mayKnowOfArea.has(persona.role)) expect(placed).not.toContain('C07')
        // Whoever is on a list of placements is there by what the reader's own view of them says.
        if (list.startsWith('placed')) expect(placed).not.toMatch(/"(areaLa|responsibleLa)":null/)
      }
      for (const query of questions) {
        const { text } = await gateway.ask(id, query, { purpose, variables: { id: 'C07' } })
        expect(text).not.toContain('OPERATION_INVALID')
        expect(
          needles.filter((one) => text.includes(one)),
          query.slice(0, 90),
        ).toEqual([])
      }
    },
  )
})

describe('what is held back there', () => {
  const byKind = 'label: HEALTH_GENERAL'
  const readers = personas.filter(({ role, agencyType }) => !mayRead.has(role) && !onThePremises.has(agencyType))

  it('names no holder to whom the place is kept back: of a kind, and of one record', async () => {
    const own = await gateway.ask('gp', '{ child(id: "C07") { health { registrations { id } } } }')
    const record = `recordId: "${/"id":"([^"]+)"/.exec(own.text)?.[1]}"`
    for (const what of [byKind, record]) {
      const input = `{ childId: "C07", kind: DETRIMENT, ${what}, reason: "x", reviewOn: "2026-12-20" }`
      const held = await gateway.ask('gp', `mutation { recordHold(input: ${input}) { id } }`)
      expect(held.errors).toEqual([])
      for (const { id, role, purposes } of readers)
        for (const purpose of sampled(purposes, 1)) {
          const needles = mayKnowOfArea.has(role) ? ['NHS-LA5-GP"', 'Southmere Practice'] : [...exact, ...area]
          const { text } = await gateway.ask(id, wholeView(), { purpose, variables: { id: 'C07' } })
          expect(
            needles.filter((one) => text.includes(one)),
            `${id} ${purpose} ${what}`,
          ).toEqual([])
        }
      const id = /"id":"([^"]+)"/.exec(held.text)?.[1]
      await gateway.ask('gp', `mutation { releaseHold(id: "${id}", reason: "Over") { id } }`)
    }
  })
})

/** As anybody may guess or have been told it: the child, its number, its authorities, and what a question must say. */
const known = {
  ...{ id: '"C07"', childId: '"C07"', ids: '"C07"', caseIds: '"C07"', la: '"LA2"', force: '"F1"' },
  ...{ nhsNumber: '"9991015485"', fromLa: '"LA2"', toLa: '"LA5"', type: 'CLA_PLACED_OUT', field: '"Address.display"' },
  ...{ role: '"SOCIAL_WORKER"', purpose: 'S47_ENQUIRY', first: '20', family: '"Bellhaven"', given: '"Maya"' },
}

/** The register of holders is the same for everybody and names no child. */
const ofNoChild = /^query \{ holders /

describe('every operation of the schema', () => {
  // Whoever works with the father, first of all: whatever they may read, he may come to hear.
  const barred = personas.filter(({ role }) => !mayRead.has(role) && !mayKnowOfArea.has(role))
  const away = barred.filter(({ agencyType }) => !onThePremises.has(agencyType))
  const askers = [...new Set(['adult-services-worker', ...sampled(away, 1).map(({ id }) => id)])]

  it.each(askers)('gives %s no way to where the child is, asked or acted, taken or refused', async (id) => {
    const found: string[] = []
    for (const query of [...everyQuery(known), ...everyAct(known)].filter((each) => !ofNoChild.test(each))) {
      const { text, headers } = await gateway.ask(id, query)
      if (text.includes('OPERATION_INVALID')) found.push(`no operation: ${query}`)
      const answer = text + JSON.stringify([...headers])
      // What they said themselves comes back to them: the authority that they named as the receiving one.
      const needles = [...exact, ...area.filter((one) => !query.includes(one))]
      found.push(...needles.filter((one) => answer.includes(one)).map((one) => `${one}: ${query.slice(0, 120)}`))
    }
    expect(found).toEqual([])
  })
})

/** What stands in records of the caller's own organisation. */
const ownOf = ({ organisation }: { readonly organisation: string }, needle: string): boolean =>
  organisation === 'NHS-LA5-GP'
    ? ['Southmere Practice', 'NHS-LA5'].includes(needle)
    : organisation.startsWith('NHS-LA5') &&
      ['NHS-LA5', 'Southmere looked-after health team', 'Priya Nair', '01632 960215'].includes(needle)
