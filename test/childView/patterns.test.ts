import { describe, expect, it } from 'vitest'
import { contactPattern } from '../../src/childView/contactPattern.ts'
import { firstOf } from '../../src/childView/listBounds.ts'
import { restraintPattern } from '../../src/childView/restraint.ts'
import { attendanceAndRestraint } from '../../src/childView/unscheduledAttendanceAndRestraint.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import type { Value } from '../../src/sources/contract.ts'
import { answersOf, asOf, down, groundOf, row, rows, whole } from './fixtures.ts'

const ground = groundOf()
const incident = (agency: string, id: number, fields: Readonly<Record<string, Value>>) =>
  row(`${agency}:${id}`, { eventAt: `2026-01-${String(id + 1).padStart(2, '0')}T10:00:00Z`, ...fields })

const care = [
  ...rows(9, (index) =>
    incident('socialCare', index, { setting: 'CHILDRENS_HOME', technique: 'PRICE', injury: index < 2 }),
  ),
  ...rows(4, (index) =>
    incident('socialCare', index + 9, { setting: 'CHILDRENS_HOME', technique: 'TEAM_TEACH', injury: false }),
  ),
]
const school = rows(17, (index) => incident('education', index, { technique: 'TEAM_TEACH', ground: index < 12 }))

describe('one count of restraint', () => {
  it('joins home and school into 30 with both techniques and 12 on the ground', () => {
    const pattern = restraintPattern(
      answersOf({ socialCare: { restraints: care }, education: { restraints: school } }),
      ground,
    )
    expect(pattern).toMatchObject({ total: whole(30), ground: whole(12), injuries: whole(2), unavailable: [] })
    expect(pattern.bySetting).toEqual([
      { name: 'SCHOOL', count: whole(17) },
      { name: 'CHILDRENS_HOME', count: whole(13) },
    ])
    expect(pattern.byTechnique).toEqual([
      { name: 'TEAM_TEACH', count: whole(21) },
      { name: 'PRICE', count: whole(9) },
    ])
  })

  it('adds hospital and police, and names a setting that nobody stated', () => {
    const pattern = restraintPattern(
      answersOf({
        health: { restraints: [incident('health', 1, { technique: 'HOLD' })] },
        police: { restraints: [incident('police', 1, {})] },
        socialCare: {
          restraints: [
            incident('socialCare', 1, { 'provenance.agency': 'FOSTER_CARER' }),
            incident('socialCare', 2, {}),
          ],
        },
      }),
      ground,
    )
    expect(pattern.bySetting?.map(({ name }) => name)).toEqual(['FOSTER_CARE', 'HEALTH', 'NOT_STATED', 'POLICE'])
    expect(pattern.incidents?.map(({ injury }) => injury)).toEqual([null, null, null, null])
  })

  it('names the agencies that did not answer', () => {
    const pattern = restraintPattern(answersOf({ education: down, socialCare: { restraints: care } }), ground)
    expect(pattern).toMatchObject({
      total: {
        value: 13,
        completeness: 'AT_LEAST',
        without: [{ agency: 'EDUCATION', state: 'UNAVAILABLE', label: null }],
      },
      ground: { value: null, completeness: 'UNAVAILABLE' },
      unavailable: ['EDUCATION'],
    })
    expect(pattern.bySetting).toEqual([{ name: 'CHILDRENS_HOME', count: whole(13) }])
  })

  it('counts nothing for a child who was never held', () => {
    expect(restraintPattern(answersOf(), ground)).toMatchObject({ total: whole(0), bySetting: [], incidents: [] })
  })
})

