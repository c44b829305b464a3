import { describe, expect, it } from 'vitest'
import { computed as education } from '../../resolvers/education.ts'
import { computed as health } from '../../resolvers/health.ts'
import { computed as police } from '../../resolvers/police.ts'
import { computed as socialCare } from '../../resolvers/socialCare.ts'
import type { ComputedAt, ComputedFields } from '../../src/sources/computedFields.ts'
import type { Row, Value } from '../../src/sources/contract.ts'
import { asOf, row } from './fixtures.ts'

type Fields = Readonly<Record<string, Value>>
const all: Readonly<Record<string, ComputedFields>> = { education, health, police, socialCare }
const computedValue = (path: string, fields: Fields, at: Partial<ComputedAt> = {}): Value | undefined => {
  const [agency = '', type = '', field = ''] = path.split('.')
  const one = row('x:1', fields)
  return all[agency]?.[type]?.[field]?.value(one, { siblings: [one], hasAllSiblings: true, nested: {}, asOf, ...at })
}

describe('fields computed from one record', () => {
  const cases: readonly [string, string, Fields, Value, Partial<ComputedAt>?][] = [
    [
      'counts 19 days without service',
      'police.PoliceNotice.daysUnserved',
      { issuedAt: '2026-11-01T10:00:00Z', servedAt: null },
      19,
    ],
    [
      'counts 15 days four days before',
      'police.PoliceNotice.daysUnserved',
      { issuedAt: '2026-11-01T10:00:00Z' },
      15,
      { asOf: '2026-11-16T08:00:00Z' },
    ],
    [
      'counts none once served',
      'police.PoliceNotice.daysUnserved',
      { issuedAt: '2026-11-01T10:00:00Z', servedAt: '2026-11-03T10:00:00Z' },
      null,
    ],
    [
      'counts none where the issue is withheld',
      'police.PoliceNotice.daysUnserved',
      { issuedAt: null, servedAt: null },
      null,
    ],
    [
      'counts 4 days to sharing',
      'police.Crime.daysToShare',
      { eventAt: '2026-10-20T22:00:00Z', sharedAt: '2026-10-24T09:00:00Z' },
      4,
    ],
    [
      'counts none while unshared',
      'police.Crime.daysToShare',
      { eventAt: '2026-10-20T22:00:00Z', sharedAt: null },
      null,
    ],
    [
      'counts 22 days late',
      'health.HealthHistoryTransfer.daysLate',
      { receivedOn: '2025-07-02', firstAssessmentOn: '2025-06-10' },
      22,
    ],
    [
      'is never early by less than none',
      'health.HealthHistoryTransfer.daysLate',
      { receivedOn: '2025-06-01', firstAssessmentOn: '2025-06-10' },
      0,
    ],
    [
      'is not known before the history came',
      'health.HealthHistoryTransfer.daysLate',
      { receivedOn: null, firstAssessmentOn: '2025-06-10' },
      null,
    ],
    ['gives one decimal of attendance', 'education.AttendancePeriod.percentage', { possible: 108, attended: 72 }, 66.7],
    ['gives no percentage of nothing', 'education.AttendancePeriod.percentage', { possible: 0, attended: 0 }, null],
    [
      'gives no percentage of a withheld count',
      'education.AttendancePeriod.percentage',
      { possible: 108, attended: null },
      null,
    ],
    [
      'lists what nobody disposed of',
      'socialCare.ContactOrReferral.undisposed',
      { concerns: ['SEXUAL_ABUSE', 'NEGLECT'], disposed: ['NEGLECT'] },
      ['SEXUAL_ABUSE'],
    ],
    [
      'lists nothing where concerns are withheld',
      'socialCare.ContactOrReferral.undisposed',
      { concerns: null, disposed: ['NEGLECT'] },
      null,
    ],
    [
      'takes the higher of tool and judgement',
      'socialCare.Exploitation.effectiveLevel',
      { toolLevel: 'MEDIUM', professionalLevel: 'VERY_HIGH' },
      'VERY_HIGH',
    ],
    [
      'takes the one that there is',
      'socialCare.Exploitation.effectiveLevel',
      { toolLevel: 'LOW', professionalLevel: null },
      'LOW',
    ],
    ['takes none where both are withheld', 'socialCare.Exploitation.effectiveLevel', {}, null],
  ]
  it.each(cases)('%s', (_title, path, fields, expected, at) => {
    expect(computedValue(path, fields, at)).toEqual(expected)
  })
})

