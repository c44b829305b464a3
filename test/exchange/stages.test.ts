import { describe, expect, it } from 'vitest'
import { stageDue } from '../../src/exchange/kinds/disagreement.ts'
import { clock, proceduresOf, shippedProcedures } from '../../src/exchange/procedures.ts'

const shipped = shippedProcedures()
const named = (id: string) => shipped.get(id) ?? missing(id)

const missing = (id: string): never => {
  throw new Error(id)
}

describe('procedures', () => {
  it('hold the stages of a disagreement to their days, each after the one before', () => {
    const steps = named('four-steps')
    const raised = new Date('2026-12-01T10:00:00Z')
    const first = stageDue(steps, 1, raised)
    const second = stageDue(steps, 2, first.at ?? raised)
    const third = stageDue(steps, 3, second.at ?? raised)
    expect([first, second, third].map(({ at }) => at?.toISOString().slice(0, 10))).toEqual([
      '2026-12-03',
      '2026-12-10',
      '2026-12-14',
    ])
  })

  it('give no day where both sides accept one, and say so', () => {
    const due = stageDue(named('time-both-accept'), 1, new Date('2026-12-01T10:00:00Z'))
    expect(due.at).toBeNull()
    expect(due.rule).toContain('a time that both sides accept')
  })

  it('have every clock, and count an hour through the night', () => {
    for (const procedures of shipped.values())
      expect(clock(procedures, 'imminentRisk', new Date('2026-12-24T23:30:00Z')).at?.toISOString()).toBe(
        '2026-12-25T00:30:00.000Z',
      )
  })

  it('are chosen by authority, and refused where there are none by that name', () => {
    const chosen = proceduresOf('LA2=four-steps, LA5=each-answer-gauge')
    expect(['LA2', 'LA5', 'LA3', null].map((la) => chosen(la).id)).toEqual([
      'four-steps',
      'each-answer-gauge',
      'england',
      'england',
    ])
    for (const wrong of ['LA2', 'LA2=none', '=england']) expect(() => proceduresOf(wrong)).toThrow()
  })
})