describe('contacts, counted over sources', () => {
  const contacts = [
    ['2026-02-24', '900001', 'CONTACT_ONLY'],
    ['2026-03-05', 'LA2-PROBATION', 'REFERRAL_ACCEPTED'],
    ['2026-05-12', '900001', 'CONTACT_ONLY'],
    ['2026-06-18', '900001', 'CONTACT_ONLY'],
    ['2026-07-02', 'NHS-LA2-CHC', 'CONTACT_ONLY'],
    ['2026-10-06', '900002', 'CONTACT_ONLY'],
    ['2026-10-16', 'F1', 'CONTACT_ONLY'],
    ['2026-11-14', '900002', 'CONTACT_ONLY'],
    ['2026-11-19', 'NHS-LA2-ACUTE', 'REFERRAL_ACCEPTED'],
  ].map(([day, from, outcome], index) =>
    row(`socialCare:${index}`, {
      eventAt: `${day}T10:00:00Z`,
      fromOrganisation: from ?? null,
      outcome: outcome ?? null,
      concerns: ['NEGLECT', 'SEXUAL_ABUSE'],
      disposed: ['NEGLECT'],
    }),
  )

  it('shows nine contacts from six sources in 38 weeks, two accepted', () => {
    const pattern = contactPattern(answersOf({ socialCare: { contacts } }), ground, asOf, null)
    expect(pattern).toMatchObject({
      total: whole(9),
      accepted: whole(2),
      sources: whole(6),
      weeks: whole(38),
      undisposed: ['SEXUAL_ABUSE'],
    })
    expect(pattern.bySource?.[0]).toEqual({ name: '900001', count: whole(3) })
  })

  it('counts only the days before the view that were asked', () => {
    expect(contactPattern(answersOf({ socialCare: { contacts } }), ground, asOf, 60)).toMatchObject({
      total: whole(4),
      sources: whole(3),
    })
  })

  it('keeps a contact whose source is withheld in the total and out of the sources', () => {
    const bare = [row('socialCare:1', { eventAt: '2026-10-01T10:00:00Z', fromOrganisation: null, fromAgency: null })]
    expect(contactPattern(answersOf({ socialCare: { contacts: bare } }), ground, asOf, null)).toEqual({
      total: whole(1),
      accepted: whole(0),
      sources: whole(0),
      bySource: [{ name: 'NOT_STATED', count: whole(1) }],
      weeks: whole(0),
      undisposed: [],
    })
  })

  it('refuses a period of no days', () => {
    expect(() => contactPattern(answersOf(), ground, asOf, 0)).toThrow(Refusal)
  })
})

describe('attendances beside restraint', () => {
  const restraint = row('socialCare:1', { eventAt: '2025-06-14T18:00:00Z', setting: 'CHILDRENS_HOME' })
  const attendance = (id: string, eventAt: string | null) => row(`health:${id}`, { eventAt })

  it('counts those within 24 hours after a restraint of any setting, and none before it', () => {
    const answers = answersOf({
      socialCare: { restraints: [restraint] },
      education: { restraints: [row('education:1', { eventAt: '2025-11-20T11:00:00Z' })] },
      health: {
        unscheduledAttendances: [
          attendance('a', '2025-06-15T18:00:00Z'),
          attendance('b', '2025-06-15T18:00:01Z'),
          attendance('c', '2025-06-14T17:59:59Z'),
          attendance('d', '2025-11-20T18:30:00Z'),
          attendance('e', null),
        ],
      },
    })
    expect(attendanceAndRestraint(answers, ground)).toEqual({
      attendances: whole(5),
      withinDayOfRestraint: whole(2),
      unavailable: [],
    })
  })

  it('names the agencies without which the overlap may be too low', () => {
    const answers = answersOf({ socialCare: down, health: down })
    expect(attendanceAndRestraint(answers, ground).unavailable).toEqual(['HEALTH', 'CHILDRENS_SOCIAL_CARE'])
  })
})

describe('how many rows a list gives', () => {
  it.each([0, -1, 201, 1.5, Number.NaN])('refuses %s', (first) => {
    expect(() => firstOf(first, 50)).toThrow(Refusal)
  })
  it('gives what was asked, or the default', () => {
    expect([firstOf(200, 50), firstOf(1, 50), firstOf(null, 50), firstOf(undefined, 50)]).toEqual([200, 1, 50, 50])
  })
})
