import { describe, expect, it } from 'vitest'
import { caseStatusFrom, caseStatusNeeds } from '../../src/facts/caseStatus.ts'
import type { Row } from '../../src/sources/contract.ts'

const asOf = '2026-11-20T23:59:59Z'
let next = 0
const row = (la: string, fields: Record<string, string | boolean | null>): Row => {
  next += 1
  return { id: `socialCare:${next}`, person: 'p1', 'provenance.la': la, ...fields }
}
const person = (la = 'LA2') => row(la, { dateOfBirth: '2013-06-27', isAlias: false, eventAt: '2015-01-01T00:00:00Z' })

describe('responsible authority', () => {
  const cases: readonly [string, Record<string, readonly Row[]>, string | null][] = [
    [
      'stays with the authority that placed the child in another area',
      {
        person: [person()],
        legalStatuses: [row('LA2', { code: 'C2', from: '2020-01-01', to: null })],
        placements: [row('LA2', { la: 'LA5', force: 'F4', from: '2025-05-19', to: null })],
        referrals: [row('LA5', { eventAt: '2026-10-01T00:00:00Z', closedOn: null })],
      },
      'LA2',
    ],
    [
      'is that of the protection plan before any later enquiry elsewhere',
      {
        plans: [row('LA2', { level: 'CHILD_PROTECTION', from: '2026-01-01', to: null })],
        s47Enquiries: [row('LA5', { startedOn: '2026-05-01', endedOn: null })],
      },
      'LA2',
    ],
    [
      'stays with the open enquiry when the family leaves and the new authority closes its contact',
      {
        s47Enquiries: [row('LA2', { startedOn: '2026-03-05', endedOn: null })],
        referrals: [row('LA5', { eventAt: '2026-04-22T09:00:00Z', closedOn: '2026-04-22', noFurtherAction: true })],
      },
      'LA2',
    ],
    [
      'is that of the later of two open plans',
      {
        plans: [
          row('LA2', { level: 'CHILD_PROTECTION', from: '2026-01-01', to: null }),
          row('LA5', { level: 'CHILD_PROTECTION', from: '2026-06-01', to: null }),
        ],
      },
      'LA5',
    ],
    [
      'is that of the open allocated worker when no formal step is open',
      {
        involvements: [row('LA3', { kind: 'ALLOCATED_WORKER', from: '2026-01-01', to: null })],
        person: [row('LA2', { eventAt: '2026-11-01T00:00:00Z' })],
      },
      'LA3',
    ],
    ['is that of the latest record when nothing is open', { person: [person('LA6')] }, 'LA6'],
    ['is nobody when social care holds nothing', {}, null],
  ]
  for (const [title, lists, la] of cases) it(title, () => expect(caseStatusFrom(lists, asOf).responsibleLa).toBe(la))
})

describe('harm', () => {
  const harmOf = (lists: Record<string, readonly Row[]>, at = asOf) => caseStatusFrom(lists, at).harm

  it('finds reasonable cause in an open enquiry, a protection plan, police protection and an emergency order', () => {
    expect(harmOf({ s47Enquiries: [row('LA2', { startedOn: '2026-11-01', endedOn: null })] })).toBe('REASONABLE_CAUSE')
    expect(harmOf({ plans: [row('LA2', { level: 'CHILD_PROTECTION', from: '2026-01-01', to: null })] })).toBe(
      'REASONABLE_CAUSE',
    )
    for (const code of ['L1', 'L2'])
      expect(harmOf({ legalStatuses: [row('LA2', { code, from: '2026-11-19', to: null })] })).toBe('REASONABLE_CAUSE')
  })

  it('finds concern in an open referral, a child in need plan and a looked-after child', () => {
    expect(harmOf({ referrals: [row('LA2', { eventAt: '2026-11-01T00:00:00Z', closedOn: null })] })).toBe('CONCERN')
    expect(harmOf({ plans: [row('LA2', { level: 'CHILD_IN_NEED', from: '2026-01-01', to: null })] })).toBe('CONCERN')
    expect(harmOf({ legalStatuses: [row('LA2', { code: 'C2', from: '2020-01-01', to: null })] })).toBe('CONCERN')
  })

  it('finds none in what has ended, has not begun, was closed without action or was corrected', () => {
    expect(harmOf({ s47Enquiries: [row('LA2', { startedOn: '2026-11-01', endedOn: '2026-11-20' })] })).toBe('NONE')
    expect(harmOf({ plans: [row('LA2', { level: 'CHILD_PROTECTION', from: '2026-12-01', to: null })] })).toBe('NONE')
    expect(
      harmOf({ referrals: [row('LA2', { eventAt: '2026-11-01T00:00:00Z', closedOn: null, noFurtherAction: true })] }),
    ).toBe('NONE')
    const wrong = row('LA2', { startedOn: '2026-11-01', endedOn: null })
    const right = row('LA2', {
      startedOn: '2026-11-01',
      endedOn: '2026-11-02',
      'provenance.supersedes': wrong.id.slice('socialCare:'.length),
    })
    expect(harmOf({ s47Enquiries: [wrong, right] })).toBe('NONE')
  })

  it('judges at the date asked for', () => {
    const lists = { s47Enquiries: [row('LA2', { startedOn: '2026-03-05', endedOn: '2026-04-05' })] }
    expect(harmOf(lists, '2026-03-04T23:59:59Z')).toBe('NONE')
    expect(harmOf(lists, '2026-03-05T00:00:00Z')).toBe('REASONABLE_CAUSE')
    expect(harmOf(lists, '2026-04-05T00:00:00Z')).toBe('NONE')
  })
})

