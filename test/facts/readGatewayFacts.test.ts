import { describe, expect, it } from 'vitest'
import type { CaseStatus } from '../../src/facts/caseStatus.ts'
import { ageBandOf, childFacts } from '../../src/facts/childFacts.ts'
import type { GatewayFacts } from '../../src/facts/gatewayFacts.ts'
import type { Caller } from '../../src/policy/caller.ts'
import { callerOf, caseStatus, gatewayFacts, registry } from '../registers/people.ts'

const today = new Date('2026-11-20T23:59:59Z')
const placedOut = { level: 'LOOKED_AFTER', responsibleLa: 'LA2', areaLa: 'LA5' } as const
const hub = { agencyType: 'MASH', role: 'MASH_ANALYST', purpose: 'MASH_ENQUIRY' } as const
const receiving = {
  organisation: 'LA5-CSC',
  la: 'LA5',
  role: 'RECEIVING_OFFICER',
  purpose: 'TRANSFER_RECEIVE',
} as const
const force = (code: string) =>
  ({ organisation: code, agencyType: 'POLICE', role: 'POLICE_PUBLIC_PROTECTION', la: null, force: code }) as const
const governance = { agencyType: 'GOVERNANCE', role: 'INFORMATION_GOVERNANCE_OFFICER', purpose: 'AUDIT' } as const

const knownToPolice = { persons: { police: ['F-1'] } }
const inEnquiry = { ...placedOut, harm: 'REASONABLE_CAUSE' } as const
/** Social care was never asked and is away; one authority's people have a record. */
const recordAlone = { areaLa: null, lastKnown: null, holders: { socialCare: ['LA2-CSC'] } } as const
const nowhere = { known: false, responsibleLa: null, areaLa: 'LA2' } as const

type Line = readonly [string, Partial<Caller>, Partial<CaseStatus> | 'UNAVAILABLE', Partial<GatewayFacts>, string]
const lines: readonly Line[] = [
  [
    'takes what was recorded',
    { organisation: '900005', agencyType: 'EDUCATION', la: 'LA5' },
    {},
    { relationship: 'ON_ROLL' },
    'ON_ROLL',
  ],
  ['takes what was recorded before what follows from the place', {}, {}, { relationship: 'ALLOCATED' }, 'ALLOCATED'],
  ['lets in the hub of the responsible authority', hub, {}, {}, 'EPISODE'],
  ['lets in the hub of the area authority', { ...hub, la: 'LA5' }, placedOut, {}, 'EPISODE'],
  ['refuses the hub of another authority', { ...hub, la: 'LA3' }, placedOut, {}, 'NONE'],
  ['lets in social care of the responsible authority, not as allocated', {}, {}, {}, 'EPISODE'],
  ['takes a placement in the area for a notice, and no part in the case', receiving, placedOut, {}, 'PLACED_IN_AREA'],
  ['takes a transfer that was notified before it', receiving, placedOut, { transferParty: true }, 'EPISODE'],
  [
    'gives the hub of that area no more by a transfer that nobody notified',
    { ...hub, la: 'LA5', purpose: 'TRANSFER_RECEIVE' },
    placedOut,
    {},
    'PLACED_IN_AREA',
  ],
  [
    'nor takes from it one that was',
    { ...hub, la: 'LA5', purpose: 'TRANSFER_RECEIVE' },
    placedOut,
    { transferParty: true },
    'EPISODE',
  ],
  [
    'refuses social care where a child who is not looked after lives',
    receiving,
    { responsibleLa: 'LA2', areaLa: 'LA5' },
    {},
    'NONE',
  ],
  ['lets in a party to a transfer', receiving, { responsibleLa: 'LA2' }, { transferParty: true }, 'EPISODE'],
  [
    'refuses an authority that has nothing to do with it',
    { ...receiving, organisation: 'LA3-CSC', la: 'LA3' },
    placedOut,
    {},
    'NONE',
  ],
  ['lets in the authority that has the record while nothing else is known', {}, 'UNAVAILABLE', recordAlone, 'EPISODE'],
  ['and neither its hub', hub, 'UNAVAILABLE', recordAlone, 'NONE'],
  ['nor the force of its area', force('F1'), 'UNAVAILABLE', recordAlone, 'NONE'],
  ['nor another authority', { ...receiving, la: 'LA3' }, 'UNAVAILABLE', recordAlone, 'NONE'],
  ["lets in the responsible authority's force that holds something", force('F1'), placedOut, knownToPolice, 'EPISODE'],
  ["lets in the area's force that holds something", force('F4'), placedOut, knownToPolice, 'EPISODE'],
  ['refuses the force of the area alone', force('F4'), placedOut, {}, 'NONE'],
  ['lets in the force of the area as a partner in an enquiry', force('F4'), inEnquiry, {}, 'EPISODE'],
  ['lets in the force of the area for a word of harm', force('F4'), placedOut, { harmSignal: true }, 'EPISODE'],
  ['refuses another force', force('F2'), { ...placedOut, ...inEnquiry }, knownToPolice, 'NONE'],
  ['refuses the hub of the area a child of whom nobody told it', { ...hub, la: 'LA2' }, nowhere, {}, 'NONE'],
  ['lets in the hub of the area for a word of harm', { ...hub, la: 'LA2' }, nowhere, { harmSignal: true }, 'EPISODE'],
  [
    'refuses a police caller of no force',
    { ...force('F1'), force: null },
    { responsibleLa: null, areaLa: null },
    { areaLa: null },
    'NONE',
  ],
  [
    'lets in adult services of the responsible authority that hold an adult of the household',
    { agencyType: 'ADULT' },
    {},
    { persons: { adultServices: ['A-1'] } },
    'EPISODE',
  ],
  ['refuses adult services that hold nobody', { agencyType: 'ADULT' }, {}, {}, 'NONE'],
  ['refuses adult services of the area', { agencyType: 'ADULT', la: 'LA5' }, placedOut, {}, 'NONE'],
  ['lets in governance to audit', governance, {}, {}, 'EPISODE'],
  ['refuses governance any other purpose', { ...governance, purpose: 'ASSESSMENT_S17' }, {}, {}, 'NONE'],
  [
    'refuses a school that has not the child on roll',
    { organisation: '900005', agencyType: 'EDUCATION' },
    {},
    {},
    'NONE',
  ],
  ['refuses a caller of no authority', { la: null }, { responsibleLa: null, areaLa: null }, { areaLa: null }, 'NONE'],
  ['lets in the area hub alone when social care cannot be reached', hub, 'UNAVAILABLE', {}, 'EPISODE'],
  ['refuses social care on the area alone when social care cannot be reached', {}, 'UNAVAILABLE', {}, 'NONE'],
]

