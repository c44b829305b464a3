import { describe, expect, it } from 'vitest'
import { meetingGaps } from '../../src/childView/meetingGaps.ts'
import { quorumOf } from '../../src/childView/quorum.ts'
import type { Row, Value } from '../../src/sources/contract.ts'
import { answersOf, down, groundOf, registry, row } from './fixtures.ts'

const ground = groundOf()
const fields = (service: string, la: string, more: Readonly<Record<string, Value>> = {}) => ({
  'provenance.agency': service,
  'provenance.la': la,
  from: '2025-06-10',
  to: null,
  ...more,
})
const invitee = (parent: string, agency: string, la: string | null, more: Readonly<Record<string, Value>> = {}) =>
  row(`socialCare:i-${parent}-${agency}-${la}`, { parent, agency, la, invited: true, attended: true, ...more })
const meeting = (id: string, type: string, more: Readonly<Record<string, Value>> = {}) =>
  row(`socialCare:${id}`, {
    type,
    status: 'HELD',
    eventAt: '2026-09-28T10:00:00Z',
    ...fields('CHILDRENS_SOCIAL_CARE', 'LA2'),
    ...more,
  })

const health = {
  registrations: [
    row('health:gp2', fields('HEALTH_GP', 'LA2', { to: '2025-05-26' })),
    row('health:gp5', fields('HEALTH_GP', 'LA5', { contact: 'Southmere Practice' })),
  ],
  involvements: [
    row('health:nurse2', fields('HEALTH_COMMUNITY', 'LA2', { kind: 'LOOKED_AFTER_NURSE' })),
    row('health:nurse5', fields('HEALTH_COMMUNITY', 'LA5', { kind: 'LOOKED_AFTER_NURSE' })),
    row('health:psychology', fields('HEALTH_MENTAL_HEALTH', 'LA5', { kind: 'PSYCHOLOGY' })),
  ],
}
const education = {
  enrolments: [
    row('education:old', fields('EDUCATION', 'LA2', { to: '2025-08-31' })),
    row('education:now', fields('EDUCATION', 'LA5')),
  ],
}
const socialCare = (meetings: readonly Row[], invitees: readonly Row[]) => ({
  meetings,
  invitees,
  legalStatuses: [
    row('socialCare:c2', { code: 'C2', ...fields('CHILDRENS_SOCIAL_CARE', 'LA2', { from: '2019-03-04' }) }),
  ],
  placements: [
    row('socialCare:k2', { la: 'LA5', force: 'F4', ...fields('CHILDRENS_SOCIAL_CARE', 'LA2', { from: '2025-05-19' }) }),
  ],
  involvements: [
    row('socialCare:worker', fields('CHILDRENS_SOCIAL_CARE', 'LA2', { kind: 'ALLOCATED_WORKER' })),
    row('socialCare:psychologist', fields('CHILDREN_HOME', 'LA5', { kind: 'HOME_PSYCHOLOGIST' })),
  ],
})
const gapsOf = (meetings: readonly Row[], invitees: readonly Row[]) =>
  meetingGaps(answersOf({ health, education, socialCare: socialCare(meetings, invitees) }), ground, registry) ?? []
const insideLa2 = [
  invitee('s', 'CHILDRENS_SOCIAL_CARE', 'LA2'),
  invitee('s', 'HEALTH_COMMUNITY', 'LA2', { attended: false }),
]

