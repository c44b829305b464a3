import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { goldenTable, writesGolden } from '../../../lab/policy/goldenTable.ts'
import {
  equivalentInProposal,
  everyMutant,
  foundByProposal,
  kill,
  knownEquivalent,
} from '../../../lab/policy/proof/killMutants.ts'
import { mutantsOfPackRules, mutantsOfRules } from '../../../lab/policy/proof/mutants.ts'
import { killAlone, tellingProfiles } from '../../../lab/policy/proof/mutantsKilledByInvariants.ts'
import { proposedPack, readPack } from '../../../src/policy/pack.ts'
import { sampled, sized } from '../../support/sample.ts'

const pack = readPack()
const golden = readFileSync(new URL('../golden.csv', import.meta.url), 'utf8')

describe('the invariants by themselves', () => {
  it('find much of what is planted in the rules, without the golden table', { timeout: 180_000 }, () => {
    // Some of the mistakes, on some of the profiles; the long run plants them all, on every one.
    const some = mutantsOfRules(pack).filter((_, place) => place % sized(144, 24) === 0)
    const { found, planted } = killAlone(pack, some, sampled(tellingProfiles(pack), 40))
    expect(planted).toBeGreaterThan(sized(1, 9))
    expect(found / planted).toBeGreaterThan(sized(0.3, 0.7))
  })
})

describe('the golden table', () => {
  it('is what the pack decides; a changed line is a change of policy', () => expect(goldenTable(pack)).toBe(golden))

  it('finds every mistake that was planted in the decision, but those that change nothing', () => {
    const every = everyMutant(pack)
    expect(every.length).toBeGreaterThan(380)
    const some = sampled(every, 130)
    const { left } = kill(pack, golden, false, some)
    const planted = new Set(some.map(({ id }) => id))
    expect(left.map(({ id }) => id).sort()).toEqual(knownEquivalent.filter((id) => planted.has(id)).sort())
  })

  it('finds every mistake in the rows of the proposal too, but those that change nothing', () => {
    const proposal = readPack(proposedPack)
    const some = sampled(everyMutant(proposal), 40)
    const { left } = kill(proposal, goldenTable(proposal), false, some)
    const planted = new Set(some.map(({ id }) => id))
    expect(left.map(({ id }) => id).sort()).toEqual(equivalentInProposal.filter((id) => planted.has(id)).sort())
  })

  it('finds, under a pack that says something of the rules, whatever is not said and what only such a pack asks', () => {
    const proposal = readPack(proposedPack)
    const told = goldenTable(proposal)
    const asked: readonly string[] = foundByProposal
    const mutants = [
      ...mutantsOfPackRules(proposal),
      ...mutantsOfRules(proposal).filter(({ id }) => asked.includes(id)),
    ]
    expect(mutants.length).toBe(Object.keys(proposal.rules ?? {}).length + asked.length)
    const quiet = mutants.filter((mutant) => writesGolden(told, mutant.pack, mutant.decide))
    expect(quiet.map(({ id }) => id)).toEqual([])
  })
})
