import { describe, expect, it } from 'vitest'
import { canonicalJson } from '../../src/transfer/canonicalSnapshot.ts'
import { compileTransfer } from '../../src/transfer/compile.ts'
import { readiness } from '../../src/transfer/completeness.ts'
import { supplierFor, suppliersOf } from '../../src/transfer/suppliers.ts'
import type { SectionContent, SupplierContent } from '../../src/transfer/transferTypes.ts'
import { childOf, contracts, head, inputOf, movedWithOpenEnquiry, placedAtADistance, row } from './fixtures.ts'

const told = (suppliers: readonly SupplierContent[], mandatory: boolean) =>
  suppliers
    .filter((supplier) => supplier.mandatory === mandatory)
    .map(({ agency, force, la, state }) => `${agency} ${la ?? force} ${state}`)

describe('suppliers of a child who moves on a plan', () => {
  const suppliers = suppliersOf(inputOf(movedWithOpenEnquiry))

  it('are social care, contributed, and school, police and health of the area left, all three outstanding', () => {
    expect(told(suppliers, true)).toEqual([
      'CHILDRENS_SOCIAL_CARE LA2 CONTRIBUTED',
      'EDUCATION LA2 OUTSTANDING',
      'HEALTH LA2 OUTSTANDING',
      'POLICE F1 OUTSTANDING',
    ])
  })

  it('list what the receiving area holds, and wait for none of it', () => {
    expect(told(suppliers, false)).toEqual([
      'CHILDRENS_SOCIAL_CARE LA5 OUTSTANDING',
      'EDUCATION LA5 OUTSTANDING',
      'HOUSING LA5 OUTSTANDING',
    ])
  })

  it('are the same when a mandatory supplier has nothing that may be read, so that nothing hidden shows', () => {
    const { health: _, ...rest } = movedWithOpenEnquiry
    expect(told(suppliersOf(inputOf(rest)), true)).toContain('HEALTH LA2 OUTSTANDING')
  })

  it('are not asked of a school for a child too young to go', () => {
    const person = [row('socialCare', 'p', { dateOfBirth: '2025-01-01' })]
    expect(told(suppliersOf(inputOf({ socialCare: { person } })), true).join()).not.toContain('EDUCATION')
  })

  it('are unavailable, not outstanding, when the source did not answer', () => {
    const suppliersWithout = suppliersOf(inputOf(movedWithOpenEnquiry, { down: ['police', 'adultServices'] }))
    expect(told(suppliersWithout, true)).toContain('POLICE F1 UNAVAILABLE')
    expect(told(suppliersWithout, false)).toContain('ADULT_SERVICES null UNAVAILABLE')
  })

  it('leave the lead outstanding when it answered with nothing', () => {
    expect(told(suppliersOf(inputOf({})), true)).toContain('CHILDRENS_SOCIAL_CARE LA2 OUTSTANDING')
  })

  it('stand as their own word says, once given', () => {
    const contributions = [
      {
        agency: 'EDUCATION',
        la: 'LA2',
        force: null,
        state: 'CONTRIBUTED',
        reason: null,
        at: '2026-11-21T11:00:00.000Z',
      },
      {
        agency: 'POLICE',
        la: null,
        force: 'F1',
        state: 'WITHHELD',
        reason: 'live operation',
        at: '2026-11-21T12:00:00.000Z',
      },
    ] as const
    const after = suppliersOf(inputOf(movedWithOpenEnquiry, { contributions }))
    expect(told(after, true)).toEqual([
      'CHILDRENS_SOCIAL_CARE LA2 CONTRIBUTED',
      'EDUCATION LA2 CONTRIBUTED',
      'HEALTH LA2 OUTSTANDING',
      'POLICE F1 WITHHELD',
    ])
    expect(after.find(({ force }) => force === 'F1')?.reason).toBe('live operation')
  })
})

describe('suppliers of a child placed out', () => {
  const suppliers = suppliersOf(inputOf(placedAtADistance, { transfer: { type: 'CLA_PLACED_OUT' } }))

  it('are both forces, school and health of the placing area, and its social care, contributed', () => {
    expect(told(suppliers, true)).toEqual([
      'CHILDRENS_SOCIAL_CARE LA2 CONTRIBUTED',
      'EDUCATION LA2 OUTSTANDING',
      'HEALTH LA2 OUTSTANDING',
      'POLICE F1 OUTSTANDING',
      'POLICE F4 OUTSTANDING',
    ])
  })

  it("list the children's home as outstanding", () => {
    expect(told(suppliers, false)).toContain('CHILDRENS_HOME LA5 OUTSTANDING')
  })
})

