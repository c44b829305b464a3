import fc from 'fast-check'
import { parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { personas } from '../../seeds/personas.ts'
import type { Persona } from '../../src/auth/persona.ts'
import { ChildAccess } from '../../src/disclosure/childAccess.ts'
import { agencies } from '../../src/foundation/agencies.ts'
import type { Grant, RowsGrant } from '../../src/policy/grant.ts'
import { placeReaches } from '../../src/policy/placeGrain.ts'
import type { Purpose } from '../../src/policy/vocabulary.ts'
import { callerOf } from '../registers/people.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled } from '../support/sample.ts'
import { messageActs } from './support/messageActs.ts'
import { cases } from './support/people.ts'
import { publicSchema } from './support/wholeView.ts'

const authorities = ['LA2', 'LA3', 'LA5'] as const
const organisations = [...new Set(personas.map(({ organisation }) => organisation))]
/** What nobody knows beforehand, and what a caller may have been given by another. */
const ids = fc.constantFrom('R1', 'of nobody', '1')
const child = fc.constantFrom(...cases, 'C99')
const text = fc.constant('Because we say so')

/**
 * Every act that a client can ask for, with what it may say. `breakGlass` and its reviews open by design, for an hour
 * and under review; a consent opens what hangs on consent, with its evidence: those have tests of their own.
 */
const acts: Readonly<Record<string, fc.Arbitrary<string>>> = {
  requestTransfer: fc
    .tuple(
      child,
      fc.constantFrom(...authorities),
      fc.constantFrom(...authorities),
      fc.constantFrom('CLA_PLACED_OUT', 'CP_TRANSFER_IN'),
    )
    .map(
      ([id, from, to, type]) =>
        `requestTransfer(childId: "${id}", fromLa: "${from}", toLa: "${to}", type: ${type}) { id }`,
    ),
  acknowledgeTransfer: ids.map((id) => `acknowledgeTransfer(transferId: "${id}", version: "1.0") { id }`),
  contributeToTransfer: fc
    .tuple(ids, fc.constantFrom('CONTRIBUTED', 'NOTHING_HELD', 'WITHHELD'))
    .map(([id, state]) => `contributeToTransfer(transferId: "${id}", state: ${state}, reason: "x") { id }`),
  recordRelationship: fc
    .tuple(child, fc.constantFrom(...organisations), fc.constantFrom('ALLOCATED', 'EPISODE', 'ON_ROLL'), text)
    .map(
      ([id, organisation, kind, basis]) =>
        `recordRelationship(input: { childId: "${id}", organisation: "${organisation}", kind: ${kind}, basis: "${basis}" }) { id }`,
    ),
  endRelationship: ids.map((id) => `endRelationship(id: "${id}") { id }`),
  recordHold: fc
    .tuple(
      child,
      fc.constantFrom('DETRIMENT', 'NOT_RELEVANT'),
      fc.constantFrom('SOCIAL_CARE', 'POLICE_RECORD', 'HEALTH_GENERAL'),
    )
    .map(
      ([id, kind, label]) =>
        `recordHold(input: { childId: "${id}", kind: ${kind}, label: ${label}, reason: "x", reviewOn: "2026-12-01" }) { id }`,
    ),
  releaseHold: ids.map((id) => `releaseHold(id: "${id}", reason: "x") { id }`),
  reviewHold: ids.map((id) => `reviewHold(id: "${id}", reviewOn: "2026-12-02", reason: "x") { id }`),
  escalateHold: child.map(
    (id) =>
      `escalateHold(childId: "${id}", agency: HEALTH, label: HEALTH_MENTAL, toRole: "DESIGNATED_NURSE", reason: "x") { __typename }`,
  ),
  decideRelevance: child.map(
    (id) =>
      `decideRelevance(childId: "${id}", recordId: "police:1", relevance: RELEVANT, reviewOn: "2026-12-01", reason: "x") { __typename }`,
  ),
  dischargeObligation: ids.map((id) => `dischargeObligation(id: "${id}", reason: "x") { id }`),
  withdrawConsent: ids.map((id) => `withdrawConsent(id: "${id}", reason: "x") { id }`),
  decideIdentity: ids.map((id) => `decideIdentity(reference: "${id}", verdict: SAME, reason: "x") { __typename }`),
  clearAlert: child.map((id) => `clearAlert(childId: "${id}", alertId: "1", reason: DONE, note: "x") { __typename }`),
  recordCourtOrder: fc
    .tuple(child, fc.constantFrom(...organisations))
    .map(
      ([id, organisation]) =>
        `recordCourtOrder(input: { childId: "${id}", court: "x", reference: "x", madeOn: "2026-11-01", recipient: "${organisation}", expiresOn: "2026-12-31" }) { id }`,
    ),
  confirmCourtOrder: ids.map((id) => `confirmCourtOrder(id: "${id}") { id }`),
  endCourtOrder: ids.map((id) => `endCourtOrder(id: "${id}", reason: "x") { id }`),
  recordParentalResponsibility: child.map(
    (id) =>
      `recordParentalResponsibility(input: { childId: "${id}", holder: "x", source: MOTHER, from: "2020-01-01" }) { id }`,
  ),
  endParentalResponsibility: ids.map((id) => `endParentalResponsibility(id: "${id}", reason: "x") { id }`),
  recordBar: child.map(
    (id) => `recordBar(input: { childId: "${id}", subject: "nobody", kind: DECLARED, reason: "x" }) { id }`,
  ),
  endBar: ids.map((id) => `endBar(id: "${id}", reason: "x") { id }`),
  signalHarm: child.map((id) => `signalHarm(childId: "${id}", basis: "x") { id }`),
  proposeAgreement: fc
    .constantFrom(...organisations)
    .map(
      (organisation) =>
        `proposeAgreement(input: { organisation: "${organisation}", title: "x", document: "x", from: "2020-01-01", parties: ["LA2-CSC"] }) { id }`,
    ),
  confirmAgreement: ids.map((id) => `confirmAgreement(id: "${id}") { id }`),
  endAgreement: ids.map((id) => `endAgreement(id: "${id}") { id }`),
  openGovernanceCase: child.map(
    (id) =>
      `openGovernanceCase(input: { kind: COMPLAINT, controller: "LA2", childId: "${id}", receivedOn: "2026-11-02", summary: "x" }) { id }`,
  ),
  noteGovernanceCase: ids.map((id) => `noteGovernanceCase(id: "${id}", note: "x") { id }`),
  closeGovernanceCase: ids.map((id) => `closeGovernanceCase(id: "${id}", outcome: "x") { id }`),
  proposeRetention: text.map(
    (basis) => `proposeRetention(input: { register: "consent", keepDays: 30, basis: "${basis}" }) { id }`,
  ),
  approveRetention: ids.map((id) => `approveRetention(id: "${id}") { id }`),
  placeLegalHold: text.map((reason) => `placeLegalHold(register: "all", reason: "${reason}") { id }`),
  endLegalHold: ids.map((id) => `endLegalHold(id: "${id}") { id }`),
  refuteLink: ids.map((id) => `refuteLink(event: "${id}", reason: "x")`),
  ...messageActs(child, ids),
}
const leftOut = new Set(['breakGlass', 'confirmBreakGlass', 'closeReview', 'recordConsent'])

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** What people of an organisation may read of any child, by who and for what. */
async function readable(people: readonly Persona[]): Promise<ReadonlyMap<string, Grant>> {
  const { opening } = gateway.opened.setting
  const found = new Map<string, Grant>()
  for (const person of people)
    for (const purpose of person.purposes) {
      const { organisation, agencyType, la, force, role, subject } = person
      const access = new ChildAccess(opening, callerOf({ organisation, agencyType, la, force, role, subject, purpose }))
      for (const id of cases) {
        const facts = await access.facts(id)
        if (!facts || !access.policy.reachable(access.caller, facts)) continue
        for (const agency of agencies) found.set(`${person.id} ${purpose} ${id} ${agency}`, access.grant(facts, agency))
      }
    }
  return found
}

const registers = ['consents', 'holds', 'relationships']

/** Ids of decisions, transfers and questions that people of an organisation can read. */
async function idsToldTo(people: readonly Persona[]): Promise<string[]> {
  const told: string[] = []
  const note = (text: string, pattern: RegExp) =>
    told.push(...[...text.matchAll(pattern)].flatMap(([, id]) => id ?? []))
  for (const { id: person } of people)
    for (const id of cases) {
      for (const register of registers) {
        const { text: received } = await gateway.ask(person, `{ ${register}(childId: "${id}") { id } }`)
        note(received, /"id":"([^"]+)"/g)
      }
    }
  for (const { id: person } of people) {
    const { text: received } = await gateway.ask(person, '{ identityReviews(first: 20) { reference } }')
    note(received, /"reference":"([^"]+)"/g)
  }
  return told
}

