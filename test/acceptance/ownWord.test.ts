import fc from 'fast-check'
import { parse, validate } from 'graphql'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { holderRegistry } from '../../seeds/unconnectedHolders.ts'
import { dataOf } from '../../src/disclosure/answer.ts'
import { ChildAccess } from '../../src/disclosure/childAccess.ts'
import { agencyHeldBy } from '../../src/facts/registerEntitlement.ts'
import { type AgencyName, agencies } from '../../src/foundation/agencies.ts'
import type { Caller } from '../../src/policy/caller.ts'
import type { Grant, RowsGrant } from '../../src/policy/grant.ts'
import type { Label } from '../../src/policy/labels.ts'
import { placeReaches } from '../../src/policy/placePrecision.ts'
import { agencyTypes } from '../../src/policy/vocabulary.ts'
import { holdColumns } from '../../src/registers/holds.ts'
import { startTestGateway, type TestGateway } from '../support/gateway.ts'
import { sampled, sized } from '../support/sample.ts'
import { acts, strays } from './support/actsOfOneWord.ts'
import { type OfTwo, organisationsOfEachType } from './support/organisationPairs.ts'
import { cases } from './support/people.ts'
import { publicSchema } from './support/wholeView.ts'

let gateway: TestGateway
beforeAll(async () => {
  gateway = await startTestGateway()
})
afterAll(() => gateway.close())

/** The answer as it leaves, to one who works for an organisation, be there a persona of it or not. */
async function ask(caller: Caller, query: string): Promise<string> {
  const answer = await gateway.opened.answer(caller, { query, operationName: null, variables: {} })
  return JSON.stringify({ data: dataOf(answer), errors: answer.errors })
}

/** What people of an organisation may read of any child, by who and for what. */
async function readable(people: readonly Caller[]): Promise<ReadonlyMap<string, Grant>> {
  const { opening } = gateway.opened.setting
  const found = new Map<string, Grant>()
  for (const caller of people) {
    const access = new ChildAccess(opening, caller)
    // Together, so that they are looked up in one statement.
    const all = await Promise.all(cases.map((id) => access.facts(id)))
    for (const [at, facts] of all.entries()) {
      if (!facts || !access.policy.reachable(caller, facts)) continue
      for (const agency of agencies)
        found.set(`${caller.role} ${caller.purpose} ${cases[at]} ${agency}`, access.grant(facts, agency))
    }
  }
  return found
}

const registers = ['consents', 'holds', 'relationships']

/** Ids of decisions and questions that people of an organisation can read: of each role for one purpose. */
async function idsToldTo(people: readonly Caller[]): Promise<string[]> {
  const told: string[] = []
  const note = (text: string, pattern: RegExp) =>
    told.push(...[...text.matchAll(pattern)].flatMap(([, id]) => id ?? []))
  for (const person of new Map(people.map((each) => [each.role, each])).values()) {
    const questions = cases.flatMap((id) => registers.map((register) => `{ ${register}(childId: "${id}") { id } }`))
    for (const text of await Promise.all(questions.map((question) => ask(person, question))))
      note(text, /"id":"([^"]+)"/g)
    note(await ask(person, '{ identityReviews(first: 20) { reference } }'), /"reference":"([^"]+)"/g)
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

/** A kind of record that an agency holds, beside who the child is and who works with them. */
const labelOf = (agency: AgencyName): Label => {
  const kept = [...gateway.opened.catalogue.model.layouts[agency].lists.values()].map(({ type }) => type.label)
  return kept.find((label) => label !== 'CORE_IDENTITY' && label !== 'INVOLVEMENT') ?? 'CORE_IDENTITY'
}