describe('who may speak for a supplier', () => {
  const suppliers = suppliersOf(inputOf(movedWithOpenEnquiry))
  const speaker = { agencyType: 'EDUCATION', role: 'DESIGNATED_SAFEGUARDING_LEAD', la: 'LA2', force: null } as const

  it('is the organisation whose records were read', () => {
    expect(supplierFor(suppliers, { ...speaker, organisation: '900003' }, contracts)).toMatchObject({
      agency: 'EDUCATION',
      la: 'LA2',
    })
  })

  it.each([
    ['another school of the same authority', { ...speaker, organisation: '900002' }],
    ['the same school claiming another area', { ...speaker, organisation: '900003', la: 'LA3' }],
    [
      'a force without jurisdiction',
      { agencyType: 'POLICE', role: 'POLICE_PUBLIC_PROTECTION', organisation: 'F3', la: null, force: 'F3' } as const,
    ],
    [
      'an unrelated authority',
      { agencyType: 'SOCIAL_CARE', role: 'TEAM_MANAGER', organisation: 'LA3-CSC', la: 'LA3', force: null } as const,
    ],
    [
      'the safeguarding hub of the authority, which holds no record of its own',
      { agencyType: 'MASH', role: 'MASH_ANALYST', organisation: 'LA2-MASH', la: 'LA2', force: null } as const,
    ],
    [
      'a governance office',
      {
        agencyType: 'GOVERNANCE',
        role: 'INFORMATION_GOVERNANCE_OFFICER',
        organisation: 'LA2-IG',
        la: 'LA2',
        force: null,
      } as const,
    ],
    [
      'another practice of the area',
      { agencyType: 'HEALTH', role: 'GP', organisation: 'NHS-LA2-OTHER', la: 'LA2', force: null } as const,
    ],
  ])('is never %s', (_, one) => {
    expect(supplierFor(suppliers, one, contracts)).toBeNull()
  })

  it('is no practice of the area where no record names one', () => {
    const unnamed = suppliers.map((supplier) => ({ ...supplier, organisations: [] }))
    const practice = { agencyType: 'HEALTH', role: 'GP', organisation: 'NHS-LA2-GP', la: 'LA2', force: null } as const
    expect(supplierFor(unnamed, practice, contracts)).toBeNull()
  })

  it('is the designated nurse for the health services of the area', () => {
    const nurse = {
      agencyType: 'HEALTH',
      role: 'DESIGNATED_NURSE',
      organisation: 'NHS-LA2-ICB',
      la: 'LA2',
      force: null,
    } as const
    expect(supplierFor(suppliers, nurse, contracts)).toMatchObject({ agency: 'HEALTH', la: 'LA2' })
  })
})

describe('readiness', () => {
  const section = (code: string, state: SectionContent['state']): SectionContent => ({
    code,
    title: 'title',
    state,
    mandatory: true,
    supplier: [],
    missing: [],
    withheld: [],
    items: [],
  })
  const [lead] = suppliersOf(inputOf(movedWithOpenEnquiry))
  if (!lead) throw new Error('the lead is always listed')

  it('stands when every section that a conference needs is there and every mandatory supplier has spoken', () => {
    expect(readiness([section('T0', 'PARTIAL'), section('T12', 'WITHHELD')], [lead])).toEqual({
      ready: true,
      reasons: [],
    })
  })

  it('does not wait for sections or suppliers that a conference does not need', () => {
    const other = { ...lead, mandatory: false, state: 'OUTSTANDING' } as const
    expect(readiness([section('T7', 'MISSING')], [other]).ready).toBe(true)
  })

  it.each(['T0', 'T6', 'T12', 'T16'])('fails, with the reason, when %s is missing', (code) => {
    expect(readiness([section(code, 'MISSING')], [lead])).toEqual({
      ready: false,
      reasons: [`${code} title is missing.`],
    })
  })

  it.each(['OUTSTANDING', 'UNAVAILABLE'] as const)('fails while a mandatory supplier is %s', (state) => {
    const result = readiness([], [{ ...lead, state }])
    expect(result.ready).toBe(false)
    expect(result.reasons[0]).toContain('CHILDRENS_SOCIAL_CARE LA2')
  })
})

describe('a compiled record', () => {
  const compile = () => {
    const input = inputOf(movedWithOpenEnquiry)
    return compileTransfer({ ...input, transfer: head(), child: childOf(input.answers) })
  }

  it('is the same bytes for the same inputs, whatever the order of rows', () => {
    const turned = inputOf({
      ...movedWithOpenEnquiry,
      education: {
        ...movedWithOpenEnquiry.education,
        enrolments: movedWithOpenEnquiry.education?.['enrolments']?.toReversed() ?? [],
      },
    })
    expect(canonicalJson(compileTransfer(turned))).toBe(canonicalJson(compile()))
  })

  it('names the responsible authority, the clock and what is in the way', () => {
    const content = compile()
    expect(content).toMatchObject({ responsibleLa: 'LA2', dueAt: '2026-12-11', workingDays: 15, version: '1.0' })
    expect(content.completeness.ready).toBe(false)
    expect(content.completeness.reasons).toContain('POLICE F1 has not confirmed its part.')
  })

  it("holds no agency's own person identifier", () => {
    expect(canonicalJson(compile())).not.toContain('person-77')
  })
})
