import { describe, expect, it } from 'vitest'
import { hazardMatrix } from '../../src/childView/hazardMatrix.ts'
import { earlierOf } from '../../src/childView/knownAtDate.ts'
import { holderNamed, knownBy } from '../../src/childView/knownBy.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import type { Value } from '../../src/sources/contract.ts'
import { answersOf, asOf, down, groundOf, registry, row, told } from './fixtures.ts'

const on = (day: string): string => `${day}T10:00:00Z`
const hazard = (id: string, quadrant: string, knownOn: string, recorded: string, basis: readonly string[] = []) =>
  row(`socialCare:${id}`, { quadrant, text: id, knownOn, basis, 'provenance.recordedAt': on(recorded) })

describe('the matrix of hazards', () => {
  const summer = on('2026-06-30')
  const six = [
    hazard('a', 'BACKGROUND_HAZARD', '2024-01-01', '2024-01-01'),
    hazard('b', 'SITUATIONAL_HAZARD', '2026-03-05', '2026-03-05'),
    hazard('c', 'STRENGTH', '2026-04-17', '2026-04-17', ['visit', 'nothing']),
    hazard('d', 'DANGER', '2026-05-01', '2026-05-02'),
    hazard('known later', 'DANGER', '2026-09-01', '2026-06-01'),
    hazard('recorded later', 'DANGER', '2026-05-01', '2026-11-01'),
  ]

  it('has of six entries the four that were known and on record, each in its quadrant', () => {
    const matrix = hazardMatrix(answersOf({ socialCare: { hazards: six } }), groundOf(), summer)
    const texts = (entries: typeof matrix.dangers) => entries?.map(({ text }) => text)
    expect(texts(matrix.backgroundHazards)).toEqual(['a'])
    expect(texts(matrix.situationalHazards)).toEqual(['b'])
    expect(texts(matrix.strengths)).toEqual(['c'])
    expect(texts(matrix.dangers)).toEqual(['d'])
    expect(texts(matrix.unplaced)).toEqual([])
  })

  it('takes a correction back before it was made', () => {
    const corrected = [
      hazard('a', 'DANGER', '2026-01-01', '2026-01-01'),
      { ...hazard('b', 'STRENGTH', '2026-01-01', '2026-08-01'), 'provenance.supersedes': 'socialCare:a' },
    ]
    const of = (at: string) => hazardMatrix(answersOf({ socialCare: { hazards: corrected } }), groundOf(), at)
    expect([of(summer).dangers?.length, of(summer).strengths?.length]).toEqual([1, 0])
    expect([of(asOf).dangers?.length, of(asOf).strengths?.length]).toEqual([0, 1])
  })

  it('tells what an entry rests on where that may be read and was on record, and else not why not', () => {
    const visit = row('socialCare:visit', { note: 'Seen', seen: true, eventAt: on('2026-04-01') })
    const later = row('socialCare:later', { note: 'Seen', 'provenance.recordedAt': on('2026-10-01') })
    const strength = hazard('c', 'STRENGTH', '2026-04-17', '2026-04-17', ['visit', 'later', 'police:hidden'])
    const { strengths } = hazardMatrix(
      answersOf({ socialCare: { hazards: [strength], visits: [visit, later] } }),
      groundOf(),
      summer,
    )
    expect(strengths?.[0]?.evidenced).toBe(true)
    expect(strengths?.[0]?.evidence.map(({ recordId, headline }) => [recordId, headline !== null])).toEqual([
      // By the id that each has everywhere, whether or not it may be read.
      ['socialCare:visit', true],
      ['socialCare:later', false],
      ['police:hidden', false],
    ])
  })

  it('has no list where none may be read, and says why', () => {
    const shut = groundOf({ socialCare: { content: 0, headline: 0, withheld: [told('SOCIAL_CARE')] } })
    expect(hazardMatrix(answersOf(), shut, asOf)).toMatchObject({
      dangers: null,
      strengths: null,
      completeness: 'WITHHELD',
    })
  })
})

const holder = (organisation: string) => ({
  ...{ id: organisation, organisation, kind: 'education' as const, name: organisation, service: 'EDUCATION' as const },
  ...{ la: 'LA2', areas: [], timeZone: 'Europe/London', freshnessHours: null, binding: null },
  contact: { office: 'Office' },
})
const of = (id: string, organisation: string, fields: Readonly<Record<string, Value>> = {}) =>
  row(id, { 'provenance.organisation': organisation, eventAt: on('2026-02-01'), ...fields })

describe('what one holder knew', () => {
  const answers = {
    education: {
      basicNeedsSupport: [of('education:1', '900001', { kind: 'BREAKFAST' })],
      concerns: [
        of('education:2', '900002', { category: 'NEGLECT' }),
        of('education:3', '900002', { category: 'LATER', 'provenance.recordedAt': on('2026-11-01') }),
      ],
    },
    socialCare: {
      contacts: [
        of('socialCare:1', 'LA2-CSC', { fromOrganisation: '900002' }),
        of('socialCare:2', 'LA2-CSC', { fromOrganisation: '900001' }),
      ],
    },
    police: { events: [of('police:1', 'F1', { kind: 'WELFARE_CHECK', finding: 'Home adequate' })] },
  }
  const academy = holder('900002')

  it('is its own records and the contacts that it made; all else was elsewhere', () => {
    const { known, knownTotal, elsewhere, elsewhereTotal } = knownBy(
      answersOf(answers),
      groundOf(),
      academy,
      on('2026-06-30'),
    )
    expect(known?.map(({ recordType, count }) => [recordType, count.value])).toEqual([
      ['concerns', 1],
      ['contacts', 1],
    ])
    expect(elsewhere?.map(({ organisation, recordType }) => [organisation, recordType]).sort()).toEqual([
      ['900001', 'basicNeedsSupport'],
      ['F1', 'events'],
      ['LA2-CSC', 'contacts'],
    ])
    expect([knownTotal, elsewhereTotal]).toMatchObject([
      { value: 2, completeness: 'WHOLE' },
      { value: 3, completeness: 'WHOLE' },
    ])
    expect(elsewhere?.find(({ recordType }) => recordType === 'events')?.latest).toEqual([
      'Police event: welfare check',
    ])
  })

  it('says of what is kept from the reader that it may be more', () => {
    const shut = groundOf({ police: { content: 0, headline: 0, withheld: [told('POLICE_RECORD')] } })
    expect(knownBy(answersOf({ ...answers, police: {} }), shut, academy, asOf).elsewhereTotal).toMatchObject({
      completeness: 'AT_LEAST',
    })
    expect(knownBy(answersOf({ ...answers, health: down }), groundOf(), academy, asOf).elsewhereTotal).toMatchObject({
      completeness: 'AT_LEAST',
    })
  })

  it('is not told where whose a record is would tell where the child is', () => {
    const barred = groundOf({ education: { places: 'NONE' } })
    expect(knownBy(answersOf(answers), barred, academy, asOf)).toMatchObject({
      ...{ known: null, elsewhere: null },
      ...{ knownTotal: { value: null, completeness: 'NOT_KNOWN' }, elsewhereTotal: { value: null } },
    })
  })

  it('is asked of holders that there are', () => {
    expect(() => holderNamed(registry, '900009')).toThrow(Refusal)
  })

  it('is never of later than the view', () => {
    expect([earlierOf(null, asOf), earlierOf('2027-01-01T00:00:00Z', asOf)]).toEqual([asOf, asOf])
    expect(earlierOf(on('2026-06-30'), asOf)).toBe(on('2026-06-30'))
  })
})