/** Has an organisation hold back a kind of record of two children; none where it holds no records itself. */
async function heldBackBy(organisation: string, { agencyType }: OfTwo): Promise<readonly string[]> {
  const agency = agencyHeldBy(gateway.opened.contracts, agencyType)
  if (agency === null) return []
  const made = ['C04', 'C10'].map((childId) => ({
    ...{ id: `${organisation} ${childId}`, childId, kind: 'DETRIMENT' as const, agency, organisation },
    ...{ recordId: null, label: labelOf(agency), reason: 'Not to be told', owner: `Nobody, ${organisation}` },
    ...{ reviewOn: '2026-12-20', until: null, recipient: null, recipientOrganisation: null },
    recordedAt: '2026-11-20T10:00:00Z',
  }))
  await gateway.opened.setting.opening.store.knex('gateway.hold').insert(made.map(holdColumns))
  return made.map(({ id }) => id)
}

const untouched = (ids: readonly string[]) =>
  gateway.opened.setting.opening.store
    .knex('gateway.hold')
    .whereIn('id', ids)
    .whereNull('released_at')
    .where({ review_on: '2026-12-20' })

describe('the organisations', () => {
  it('are two of every type that there is, and of every service that holds records', () => {
    for (const type of agencyTypes) {
      const codes = organisationsOfEachType.filter(({ agencyType }) => agencyType === type)
      expect(new Set(codes.map(({ organisation }) => organisation)).size, type).toBeGreaterThanOrEqual(2)
      for (const { organisation, other, people } of codes) {
        expect(people.length, organisation).toBeGreaterThan(0)
        expect(codes.map(({ organisation: code }) => code)).toContain(other)
      }
    }
    const tried = new Set(organisationsOfEachType.map(({ organisation }) => organisation))
    const held = holdersWithPeople.filter(({ service }) =>
      holdersWithPeople.every((holder) => holder.service !== service || !tried.has(holder.organisation ?? '')),
    )
    expect(held.map(({ service }) => service)).toEqual([])
  })
})

/** Services whose people ask: a project of volunteers has none who may. */
const holdersWithPeople = holderRegistry.filter(({ service }) => service !== 'VOLUNTARY')

describe('what one organisation says alone', () => {
  it('is tried by every act of the schema but those that open by design', () => {
    const all = Object.keys(publicSchema.getMutationType()?.getFields() ?? {})
    expect(all.filter((name) => !acts[name])).toHaveLength(4)
    expect(strays).toEqual([])
    for (const act of Object.values(acts))
      for (const said of fc.sample(act, 5))
        expect(
          validate(publicSchema, parse(`mutation { ${said} }`)).map(({ message }) => `${said}: ${message}`),
        ).toEqual([])
  })

  it.each(sampled(organisationsOfEachType, 3))(
    'opens nothing to the people of $organisation, nor of what $other holds back, whatever they say in whatever order',
    // At full size two dozen roles work for an authority, each for every purpose.
    { timeout: 900_000 },
    async (organisation) => {
      const { people, other } = organisation
      const theirs = await heldBackBy(other, organisation)
      const before = await readable(people)
      // What is really there, as far as these people were told of it; and ids of the other's, as if they had leaked.
      const seen = [...(await idsToldTo(people)), ...theirs]
      const act = fc.tuple(fc.constantFrom(...people), fc.nat(), fc.oneof(...Object.values(acts)))
      const sequence = fc.array(act, { minLength: 12, maxLength: 12 })
      for (const said of fc.sample(sequence, sized(2, 8)))
        for (const [person, turn, words] of said) {
          const real = seen[turn % Math.max(seen.length, 1)]
          const text = await ask(person, `mutation { ${real ? words.replaceAll(/"(?:R1|1)"/g, `"${real}"`) : words} }`)
          seen.push(...[...text.matchAll(/"id":"([^"]+)"/g)].flatMap(([, id]) => id ?? []))
        }
      expect(grown(before, await readable(people))).toEqual([])
      expect(await untouched(theirs)).toHaveLength(theirs.length)
      const told = await idsToldTo(people)
      expect(theirs.filter((id) => told.includes(id))).toEqual([])
    },
  )
})
