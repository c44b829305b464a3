import { describe, expect, it } from 'vitest'
import { heard } from '../../src/facts/parentalResponsibility.ts'
import { type ConsentFact, consentGivers } from '../../src/policy/facts.ts'
import { speakingConsent } from '../../src/policy/validConsent.ts'

type Said = Parameters<typeof heard>[0][number]
const said = (change: Partial<Said>): Said => ({
  ...{ id: 'x', state: 'GIVEN', labels: [], recipient: null, purpose: null, giver: 'PARENT', givenBy: null },
  ...{ competence: 'NOT_ASSESSED', recordedAt: '2026-11-02T09:00:00Z' },
  ...change,
})
const parents = ['mother', 'father'].map((id) => ({ id, disputed: false, notToBeAsked: false }))
const earlier = '2026-11-01T09:00:00Z'
const speaks = (consents: readonly Said[], ageBand: '13_TO_15' | '16_TO_17' = '13_TO_15'): ConsentFact | 'NONE' =>
  speakingConsent(heard(consents, parents), {
    ...{ label: 'HEALTH_GENERAL', recipient: 'EDUCATION', purpose: 'EARLY_HELP', ageBand },
  })

describe('a later yes', () => {
  it('undoes the no, or what was taken back, of one parent only where it is recorded as that parent’s own', () => {
    for (const state of ['REFUSED', 'WITHDRAWN'] as const)
      for (const givenBy of [null, 'mother', 'father']) {
        const no = said({ id: 'no', state, givenBy: 'mother', recordedAt: earlier })
        expect(speaks([no, said({ id: 'yes', givenBy })]), `${state} ${givenBy}`).toMatchObject({
          id: givenBy === 'mother' ? 'yes' : 'no',
        })
      }
  })

  it('counts after a no of which nobody says whose it was', () => {
    expect(speaks([said({ id: 'no', state: 'REFUSED', recordedAt: earlier }), said({ id: 'yes' })])).toMatchObject({
      id: 'yes',
    })
  })

  it('of nobody but the child undoes the no of a child who can decide', () => {
    for (const ageBand of ['13_TO_15', '16_TO_17'] as const)
      for (const giver of consentGivers) {
        const child = { giver: 'CHILD', competence: 'COMPETENT' } as const
        const no = said({ id: 'no', state: 'REFUSED', ...child, recordedAt: earlier })
        const yes = said({ id: 'yes', giver, ...(giver === 'CHILD' ? child : {}), givenBy: 'mother' })
        const spoken = speaks([no, yes], ageBand)
        expect(spoken, `${ageBand} ${giver}`).toMatchObject({ id: giver === 'CHILD' ? 'yes' : 'no' })
      }
  })
})
