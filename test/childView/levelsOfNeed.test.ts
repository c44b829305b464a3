import { describe, expect, it } from 'vitest'
import { keepsCase } from '../../src/childView/authoritiesAsDisclosed.ts'
import { type Levels, levels } from '../../src/childView/levelsOfNeed.ts'
import { documentOf, readThresholdDocument } from '../../src/childView/thresholdDocument.ts'
import type { Holder } from '../../src/foundation/holder.ts'
import { registryOf } from '../../src/foundation/registry.ts'
import type { HolderGrant } from '../../src/policy/grant.ts'
import { bitOf } from '../../src/policy/labels.ts'
import { answersOf, asOf, down, grantOf, groundOf, row, rows, told } from './fixtures.ts'

type Fields = Parameters<typeof row>[1]
const record = (id: string, day: string, fields: Fields = {}) => row(id, { eventAt: `${day}T09:00:00Z`, ...fields })
const plan = (id: string, level: string, from: string, to: string | null, fields: Fields = {}) =>
  record(`socialCare:${id}`, from, { level, from, to, ...fields })

const of = (given: Parameters<typeof answersOf>[0], ground = groundOf()): Levels =>
  levels(answersOf(given), ground, asOf, false)
const steps = ({ history }: Levels) =>
  history?.map(({ level, step, reviewedBy, reviewedOn }) => [level, step, reviewedBy, reviewedOn])

