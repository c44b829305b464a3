import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/alerts/evaluateRules.ts'
import { transitionPlanMissing } from '../../src/alerts/rules/transitionPlanMissing.ts'
import { alertParametersOf } from '../../src/policy/alertParameters.ts'
import type { Row } from '../../src/sources/contract.ts'
import { answersOf, asOf, contractsOf, grantsOf, registry, row } from '../childView/fixtures.ts'

type Lists = Readonly<Record<string, readonly Row[]>>
const on = (id: string, fields: Parameters<typeof row>[1]) =>
  row(id, { eventAt: '2026-01-05T09:00:00Z', 'provenance.recordedAt': '2026-01-05T10:00:00Z', ...fields })

const found = (more: Lists, education: Lists = {}): readonly string[] =>
  evaluate([transitionPlanMissing], {
    ...{ grants: grantsOf(), contracts: contractsOf(), registry, asOf },
    answers: answersOf({
      socialCare: { person: [on('socialCare:p', { dateOfBirth: '2009-05-06' })], ...more },
      education,
    }),
    parameters: alertParametersOf({}),
  }).alerts.map(({ finding }) => finding.text)

describe('a plan for adult services', () => {
  it('is due to whom a plan alone says to be looked after, and to whom a school has down with a learning difficulty', () => {
    const plan = (to: string | null) => ({
      plans: [on('socialCare:l', { level: 'LOOKED_AFTER', from: '2024-01-01', to })],
    })
    const need = (of: string) => ({
      specialNeeds: [on('education:n', { need: of, provision: 'SEN_SUPPORT', to: null })],
    })
    expect(found(plan(null))).toEqual([expect.stringContaining('looked after')])
    expect(found(plan('2025-01-01'))).toEqual([])
    expect(found({}, need('MLD'))).toEqual([expect.stringContaining('with a learning difficulty')])
    expect(found({}, need('SLCN'))).toEqual([])
  })
})