/** Whether rows are opened that were not. */
const opensMore = (now: RowsGrant, before: RowsGrant): boolean =>
  (now.headline & ~before.headline) !== 0 ||
  (now.content & ~before.content) !== 0 ||
  (now.redact & ~(before.redact | before.content)) !== 0 ||
  Object.entries(now.rows).some(([gate, open]) => open && !before.rows[gate as keyof typeof before.rows]) ||
  placeReaches.indexOf(now.places) > placeReaches.indexOf(before.places) ||
  before.heldRecords.some((id) => !now.heldRecords.includes(id))

const grown = (before: ReadonlyMap<string, Grant>, now: ReadonlyMap<string, Grant>): string[] =>
  [...now].flatMap(([key, grant]) => {
    const was = before.get(key)
    const isGrown =
      !was || opensMore(grant, was) || (grant.own !== null && (was.own === null || opensMore(grant.own, was.own)))
    return isGrown ? [key] : []
  })

describe('what one organisation says alone', () => {
  it('is tried by every act of the schema but those that open by design', () => {
    const all = Object.keys(publicSchema.getMutationType()?.getFields() ?? {})
    expect(all.filter((name) => !acts[name] && !leftOut.has(name))).toEqual([])
    for (const act of Object.values(acts))
      for (const said of fc.sample(act, 5))
        expect(
          validate(publicSchema, parse(`mutation { ${said} }`)).map(({ message }) => `${said}: ${message}`),
        ).toEqual([])
  })

  it.each(sampled(organisations, 3))(
    'opens nothing to the people of %s, whatever they say and in whatever order',
    async (organisation) => {
      const people = personas.filter((persona) => persona.organisation === organisation)
      const before = await readable(people)
      const seen = await idsToldTo(people)
      const act = fc.tuple(fc.constantFrom(...people), fc.nat(), fc.oneof(...Object.values(acts)))
      for (const [sample] of fc.sample(fc.tuple(fc.array(act, { minLength: 12, maxLength: 12 })), 2))
        for (const [person, turn, said] of sample) {
          const purpose = person.purposes[turn % person.purposes.length] as Purpose
          // What is really there, as far as these people have been told of it.
          const real = seen[turn % Math.max(seen.length, 1)]
          const { text: received } = await gateway.ask(
            person.id,
            `mutation { ${real ? said.replaceAll(/"(?:R1|1)"/g, `"${real}"`) : said} }`,
            { purpose },
          )
          seen.push(...[...received.matchAll(/"id":"([^"]+)"/g)].flatMap(([, id]) => id ?? []))
        }
      expect(grown(before, await readable(people))).toEqual([])
    },
  )
})