describe('an earlier episode elsewhere', () => {
  const earlier = row('health:0', { la: 'LA2', referredOn: '2021-11-08' })
  const current = { la: 'LA5', referredOn: '2026-09-14' }
  const elsewhere = (fields: Fields, siblings: readonly Row[]) =>
    computedValue('health.CamhsEpisode.priorEpisodeElsewhere', fields, { siblings })

  it('is seen in another authority, and not in the same, later, or where it is withheld', () => {
    expect(elsewhere(current, [earlier])).toBe(true)
    expect(elsewhere(current, [{ ...earlier, la: 'LA5' }])).toBe(false)
    expect(elsewhere(current, [{ ...earlier, referredOn: '2026-10-01' }])).toBe(false)
    expect(elsewhere(current, [])).toBe(false)
    expect(elsewhere({ la: null, referredOn: null }, [earlier])).toBeNull()
    const among = (siblings: readonly Row[]) =>
      computedValue('health.CamhsEpisode.priorEpisodeElsewhere', current, { siblings, hasAllSiblings: false })
    expect([among([]), among([earlier])]).toEqual([null, true])
  })
})

describe('dropped factors', () => {
  const of = (fields: Fields, siblings: readonly Row[]) =>
    computedValue('socialCare.Assessment.droppedFactors', fields, { siblings })
  const assessed = (eventAt: string, factors: readonly string[]) => row(`socialCare:${eventAt}`, { eventAt, factors })
  const now = { eventAt: '2026-04-17T09:00:00Z', factors: ['21'] }

  it('are those of 24 months before that the new assessment leaves out', () => {
    expect(of(now, [assessed('2024-11-25T09:00:00Z', ['16A', '2B', '21'])])).toEqual(['16A', '2B'])
    expect(of({ ...now, factors: ['2B'] }, [assessed('2024-11-25T09:00:00Z', ['16A', '2B'])])).toEqual(['16A'])
  })

  it('are not said to be none where not every assessment was read', () => {
    const at = { siblings: [], hasAllSiblings: false }
    expect(computedValue('socialCare.Assessment.droppedFactors', now, at)).toBeNull()
    expect(computedValue('socialCare.Assessment.droppedFactors', { ...now, factors: [] }, at)).toEqual([])
  })

  it('are none from more than 24 months before, from later, or of an assessment without factors yet', () => {
    expect(of(now, [assessed('2024-04-16T09:00:00Z', ['16A'])])).toEqual([])
    expect(of(now, [assessed('2026-05-01T09:00:00Z', ['16A'])])).toEqual([])
    expect(of({ ...now, factors: [] }, [assessed('2024-11-25T09:00:00Z', ['16A'])])).toEqual([])
  })

  it('are not known where the factors are withheld', () => {
    expect(of({ ...now, factors: null }, [assessed('2024-11-25T09:00:00Z', ['16A'])])).toBeNull()
  })
})

describe('a meeting', () => {
  it('is judged by the invitees that stand under it', () => {
    const invitees = ['CHILDRENS_SOCIAL_CARE', 'POLICE'].map((agency) => row(`s:${agency}`, { agency, attended: true }))
    const fields = { type: 'STRATEGY_DISCUSSION', status: 'HELD' }
    expect(computedValue('socialCare.Meeting.quorate', fields, { nested: { invitees } })).toBe(false)
    expect(computedValue('socialCare.Meeting.missing', fields, { nested: { invitees } })).toEqual(['HEALTH'])
    expect(computedValue('socialCare.Meeting.quorate', fields)).toBeNull()
  })
})
