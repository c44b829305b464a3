import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { goldenTable } from '../../../lab/policy/golden.ts'
import { foundByProposal, kill, knownEquivalent } from '../../../lab/policy/proof/kill.ts'
import { killAlone } from '../../../lab/policy/proof/killAlone.ts'
import { mutantsOfPackRules, mutantsOfRules } from '../../../lab/policy/proof/mutants.ts'
import { proposedPack, readPack } from '../../../src/policy/pack.ts'
import { sized } from '../../support/sample.ts'

const pack = readPack()
const golden = readFileSync(new URL('../golden.csv', import.meta.url), 'utf8')

describe('the invariants by themselves', () => {
  it('find most of what is planted in the rules, without the golden table', { timeout: 180_000 }, () => {
    // Some of the mistakes; the long run plants them all.
    const some = mutantsOfRules(pack).filter((_, place) => place % sized(144, 24) === 0)
    const { found, planted } = killAlone(pack, some)
    expect(planted).toBeGreaterThan(sized(1, 9))
    expect(found / planted).toBeGreaterThan(sized(0.5, 0.7))
  })
})

describe('the golden table', () => {
  it('is what the pack decides; a changed line is a change of policy', () => expect(goldenTable(pack)).toBe(golden))

  it('finds every mistake that was planted in the decision, but those that change nothing', () => {
    const { total, left } = kill(pack, golden, false)
    expect(total).toBeGreaterThan(380)
    expect(left.map(({ id }) => id).sort()).toEqual([...knownEquivalent].sort())
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
    const quiet = mutants.filter((mutant) => goldenTable(mutant.pack, mutant.decide) === told)
    expect(quiet.map(({ id }) => id)).toEqual([])
  })
})