describe('a relationship', () => {
  for (const [title, caller, where, facts, expected] of lines)
    it(title, () => {
      const known = where === 'UNAVAILABLE' ? where : caseStatus(where)
      expect(childFacts(gatewayFacts(facts), known, callerOf(caller), registry, today).relationship).toBe(expected)
    })
})

describe('facts of a child', () => {
  it('take an agency’s word of harm for a concern, and never for more or less than social care’s own steps', () => {
    const of = (harmSignal: boolean, known: CaseStatus | 'UNAVAILABLE') =>
      childFacts(gatewayFacts({ harmSignal }), known, callerOf(), registry, today).harm
    expect(of(true, caseStatus({ known: false }))).toBe('CONCERN')
    expect(of(true, 'UNAVAILABLE')).toBe('CONCERN')
    expect(of(false, 'UNAVAILABLE')).toBe('UNKNOWN')
    expect(of(true, caseStatus({ harm: 'REASONABLE_CAUSE' }))).toBe('REASONABLE_CAUSE')
  })

  it('hear the authority as giver only where an order gives it parental responsibility', () => {
    const given = { id: 'k', state: 'GIVEN', labels: [], recipient: null, purpose: null, giver: 'AUTHORITY' } as const
    const consents = [{ ...given, competence: 'NOT_ASSESSED', recordedAt: '2026-11-01T00:00:00Z' }] as const
    const of = (hasAuthorityResponsibility: boolean) =>
      childFacts(gatewayFacts({ consents }), caseStatus({ hasAuthorityResponsibility }), callerOf(), registry, today)
    expect(of(true).consents).toHaveLength(1)
    expect(of(false).consents).toEqual([])
  })

  it('are unknown as to harm when social care cannot be reached, and none when it holds nothing', () => {
    const of = (known: CaseStatus | 'UNAVAILABLE') => childFacts(gatewayFacts(), known, callerOf(), registry, today)
    expect(of('UNAVAILABLE')).toMatchObject({ harm: 'UNKNOWN', responsibleLa: null, areaLa: 'LA2', breakGlass: false })
    expect(of(caseStatus({ known: false }))).toMatchObject({ harm: 'NONE' })
  })

  it('take date of birth from social care before the gateway', () =>
    expect(
      childFacts(gatewayFacts(), caseStatus({ dateOfBirth: '2009-05-06' }), callerOf(), registry, today).ageBand,
    ).toBe('16_TO_17'))

  const birthdays = [
    ['2013-11-21', '2026-11-20', 'UNDER_13'],
    ['2013-11-20', '2026-11-20', '13_TO_15'],
    ['2010-11-21', '2026-11-20', '13_TO_15'],
    ['2010-11-20', '2026-11-20', '16_TO_17'],
    ['2008-11-21', '2026-11-20', '16_TO_17'],
    ['2008-11-20', '2026-11-20', 'ADULT'],
    ['2008-02-29', '2026-02-28', '16_TO_17'],
    ['2008-02-29', '2026-03-01', 'ADULT'],
  ] as const
  for (const [bornOn, day, band] of birthdays)
    it(`put a child born on ${bornOn} in ${band} on ${day}`, () => expect(ageBandOf(bornOn, null, day)).toBe(band))

  it('put an unborn child under 13 and a child of no known date nowhere', () => {
    expect(ageBandOf(null, '2027-01-18', '2026-11-20')).toBe('UNDER_13')
    expect(ageBandOf(null, null, '2026-11-20')).toBe('UNKNOWN')
  })
})