describe('the level over time', () => {
  const officer = record('socialCare:o', '2025-01-01', {
    ...{ kind: 'REVIEWING_OFFICER', professional: 'Tom Hallet', role: 'Independent reviewing officer' },
    from: '2025-01-01',
  })
  const review = record('socialCare:m', '2026-02-20', { type: 'REVIEW_CONFERENCE', status: 'HELD' })

  it('names who reviewed a step down: the plan’s own word, else the officer at the review held for it', () => {
    const stepped = [
      plan('a', 'CHILD_PROTECTION', '2025-06-01', '2026-03-01'),
      plan('b', 'CHILD_IN_NEED', '2026-03-01', null),
    ]
    expect(steps(of({ socialCare: { plans: stepped, meetings: [review], involvements: [officer] } }))).toEqual([
      ['CHILD_PROTECTION', 'FIRST', null, null],
      ['CHILD_IN_NEED', 'DOWN', 'Tom Hallet, Independent reviewing officer', '2026-02-20'],
    ])
    const [first, second] = stepped
    const named = [{ ...first, reviewedBy: 'Jo Lee, conference chair' }, second] as typeof stepped
    expect(steps(of({ socialCare: { plans: named } }))?.[1]).toEqual([
      ...['CHILD_IN_NEED', 'DOWN', 'Jo Lee, conference chair'],
      null,
    ])
  })

  it('tells whom a plan names of one step: of that which ended it, and of that which led to it while it lasts', () => {
    const named = (to: string | null) => [
      plan('n', 'CHILD_IN_NEED', '2025-01-01', '2025-06-01'),
      plan('p', 'CHILD_PROTECTION', '2025-06-01', to, { reviewedBy: 'Jo Lee, conference chair' }),
      ...(to === null ? [] : [plan('l', 'LOOKED_AFTER', to, null)]),
    ]
    const reviewers = (to: string | null) =>
      of({ socialCare: { plans: named(to) } }).history?.map(({ reviewedBy }) => reviewedBy)
    expect(reviewers(null)).toEqual([null, 'Jo Lee, conference chair'])
    expect(reviewers('2026-01-05')).toEqual([null, null, 'Jo Lee, conference chair'])
  })

  it('tells whom a plan names, and who reviewed at one meeting, of no second step of plans that overlap', () => {
    const named = { reviewedBy: 'Jo Lee, conference chair' }
    const beside = [
      plan('a', 'CHILD_PROTECTION', '2025-06-01', null, named),
      plan('b', 'CHILD_IN_NEED', '2025-09-01', null),
      plan('c', 'EARLY_HELP', '2025-11-01', '2025-12-01'),
    ]
    expect(steps(of({ socialCare: { plans: beside } }))?.map((step) => step[2])).toEqual([named.reviewedBy, null, null])
    const soon = [
      plan('a', 'CHILD_PROTECTION', '2025-06-01', '2026-03-01'),
      plan('b', 'CHILD_IN_NEED', '2026-03-01', null),
      plan('c', 'LOOKED_AFTER', '2026-03-10', null),
    ]
    expect(
      steps(of({ socialCare: { plans: soon, meetings: [review], involvements: [officer] } }))?.map((step) => step[3]),
    ).toEqual([null, '2026-02-20', null])
    // A plan that ran on beside the next was not ended by it.
    const over = [
      plan('a', 'CHILD_IN_NEED', '2025-06-01', '2026-02-01', named),
      plan('b', 'CHILD_PROTECTION', '2025-12-01', null),
    ]
    expect(steps(of({ socialCare: { plans: over } }))?.map((step) => step[2])).toEqual([null, null])
  })

  it('says of no step that it was reviewed by a review long before it, after it, or cancelled', () => {
    const stepped = (on: string, status = 'HELD') => ({
      socialCare: {
        plans: [plan('a', 'CHILD_PROTECTION', '2025-06-01', on), plan('b', 'CHILD_IN_NEED', on, null)],
        meetings: [{ ...review, status }],
        involvements: [officer],
      },
    })
    for (const given of [stepped('2026-04-01'), stepped('2026-02-10'), stepped('2026-02-20', 'CANCELLED')])
      expect(steps(of(given))?.[1]?.slice(2)).toEqual([null, null])
  })

  it('tells a time of being looked after from legal statuses, one after the other as one, unless a plan has it', () => {
    const status = (id: string, code: string, from: string, to: string | null) =>
      record(`socialCare:${id}`, from, { code, from, to })
    const statuses = [status('1', 'C1', '2022-03-07', '2022-11-21'), status('2', 'C2', '2022-11-21', null)]
    const need = plan('n', 'CHILD_IN_NEED', '2021-11-15', '2022-03-07')
    expect(steps(of({ socialCare: { plans: [need], legalStatuses: statuses } }))).toEqual([
      ['CHILD_IN_NEED', 'FIRST', null, null],
      ['LOOKED_AFTER', 'UP', null, null],
    ])
    const covered = [need, plan('l', 'LOOKED_AFTER', '2022-03-07', null)]
    expect(steps(of({ socialCare: { plans: covered, legalStatuses: statuses } }))).toHaveLength(2)
  })

  it('is not told where it may not be read, and says why', () => {
    const shut = groundOf({ socialCare: { content: 0, headline: 0, withheld: [told('SOCIAL_CARE')] } })
    expect(of({}, shut)).toMatchObject({ current: null, history: null, completeness: 'WITHHELD' })
    expect(of({ socialCare: down })).toMatchObject({ current: null, history: null, completeness: 'UNAVAILABLE' })
  })

  it('is said now where it is the highest, or where nobody’s plans are kept back; else it cannot be said', () => {
    const heldBack: HolderGrant = {
      ...grantOf('socialCare', { content: 0, headline: bitOf('INVOLVEMENT'), withheld: [told('SOCIAL_CARE')] }),
      heldBackBy: 'LA2-CSC',
    }
    const apart = groundOf({ socialCare: { apart: [heldBack] } })
    const now = (plans: readonly ReturnType<typeof plan>[], ground = groundOf()) =>
      of({ socialCare: { plans } }, ground).current
    const need = plan('n', 'CHILD_IN_NEED', '2025-02-10', null)
    const inCare = plan('l', 'LOOKED_AFTER', '2025-02-10', null)
    expect([now([]), now([need]), now([inCare])]).toEqual(['UNIVERSAL', 'CHILD_IN_NEED', 'LOOKED_AFTER'])
    expect([now([], apart), now([need], apart), now([inCare], apart)]).toEqual([null, null, 'LOOKED_AFTER'])
    expect(of({}, apart)).toMatchObject({ history: null, completeness: 'WITHHELD' })
    expect(of({}).history).toEqual([])
  })

  it('is not said of a child of whom no record may be read while something is withheld', () => {
    const withheld = groundOf({ socialCare: { withheld: [told('COURT_CONFIDENTIAL', 'CONTENT')] } })
    expect(of({}, withheld)).toMatchObject({ current: null, history: null, completeness: 'WITHHELD' })
    expect(of({}, withheld).without.map(({ label }) => label)).toEqual(['COURT_CONFIDENTIAL'])
    expect(of({ socialCare: { addresses: [record('a', '2020-01-01')] } }, withheld).current).toBe('UNIVERSAL')
  })

  it('is not said from a referral of which it may not be read whether it was taken further', () => {
    const referral = record('socialCare:r', '2026-11-01', { closedOn: null, noFurtherAction: false })
    const headline = groundOf({ socialCare: { content: 0 } })
    expect(of({ socialCare: { referrals: [referral] } }).current).toBe('CHILD_IN_NEED')
    const unsaid = of({ socialCare: { referrals: [{ ...referral, noFurtherAction: null }] } }, headline)
    expect(unsaid.current).toBeNull()
    expect(unsaid.currentWithout).not.toEqual([])
    expect(of({ socialCare: { referrals: [referral] } }).currentWithout).toEqual([])
  })
})

