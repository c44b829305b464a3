import { describe, expect, it } from 'vitest'
import { countKnowledge } from '../../lab/linkage/countKnowledge.ts'
import { type Decision, decide } from '../../src/identity/decide.ts'
import { foundAgain } from '../../src/identity/identityService.ts'
import { personOf } from '../../src/identity/person.ts'
import { defaultLinkageModel } from '../../src/identity/readLinkageModel.ts'
import { type Hazard, hazards } from './support/hazards.ts'

const model = defaultLinkageModel()

const decided = ({ onFile, asked }: Hazard, register = countKnowledge([personOf(onFile)])): Decision => {
  const query = personOf(asked)
  const known = [{ id: 'child', persons: [personOf(onFile)] }]
  return decide({ query, known: foundAgain(query, known), model: { ...model, register } })
}

const outcomes = { ASK: ['ASK'], ONE: ['SAME', 'ASK'], TWO: ['ASK', 'NONE'], SAME: ['SAME'] } as const
const named = (cases: readonly Hazard[]) =>
  cases.map((hazard) => [hazard.kind, JSON.stringify([hazard.onFile, hazard.asked]), hazard] as const)

describe('a hazard', () => {
  it('is one of three hundred and more', () => expect(hazards.length).toBeGreaterThanOrEqual(300))

  it.each(named(hazards))('of %s is decided rightly: %s', (_, __, hazard) => {
    expect(outcomes[hazard.may]).toContain(decided(hazard).outcome)
  })

  it('is decided alike from either side, as far as a link is concerned', () => {
    for (const hazard of hazards.filter(({ may }) => may === 'ASK' || may === 'TWO')) {
      const turned = { ...hazard, onFile: hazard.asked, asked: hazard.onFile }
      expect([decided(turned).outcome, JSON.stringify(hazard)]).not.toEqual(['SAME', JSON.stringify(hazard)])
    }
  })
})
