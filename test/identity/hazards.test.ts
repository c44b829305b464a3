import { describe, expect, it } from 'vitest'
import { countKnowledge } from '../../lab/linkage/countKnowledge.ts'
import { keyHasher } from '../../src/identity/blockingKeys.ts'
import { type Decision, decide } from '../../src/identity/decideMatch.ts'
import { personAsked } from '../../src/identity/describedPerson.ts'
import { foundAgain } from '../../src/identity/identityService.ts'
import { type Described, type Person, personOf } from '../../src/identity/person.ts'
import { defaultLinkageModel } from '../../src/identity/readLinkageModel.ts'
import { Register } from '../../src/identity/register.ts'
import { resolveRecords } from '../../src/identity/resolveRecords.ts'
import { openMigratedEmbedded } from '../support/postgres.ts'
import { sampled } from '../support/sample.ts'
import { furtherHazards } from './support/furtherHazards.ts'
import { type Hazard, hazards } from './support/hazards.ts'
import { laterHazards } from './support/laterHazards.ts'

const model = defaultLinkageModel()
const all = [...hazards, ...furtherHazards, ...laterHazards]

const decided = ({ onFile, asked }: Hazard, query: Person = personOf(asked)): Decision => {
  const known = [{ id: 'child', persons: [personOf(onFile)] }]
  const register = countKnowledge([personOf(onFile)])
  return decide({ query, known: foundAgain(query, known), model: { ...model, register } })
}

const outcomes = { ASK: ['ASK'], ONE: ['SAME', 'ASK'], TWO: ['ASK', 'NONE'], SAME: ['SAME'] } as const
const named = (cases: readonly Hazard[]) =>
  cases.map((hazard) => [hazard.kind, JSON.stringify([hazard.onFile, hazard.asked]), hazard] as const)
const turned = (hazard: Hazard): Hazard => ({ ...hazard, onFile: hazard.asked, asked: hazard.onFile })

describe('a hazard', () => {
  it('is one of three hundred and more', () => expect(hazards.length).toBeGreaterThanOrEqual(300))

  it.each(named(all))('of %s is decided rightly: %s', (_, __, hazard) => {
    expect(outcomes[hazard.may]).toContain(decided(hazard).outcome)
  })

  it('is decided alike from either side, as far as a link is concerned', () => {
    for (const hazard of all) {
      const { outcome } = decided(turned(hazard))
      if (hazard.may === 'ASK' || hazard.may === 'TWO') expect([outcome, hazard]).not.toEqual(['SAME', hazard])
      if (hazard.may !== 'TWO') expect([outcome, hazard]).not.toEqual(['NONE', hazard])
    }
  })

  it('is decided alike as a search sends it, or refused with a code', () => {
    for (const hazard of all.filter(({ asked }) => asked.house === undefined)) {
      const query = searched(hazard.asked)
      if (query !== null)
        expect([outcomes[hazard.may], hazard]).toEqual([
          expect.arrayContaining([decided(hazard, query).outcome]),
          hazard,
        ])
    }
  })
})

/** What a search makes of a description; null where it is refused. */
function searched({ given, family, birth, expected, sex, postcode, nhsNumber, upn, motherNhs }: Described) {
  const names = { given: given ?? null, family: family ?? null, sex: sex ?? null, postcode: postcode ?? null }
  const dates = { dateOfBirth: birth ?? null, expectedDate: expected ?? null }
  const numbers = { nhsNumber: nhsNumber ?? null, upn: upn ?? null, motherNhsNumber: motherNhs ?? null }
  try {
    return personAsked({ ...names, ...dates, ...numbers }, '2026-06-01')
  } catch (error) {
    expect(error).toMatchObject({ code: 'BAD_INPUT' })
    return null
  }
}

describe('a hazard in a load of records', () => {
  const cases = sampled(all, 14)

  it(`links no two children and never makes a second child of one, in ${cases.length} loads`, async () => {
    const database = await openMigratedEmbedded()
    const now = () => new Date('2026-11-20T09:00:00Z')
    for (const hazard of cases) {
      await database.knex.raw(
        'truncate gateway.link_event, gateway.person_record, gateway.person_key, gateway.link, gateway.child cascade',
      )
      const options = { database, model, hash: keyHasher('a secret of the tests'), clock: { now, today: now } }
      const register = new Register({ ...options, disclosures: { ofChild: async () => [] } })
      const entry = (agency: 'socialCare' | 'health', described: Described) =>
        ({ agency, localId: agency, holder: `${agency} 1`, person: personOf(described), isProtected: false }) as const
      await register.takeIn([entry('socialCare', hazard.onFile)])
      await resolveRecords(register, database, { now, today: now }, () => {})
      await register.takeIn([entry('health', hazard.asked)])
      const { children, linked, asked } = await resolveRecords(register, database, { now, today: now }, () => {})
      const outcome = linked > 0 ? 'SAME' : asked > 0 ? 'ASK' : 'NONE'
      expect([outcome, children, hazard]).toEqual([outcome, outcome === 'NONE' ? 1 : 0, hazard])
      expect([outcomes[hazard.may], hazard]).toEqual([expect.arrayContaining([outcome]), hazard])
    }
    await database.close()
  }, 240_000)
})