describe('where the child lives', () => {
  it('is the current placement before any address', () => {
    const { areaLa, areaForce } = caseStatusFrom(
      {
        addresses: [row('LA2', { la: 'LA2', force: 'F1', from: '2026-10-01', to: null })],
        placements: [
          row('LA2', { la: 'LA2', force: 'F1', from: '2024-08-01', to: '2025-05-19' }),
          row('LA2', { la: 'LA5', force: 'F4', from: '2025-05-19', to: null }),
        ],
      },
      asOf,
    )
    expect([areaLa, areaForce]).toEqual(['LA5', 'F4'])
  })

  it('is the latest address when a former authority never closed its own', () => {
    const lists = {
      addresses: [
        row('LA2', { la: 'LA2', from: '2020-01-01', to: null }),
        row('LA5', { la: 'LA5', from: '2026-04-01', to: null }),
      ],
    }
    expect(caseStatusFrom(lists, asOf).areaLa).toBe('LA5')
  })

  it('is unknown without either', () => expect(caseStatusFrom({ person: [person()] }, asOf).areaLa).toBeNull())
})

describe('level and identity', () => {
  it('is looked after before protection, need and early help', () => {
    const lists = {
      legalStatuses: [row('LA2', { code: 'V2', from: '2026-01-01', to: null })],
      plans: [row('LA2', { level: 'CHILD_PROTECTION', category: 'NEG', from: '2026-01-01', to: null })],
    }
    expect(caseStatusFrom(lists, asOf)).toMatchObject({ level: 'LOOKED_AFTER', legalStatus: 'V2', cpCategory: 'NEG' })
  })

  it('ignores a code that is not one of the return', () =>
    expect(
      caseStatusFrom({ legalStatuses: [row('LA2', { code: 'NONE', from: '2026-01-01', to: null })] }, asOf).level,
    ).toBe('UNIVERSAL'))

  it('takes the date of birth from the legal name and not from an alias', () => {
    const alias = row('LA2', { dateOfBirth: '2012-01-01', isAlias: true, eventAt: '2026-01-01T00:00:00Z' })
    expect(caseStatusFrom({ person: [person(), alias] }, asOf).dateOfBirth).toBe('2013-06-27')
  })

  it('gives the expected date of an unborn child', () =>
    expect(
      caseStatusFrom({ person: [row('LA2', { dateOfBirth: null, expectedDate: '2027-01-18' })] }, asOf),
    ).toMatchObject({ dateOfBirth: null, expectedDate: '2027-01-18' }))

  it('takes nobody but a recorded lead professional for one', () => {
    const allocated = { kind: 'ALLOCATED_WORKER', professional: 'Ada Finch', from: '2026-05-01', to: null }
    expect(caseStatusFrom({ involvements: [row('LA2', allocated)] }, asOf).leadProfessional).toBeNull()
  })

  it('takes the level from the open plan before an open referral, and names the record', () => {
    const referrals = [row('LA2', { closedOn: null, eventAt: '2026-05-01T00:00:00Z' })]
    const plans = [row('LA2', { level: 'EARLY_HELP', from: '2026-01-01', to: null })]
    expect(caseStatusFrom({ referrals, plans }, asOf)).toMatchObject({
      level: 'EARLY_HELP',
      levelEvidence: plans[0]?.id,
    })
    expect(caseStatusFrom({ referrals }, asOf)).toMatchObject({
      level: 'CHILD_IN_NEED',
      levelEvidence: referrals[0]?.id,
    })
  })

  it('names the lead professional before the allocated worker', () => {
    const lists = {
      involvements: [
        row('LA2', { kind: 'ALLOCATED_WORKER', professional: 'Ada Finch', from: '2026-05-01', to: null }),
        row('LA2', {
          kind: 'LEAD_PROFESSIONAL',
          professional: 'Noor Heald',
          contact: '0100',
          from: '2026-01-01',
          to: null,
        }),
      ],
    }
    expect(caseStatusFrom(lists, asOf).leadProfessional).toMatchObject({ name: 'Noor Heald', contact: '0100' })
  })

  it('is unknown to social care when no list holds a row', () => {
    expect(caseStatusFrom({ carerLog: [person()] }, asOf)).toMatchObject({
      known: false,
      level: 'UNIVERSAL',
      harm: 'NONE',
    })
    expect(Object.keys(caseStatusNeeds)).toContain('legalStatuses')
  })
})

describe('a section 47 enquiry without a recorded end', () => {
  const referral = (closedOn: string | null, la = 'LA3') => row(la, { eventAt: '2022-09-30T00:00:00Z', closedOn })
  const enquiry = row('LA3', { startedOn: '2022-10-10', endedOn: null })
  const levelWith = (referrals: readonly Row[]) => caseStatusFrom({ s47Enquiries: [enquiry], referrals }, asOf).level

  it('is over when the referral in whose course it began was closed, and goes on else', () => {
    expect(levelWith([referral('2023-02-27')])).toBe('UNIVERSAL')
    expect(levelWith([referral(null)])).toBe('CHILD_IN_NEED')
    expect(levelWith([])).toBe('CHILD_IN_NEED')
    expect(levelWith([referral('2022-10-01')])).toBe('CHILD_IN_NEED')
    expect(levelWith([referral('2023-02-27', 'LA2')])).toBe('CHILD_IN_NEED')
  })
})
