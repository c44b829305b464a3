import { describe, expect, it } from 'vitest'
import { examine } from '../../../lab/policy/proof/exhaustive.ts'
import { invariants } from '../../../lab/policy/proof/invariants.ts'
import { combinationsThereAre, profilesOf, speakFor } from '../../../lab/policy/proof/profiles.ts'
import { shapeless } from '../../../lab/policy/proof/queryShapeIndependence.ts'
import { seeded } from '../../../lab/policy/proof/randomFacts.ts'
import { decisionsOfProfile } from '../../../lab/policy/proof/situationPoint.ts'
import { proposedPack, readPack } from '../../../src/policy/pack.ts'
import { sized } from '../../support/sample.ts'

const pack = readPack()

describe.each([pack, readPack(proposedPack)])('the decision by $id, walked by what it reads', (each) => {
  const profiles = profilesOf(each)
  const few = profiles.filter((_, at) => at % sized(596, 149) === 0)
  const examined = examine(each, few)

  it('covers every combination of facts of the profiles it walks', () => {
    const expected = few.reduce((sum, profile) => sum + profile.stands * decisionsOfProfile, 0)
    expect(examined.decisions).toBe(expected)
  })

  it('has a profile for each combination of role, type, purpose, label and holder, own and another of its type', () =>
    expect(profiles.reduce((sum, profile) => sum + profile.stands, 0)).toBe(combinationsThereAre))

  it('decides for every combination as for its profile', () =>
    expect(speakFor(each, 1, seeded(7), 41).different).toBe(0))

  for (const { id, sentence } of invariants)
    it(`${id}: ${sentence}`, () => expect(examined.violations[id] ?? []).toEqual([]))
})

describe('I17: what is asked beside a label', () => {
  it('changes nothing of what is permitted', () => expect(shapeless(pack, seeded(17), 450).different).toEqual([]))
})
