import { describe, expect, it } from 'vitest'
import { holders } from '../../seeds/authoritiesAndForces.ts'
import type { Evaluation } from '../../src/alerts/evaluateRules.ts'
import { gaps, owedBy } from '../../src/alerts/informationGaps.ts'
import { alertRules } from '../../src/alerts/rules.ts'
import { answersOf, asOf, groundOf, row } from '../childView/fixtures.ts'

/** Who owes what is overdue, by the guidance that each rule names. */
const owing = [
  ['RHI_OVERDUE', 'CHILDRENS_SOCIAL_CARE', 'socialCare'],
  ['REFERRAL_FEEDBACK_OVERDUE', 'CHILDRENS_SOCIAL_CARE', 'socialCare'],
  ['OUT_OF_HOURS_ITEM_UNTRIAGED', 'CHILDRENS_SOCIAL_CARE', 'socialCare'],
  ['OUTCOME_NOT_FILED', 'CHILDRENS_SOCIAL_CARE', 'socialCare'],
  ['GP_REPORT_OUTSTANDING', 'HEALTH_GP', 'health'],
  ['HEALTH_HISTORY_NOT_TRANSFERRED', 'HEALTH', 'health'],
  ['PREVENTION_INTERVIEW_MISSING', 'POLICE', 'police'],
] as const

describe('what is overdue', () => {
  it.each(owing)('of %s is asked of %s, whoever recorded that it was due', (code, expectedFrom, kind) => {
    const rule = alertRules.find((each) => each.code === code)
    const ground = groundOf()
    const howWhole = () => ({ completeness: 'WHOLE', without: [] })
    for (const agency of ['POLICE', 'CHILDRENS_SOCIAL_CARE', 'HEALTH', 'EDUCATION']) {
      const alerts = [
        { rule, finding: { text: 'Late.' }, evidence: [{ agency }], howWhole },
      ] as unknown as Evaluation['alerts']
      const found = gaps(answersOf(), ground, asOf, { alerts }).filter(({ kind: of }) => of === 'OVERDUE')
      const contact = ground.contracts[kind].contact ?? null
      expect(found).toEqual([expect.objectContaining({ area: code, expectedFrom, contact })])
    }
  })

  it('is every rule of which somebody owes something, and no other', () => {
    expect(Object.keys(owedBy)).toEqual(owing.map(([code]) => code))
    expect(alertRules.map(({ code }) => code)).toEqual(expect.arrayContaining(Object.keys(owedBy)))
  })
})

describe('whether an adult service knows the adults', () => {
  const isAsked = (list?: string) => {
    const answers = answersOf({
      socialCare: { plans: [row('socialCare:p', { eventAt: '2026-01-05', from: '2026-01-05' })] },
      ...(list ? { adultServices: { [list]: [row('adultServices:r', { eventAt: '2026-02-09' })] } } : {}),
    })
    return gaps(answers, groundOf(), asOf, { alerts: [] }).some(({ area }) => area === 'ADULT_SERVICES')
  }

  it.each(['services', 'housing', 'probation', 'substanceTreatment', 'requirements'])(
    'is answered by any record of theirs: %s',
    (list) => {
      expect(isAsked(list)).toBe(false)
    },
  )

  it('is asked where there is none', () => {
    expect(isAsked()).toBe(true)
  })
})

it('names the code by which a question reaches a holder that is away', () => {
  const holder = holders.find(({ id }) => id === 'F4')
  if (!holder) throw new Error('There is no such holder.')
  const answers = answersOf()
  const police = { ...answers.police, gaps: [{ holder, state: 'UNAVAILABLE' as const }] }
  const found = gaps({ ...answers, police } as typeof answers, groundOf(), asOf, { alerts: [] })
  expect(found.filter(({ area }) => area === 'POLICE')).toMatchObject([{ kind: 'NOT_CONNECTED', organisation: 'F4' }])
  // Addressees of the exchange are named by codes of this form.
  for (const { organisation } of holders) expect(organisation ?? 'NONE').toMatch(/^[A-Z0-9][A-Z0-9-]{0,31}$/)
})