describe('indicators of the threshold document', () => {
  const jodie = {
    socialCare: { plans: [plan('p', 'CHILD_IN_NEED', '2025-02-10', null)] },
    health: {
      unscheduledAttendances: [
        record('health:1', '2025-05-02', { safeguardingRelevance: 'Harm to self', reason: 'Overdose' }),
        record('health:2', '2025-11-14', { safeguardingRelevance: null, reason: 'Overdose' }),
        record('health:3', '2025-11-20', { safeguardingRelevance: 'None', reason: 'Sprained ankle' }),
        record('health:4', '2020-01-01', { safeguardingRelevance: 'Harm to self' }),
      ],
    },
    police: {
      missingEpisodes: rows(5, (index) => record(`police:m${index}`, `2026-0${index + 1}-01`)),
      events: [
        ...rows(3, (index) => record(`police:e${index}`, `2026-0${index + 1}-02`, { kind: 'URGENT_CALL' })),
        record('police:w', '2026-01-03', { kind: 'WELFARE_CHECK' }),
      ],
    },
  }
  const shown = ({ indicators }: Levels) =>
    indicators.map(({ code, count, aboveCurrent }) => [code, count.value, aboveCurrent])

  it('stand beside the level with what is on record, and none that is known not to be', () => {
    expect(shown(of(jodie))).toEqual([
      ['SELF_HARM', 2, true],
      ['MISSING', 5, true],
      ['URGENT_POLICE_EVENT', 3, true],
    ])
  })

  it('say that they may be more where a part is kept from the reader, and give no number where all is', () => {
    const part = groundOf({
      health: { content: ~bitOf('HEALTH_GENERAL'), withheld: [told('HEALTH_GENERAL', 'CONTENT')] },
      police: { content: 0, headline: 0, withheld: [told('POLICE_RECORD')] },
    })
    const found = of({ ...jodie, police: {} }, part).indicators
    expect(found.find(({ code }) => code === 'SELF_HARM')?.count).toMatchObject({ completeness: 'AT_LEAST' })
    expect(found.find(({ code }) => code === 'MISSING')?.count).toMatchObject({ value: null, completeness: 'WITHHELD' })
  })

  it('are never added up: nothing of the levels is a number but their counts and the document’s own', () => {
    const numbers = Object.entries(of(jodie)).filter(([, value]) => typeof value === 'number')
    expect(numbers).toEqual([])
  })
})

describe('a threshold document', () => {
  const written = (more: object = {}) => ({
    ...{ title: 'Ours', source: 'Published in May', version: '2', areas: ['LA2'] },
    indicators: [
      { code: 'POLICE', text: 'Police events', level: 'EARLY_HELP', reads: 'police.events', from: 1, withinDays: 30 },
    ],
    ...more,
  })

  it('is the one of the authority that keeps the case, and every area’s where it has none of its own', () => {
    const [ours, every] = [
      readThresholdDocument(written(), 'a'),
      readThresholdDocument(written({ title: 'Every area', areas: [] }), 'b'),
    ]
    expect(documentOf('LA2', [every, ours]).title).toBe('Ours')
    for (const la of ['LA5', null]) expect(documentOf(la, [every, ours]).title).toBe('Every area')
    expect(documentOf('LA5', [ours]).indicators).toEqual([])
    const southmere = plan('p', 'CHILD_IN_NEED', '2026-01-05', null, { 'provenance.la': 'LA5' })
    expect(of({ socialCare: { plans: [southmere] } }).document.title).toBe(documentOf('LA5').title)
    expect(documentOf('LA5').title).not.toBe(documentOf('LA2').title)
  })

  it('is refused whole, and by name, where a word of it is wrong', () => {
    const [one] = written().indicators
    for (const wrong of [
      { level: 'SEVERE' },
      { reads: 'police' },
      { reads: 'fire.events' },
      { matches: '(' },
      { fields: ['kind'] },
      { from: 0 },
      { score: 3 },
    ])
      expect(() => readThresholdDocument(written({ indicators: [{ ...one, ...wrong }] }), 'file.json')).toThrow()
  })
})

describe('who leads', () => {
  const lead = (id: string, kind: string, to: string | null = null) =>
    record(`socialCare:${id}`, '2026-01-05', { kind, professional: id, from: '2026-01-05', to })

  it('is told apart: the Family Help lead and the lead child protection practitioner, each while it lasts', () => {
    const found = of({
      socialCare: {
        involvements: [
          lead('school family worker', 'FAMILY_HELP_LEAD'),
          lead('social worker', 'LEAD_CHILD_PROTECTION_PRACTITIONER'),
          lead('one before', 'FAMILY_HELP_LEAD', '2026-06-01'),
        ],
      },
    })
    expect(found.familyHelpLead?.name).toBe('school family worker')
    expect(found.leadChildProtectionPractitioner?.name).toBe('social worker')
    expect(of({})).toMatchObject({ familyHelpLead: null, leadChildProtectionPractitioner: null })
  })
})

describe('who keeps the case', () => {
  const service = (organisation: string, kindOfService: Holder['service']): Holder => ({
    ...{ id: organisation, kind: 'socialCare', organisation, name: organisation, service: kindOfService, la: 'LA2' },
    ...{ areas: [], contact: null, timeZone: 'Europe/London', freshnessHours: null, binding: null },
  })
  const registry = registryOf([], [], {}, [
    service('LA2-CSC', 'CHILDRENS_SOCIAL_CARE'),
    service('LA2-YJS', 'YOUTH_JUSTICE'),
  ])
  it('is social care of the authority that is responsible, and no other service of it', () => {
    const keeps = (organisation: string, la: string | null) =>
      keepsCase({ responsibleLa: 'LA2' }, { la, organisation }, registry)
    expect([keeps('LA2-CSC', 'LA2'), keeps('LA2-YJS', 'LA2'), keeps('LA5-CSC', 'LA5')]).toEqual([true, false, false])
  })
})
