import { describe, expect, it } from 'vitest'
import { evaluate } from '../../src/alerts/evaluateRules.ts'
import { fatherUnknown } from '../../src/alerts/rules/fatherOrMaleCarerUnknown.ts'
import { alertParametersOf } from '../../src/policy/alertParameters.ts'
import { answersOf, asOf, contractsOf, grantsOf, registry, row } from '../childView/fixtures.ts'

type Fields = Parameters<typeof row>[1]
const on = (id: string, day: string, fields: Fields) =>
  row(id, { eventAt: `${day}T09:00:00Z`, 'provenance.recordedAt': `${day}T10:00:00Z`, ...fields })

const found = (rule: Parameters<typeof evaluate>[0][number], given: Parameters<typeof answersOf>[0]) =>
  evaluate([rule], {
    ...{ answers: answersOf(given), grants: grantsOf(), contracts: contractsOf(), registry, asOf },
    parameters: alertParametersOf({}),
  }).alerts.map(({ finding }) => finding)

describe('a father or male carer', () => {
  const family = (relation: string, fields: Fields = {}) => ({
    socialCare: {
      plans: [on('socialCare:p', '2026-01-01', { level: 'CHILD_IN_NEED', from: '2026-01-01', to: null })],
      family: [on('socialCare:f', '2026-01-01', { relation, isChild: false, ...fields })],
    },
  })

  it.each(['FATHER', 'STEPFATHER', 'STEP_FATHER', 'PARTNER_OF_MOTHER', 'UNCLE', 'GRANDFATHER', 'MALE_CARER'])(
    'is known by %s',
    (relation) => {
      expect(found(fatherUnknown, family(relation))).toEqual([])
    },
  )

  it.each(['MOTHER', 'STEPMOTHER', 'AUNT', 'FEMALE_CARER', 'GRANDMOTHER', 'FATHERS_PARTNER'])(
    'is not known by %s',
    (relation) => {
      expect(found(fatherUnknown, family(relation))).toHaveLength(1)
    },
  )

  it('is not a brother, and is a carer whose sex is recorded', () => {
    expect(found(fatherUnknown, family('BROTHER', { isChild: true }))).toHaveLength(1)
    expect(found(fatherUnknown, family('FAMILY_FRIEND', { sex: 'M', inHousehold: true }))).toEqual([])
  })

  it.each<[string, Fields]>([
    ['GODFATHER', {}],
    ['FAMILY_FRIEND', { sex: 'M' }],
    ['STEPFATHER', { diedOn: '2025-11-02' }],
    ['EX_PARTNER_OF_MOTHER', { sex: 'M' }],
    ['UNCLE', { inHousehold: false }],
    ['LODGER', { sex: 'M', isChild: null }],
    ['MALE_CARER', { sex: 'F' }],
    ['FOSTER_CARER', { sex: 'F' }],
  ])('is not known by who does not care, is not alive or is no man: %s', (relation, fields) => {
    expect(found(fatherUnknown, family(relation, fields))).toHaveLength(1)
  })

  it.each<[string, Fields]>([
    ['FATHER', { diedOn: '2019-05-01' }],
    ['FATHER', { inHousehold: false }],
    ['GODFATHER', { inHousehold: true }],
    ['FOSTER_CARER', { sex: 'M' }],
    ['MOTHERS_PARTNER', { sex: null }],
    ['LODGER', { sex: 'M', inHousehold: true }],
  ])('is known by the father, also where he died, and by a man who lives with the child: %s', (relation, fields) => {
    expect(found(fatherUnknown, family(relation, fields))).toEqual([])
  })
})
