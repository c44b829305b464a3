import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/alerts/evaluateRules.ts'
import { gaps, gapsNotJudged } from '../../src/alerts/informationGaps.ts'
import { alertRules } from '../../src/alerts/rules.ts'
import { alertParametersOf } from '../../src/policy/alertParameters.ts'
import { answersOf, asOf, down, groundOf, registry, row, told } from '../childView/fixtures.ts'

const parameters = alertParametersOf({})
const nothing = { headline: 0, content: 0 }

function lookedThrough(given: Parameters<typeof answersOf>[0], grants: Parameters<typeof groundOf>[0] = {}) {
  const answers = answersOf(given)
  const ground = groundOf(grants)
  const evaluation = evaluate(alertRules, { ...ground, answers, registry, parameters, asOf })
  return {
    gaps: gaps(answers, ground, asOf, evaluation),
    notJudged: gapsNotJudged(answers, ground, evaluation),
  }
}

const plan = row('socialCare:plan', { level: 'CHILD_PROTECTION', from: '2026-01-05' })
const person = row('socialCare:p', { dateOfBirth: '2012-03-01' })

describe('what was due', () => {
  const episode = { from: '2026-10-01T18:00:00Z', to: '2026-10-02T08:00:00Z', kind: 'M', grade: 'HIGH' }

  it.each([
    ['RHI_OVERDUE', 'CHILDRENS_SOCIAL_CARE', 'socialCare desk'],
    ['PREVENTION_INTERVIEW_MISSING', 'POLICE', 'police desk'],
  ])('is expected from whoever owes it, not from whoever recorded it: %s', (code, agency, contact) => {
    const recorded = { eventAt: episode.from, 'provenance.recordedAt': '2026-10-02T09:00:00Z', ...episode, force: 'F1' }
    const { gaps: found } = lookedThrough({
      police: { missingEpisodes: [row('police:m', { ...recorded, safeAndWellCheck: false })] },
    })
    expect(found.find(({ area }) => area === code)).toMatchObject({ kind: 'OVERDUE', expectedFrom: agency, contact })
  })
})

describe('what was never asked', () => {
  const open = { socialCare: { plans: [plan], person: [person] } }

  it('is said of who holds nothing that may not be told', () => {
    const { gaps: found } = lookedThrough(open)
    expect(found.find(({ area }) => area === 'ADULT_SERVICES')).toMatchObject({
      kind: 'NEVER_ASKED',
      state: 'NOTHING_HELD',
    })
  })

  it('is not said of who may hold what this reader is not told', () => {
    const { gaps: found } = lookedThrough(open, { adultServices: { withheld: [told('ADULT_HEALTH' as never)] } })
    expect(found.find(({ area }) => area === 'ADULT_SERVICES')).toMatchObject({ kind: 'NOT_KNOWN', state: 'WITHHELD' })
    expect(found.filter(({ kind, state }) => kind === 'NEVER_ASKED' && state === 'WITHHELD')).toEqual([])
  })
})

describe('what cannot be judged', () => {
  it('is said where social care may not be read, so that no gap is no word that nothing is lacking', () => {
    const { gaps: found, notJudged } = lookedThrough(
      {},
      { socialCare: { ...nothing, withheld: [told('SOCIAL_CARE'), told('INVOLVEMENT')] } },
    )
    expect(found.filter(({ kind }) => kind !== 'OVERDUE')).toEqual([])
    const areas = notJudged.map(({ area }) => area)
    for (const area of ['ADDRESS', 'VOICE_OF_THE_CHILD', 'EXPLOITATION', 'REFERRAL_FEEDBACK_OVERDUE'])
      expect(areas).toContain(area)
    expect(notJudged.every(({ without }) => without.length > 0)).toBe(true)
  })

  it('is said of who did not answer, and of nobody whose part was read', () => {
    expect(lookedThrough({ health: down }).notJudged.map(({ area }) => area)).toContain('GENERAL_PRACTICE')
    expect(lookedThrough({}).notJudged).toEqual([])
  })

  it('names no kind that is hidden, and judges nothing by it', () => {
    const { notJudged } = lookedThrough({}, { socialCare: nothing })
    expect(notJudged).not.toEqual([])
    for (const { without } of notJudged)
      expect(without).toMatchObject([{ agency: 'CHILDRENS_SOCIAL_CARE', label: null, reason: 'W_CANNOT_BE_SAID' }])
  })
})
