import { describe, expect, it } from 'vitest'
import { bitOf, labels } from '../../../src/policy/labels.ts'
import { masksOf } from '../../../src/policy/masks.ts'
import { readPack } from '../../../src/policy/pack.ts'
import { agencyTypes, purposes, roles } from '../../../src/policy/vocabulary.ts'
import { examine } from '../../proof/exhaustive.ts'
import { invariants } from '../../proof/invariants.ts'
import { decisionsOfProfile } from '../../proof/point.ts'
import { profilesOf, speakFor } from '../../proof/profiles.ts'
import { pick, randomFacts, seeded } from '../../proof/randomFacts.ts'

const pack = readPack()
const profiles = profilesOf(pack)

describe('the decision, walked by what it reads', () => {
  const few = profiles.filter((_, at) => at % 97 === 0)
  const examined = examine(pack, few)

  it('covers every combination of facts of the profiles it walks', () => {
    const expected = few.reduce((sum, profile) => sum + profile.stands * decisionsOfProfile, 0)
    expect(examined.decisions).toBe(expected)
  })

  it('has a profile for each combination of role, type, purpose, label and holder', () =>
    expect(profiles.reduce((sum, profile) => sum + profile.stands, 0)).toBe(26 * 19 * 20 * 9 * 5))

  it('decides for every combination as for its profile', () =>
    expect(speakFor(pack, 1, seeded(7), 9).different).toBe(0))

  for (const { id, sentence } of invariants)
    it(`${id}: ${sentence}`, () => expect(examined.violations[id] ?? []).toEqual([]))
})

describe('I17: what is asked beside a label', () => {
  it('changes nothing of what is permitted', () => {
    const random = seeded(17)
    for (let at = 0; at < 200; at++) {
      const { child, consent } = randomFacts(random)
      const question = {
        pack,
        caller: { agencyType: pick(agencyTypes, random), role: pick(roles, random), purpose: pick(purposes, random) },
        child,
        home: pick(agencyTypes, random),
        consentFor: () => consent,
        holdOn: () => 'NONE' as const,
      }
      const some = new Set(labels.filter(() => random() < 0.5))
      const { withheld: all, obligations: owed, ...whole } = masksOf({ ...question, labelsOfSource: new Set(labels) })
      const { withheld: told, obligations: due, ...part } = masksOf({ ...question, labelsOfSource: some })
      expect(part).toEqual(whole)
      expect(told).toEqual(all.filter(({ label }) => some.has(label)))
      expect(due).toEqual(owed.filter(({ label }) => some.has(label)))
      expect(whole.content & whole.redact & bitOf('CORE_IDENTITY')).toBe(0)
    }
  })
})