describe('who was left out of a meeting', () => {
  it('names exactly the GP, the nurse, the school and the force of the area for a child placed at a distance', () => {
    const [gap] = gapsOf([meeting('s', 'STRATEGY_DISCUSSION')], insideLa2)
    expect(gap?.missingInvitees.map(({ agency, la, force, role }) => [agency, la, force, role])).toEqual([
      ['HEALTH_GP', 'LA5', null, 'GP'],
      ['EDUCATION', 'LA5', null, 'SCHOOL'],
      ['HEALTH_COMMUNITY', 'LA5', null, 'LOOKED_AFTER_NURSE'],
      ['POLICE', 'LA5', 'F4', 'POLICE_PUBLIC_PROTECTION'],
    ])
    expect(gap?.missingInvitees.map(({ contact }) => contact)).toEqual(['Southmere Practice', null, null, 'F4 desk'])
  })

  it('names none when each of them was invited', () => {
    const all = ['HEALTH_GP', 'EDUCATION', 'HEALTH_COMMUNITY', 'POLICE'].map((agency) => invitee('s', agency, 'LA5'))
    expect(gapsOf([meeting('s', 'STRATEGY_DISCUSSION')], [...insideLa2, ...all])[0]?.missingInvitees).toEqual([])
  })

  it('does not take the force of the other authority for that of the area', () => {
    const [gap] = gapsOf([meeting('s', 'STRATEGY_DISCUSSION')], [...insideLa2, invitee('s', 'POLICE', 'LA2')])
    expect(gap?.missingInvitees.some(({ force }) => force === 'F4')).toBe(true)
  })

  it('judges each meeting by its own invitees and its own day', () => {
    const earlier = meeting('e', 'CLA_REVIEW', { eventAt: '2025-07-01T13:00:00Z' })
    const gaps = gapsOf([meeting('s', 'STRATEGY_DISCUSSION'), earlier], insideLa2)
    expect(gaps[1]?.missingInvitees.map(({ agency, la }) => `${agency} ${la}`)).toEqual([
      'HEALTH_GP LA5',
      'EDUCATION LA2',
      'EDUCATION LA5',
      'HEALTH_COMMUNITY LA2',
      'HEALTH_COMMUNITY LA5',
      'POLICE LA5',
    ])
  })

  it('does not ask the police to the review of a child who lives in the responsible authority', () => {
    const at = { eventAt: '2025-02-01T13:00:00Z' }
    const home = { ...socialCare([meeting('r', 'CLA_REVIEW', at)], []), placements: [], addresses: [] }
    const [gap] = meetingGaps(answersOf({ socialCare: home }), ground, registry) ?? []
    expect(gap?.missingInvitees).toEqual([])
  })

  it.each(['CORE_GROUP', 'CIN_MEETING', 'ICPC'])('says nothing of a %s', (type) => {
    expect(gapsOf([meeting('s', type)], insideLa2)).toEqual([])
  })

  it('says nothing of a cancelled meeting and of none, and cannot tell when social care does not answer', () => {
    expect(gapsOf([meeting('s', 'CLA_REVIEW', { status: 'CANCELLED' })], [])).toEqual([])
    expect(gapsOf([], [])).toEqual([])
    expect(meetingGaps(answersOf({ health, education, socialCare: down }), ground, registry)).toBeNull()
  })

  it('does not depend on whether the police hold anything', () => {
    const lists = { health, education, socialCare: socialCare([meeting('s', 'MISSING_STRATEGY')], insideLa2) }
    const known = meetingGaps(answersOf({ ...lists, police: { intelligence: [row('police:1')] } }), ground, registry)
    expect(known).toEqual(meetingGaps(answersOf({ ...lists, police: down }), ground, registry))
  })
})

describe('quorum', () => {
  const came = (...agencies: readonly string[]) => agencies.map((agency) => invitee('m', agency, 'LA2'))
  const cases: readonly [string, string, Parameters<typeof quorumOf>[1], boolean | null, readonly string[] | null][] = [
    [
      'lacks health at a strategy discussion of two',
      'STRATEGY_DISCUSSION',
      came('CHILDRENS_SOCIAL_CARE', 'POLICE'),
      false,
      ['HEALTH'],
    ],
    [
      'takes any health service for health',
      'STRATEGY_DISCUSSION',
      came('CHILDRENS_SOCIAL_CARE', 'POLICE', 'HEALTH_GP'),
      true,
      [],
    ],
    [
      'lacks everyone who stayed away',
      'MISSING_STRATEGY',
      [invitee('m', 'POLICE', 'LA2', { attended: false })],
      false,
      ['CHILDRENS_SOCIAL_CARE', 'POLICE', 'HEALTH'],
    ],
    [
      'needs two further agencies at a conference',
      'ICPC',
      came('CHILDRENS_SOCIAL_CARE', 'HEALTH_GP', 'HEALTH_COMMUNITY'),
      false,
      [],
    ],
    [
      'names the invited agency that stayed away',
      'REVIEW_CONFERENCE',
      [...came('CHILDRENS_SOCIAL_CARE', 'HEALTH'), invitee('m', 'EDUCATION', 'LA2', { attended: false })],
      false,
      ['EDUCATION'],
    ],
    ['is met by two agencies and social care', 'ICPC', came('CHILDRENS_SOCIAL_CARE', 'HEALTH', 'EDUCATION'), true, []],
    ['needs health at a review', 'CLA_REVIEW', came('CHILDRENS_SOCIAL_CARE', 'EDUCATION'), false, ['HEALTH']],
    ['has no rule for a core group', 'CORE_GROUP', came('POLICE'), null, null],
    ['is not judged where nobody recorded who came', 'ICPC', [], null, null],
    [
      'is not judged where it may not be told whether health came',
      'STRATEGY_DISCUSSION',
      [...came('CHILDRENS_SOCIAL_CARE', 'POLICE'), invitee('m', 'HEALTH', 'LA2', { attended: null })],
      null,
      null,
    ],
  ]
  it.each(cases)('%s', (_title, type, invitees, quorate, missing) => {
    expect(quorumOf(meeting('m', type), invitees)).toEqual({ quorate, missing })
  })

  it.each(['PLANNED', 'CANCELLED'])('is not judged while a meeting is %s', (status) => {
    expect(quorumOf(meeting('m', 'ICPC', { status }), came('POLICE')).quorate).toBeNull()
  })
})
