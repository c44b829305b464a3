import { describe, expect, it } from 'vitest'
import { adultWeeks } from '../../src/childView/adultServiceWeeks.ts'
import { counterparts } from '../../src/childView/crossAreaCounterparts.ts'
import { healthCustodian } from '../../src/childView/healthCustodian.ts'
import { involvementOfKind } from '../../src/childView/involvementPeriods.ts'
import { involvements, involvementsPart } from '../../src/childView/involvements.ts'
import type { ListPart } from '../../src/childView/listFilter.ts'
import type { Answers } from '../../src/disclosure/requestContext.ts'
import type { Grant } from '../../src/policy/grant.ts'
import { bitOf } from '../../src/policy/labels.ts'
import { answersOf, asOf, down, groundOf, registry, row, told } from './fixtures.ts'

const ground = groundOf()
const shut = { content: 0, headline: 0 }

describe('who keeps the health record', () => {
  const registration = (la: string, from: string, to: string | null = null) =>
    row(`health:${la}`, { practice: `GP-${la}`, name: `Practice of ${la}`, from, to, 'provenance.la': la })
  const placements = [
    row('socialCare:1', { la: 'LA2', from: '2024-08-05', to: '2025-05-19' }),
    row('socialCare:2', { la: 'LA5', from: '2025-05-19' }),
  ]
  const moved = {
    socialCare: { placements },
    health: {
      registrations: [registration('LA2', '2019-03-11', '2025-05-26'), registration('LA5', '2025-05-27')],
      historyTransfers: [row('health:t', { fromLa: 'LA2', toLa: 'LA5', receivedOn: '2025-07-02' })],
    },
    // The school stayed where it was.
    education: { enrolments: [row('education:e', { 'provenance.la': 'LA2', from: '2024-09-01' })] },
  }

  it('is the provider of the area where the child lives, from the day of the placement', () => {
    expect(healthCustodian(answersOf(moved), ground, '2025-07-01T12:00:00Z')).toMatchObject({
      la: 'LA5',
      ods: 'GP-LA5',
      since: '2025-05-19',
      previous: { la: 'LA2', ods: 'GP-LA2' },
      custodyTransferDue: '2025-05-19',
      custodyTransferredOn: null,
      outstanding: true,
      without: [],
    })
    expect(healthCustodian(answersOf(moved), ground, '2025-07-02T12:00:00Z')).toMatchObject({
      custodyTransferredOn: '2025-07-02',
      outstanding: false,
    })
  })

  it('does not say that nothing was passed where what was passed may not be read', () => {
    const part = groundOf({ health: { ...shut, withheld: [told('HEALTH_GENERAL')] } })
    expect(healthCustodian(answersOf({ socialCare: { placements } }), part, '2025-07-01T12:00:00Z')).toMatchObject({
      la: 'LA5',
      ods: null,
      outstanding: null,
      due: [{ state: 'NOT_KNOWN' }, { state: 'NOT_KNOWN' }],
    })
    const away = healthCustodian(answersOf({ health: down, socialCare: down }), ground, asOf)
    expect(away).toMatchObject({
      la: null,
      outstanding: null,
      without: [{ state: 'UNAVAILABLE' }, { state: 'UNAVAILABLE' }],
    })
  })

  it('says nothing of whose area it is where the place is hidden, and that it is', () => {
    const hiddenFrom = (withheld: readonly ReturnType<typeof told>[]) =>
      groundOf({ socialCare: { places: 'NONE', withheld }, health: { places: 'NONE' } })
    const left = { ...moved, socialCare: { addresses: [row('socialCare:h', { la: 'LA2', from: '2022-03-07' })] } }
    const worlds = [moved, left, {}].map(answersOf)
    const found = worlds.map((of) =>
      healthCustodian(of, hiddenFrom([told('ADDRESS_PROTECTED')]), '2025-07-01T12:00:00Z'),
    )
    for (const each of found) {
      expect(each).toEqual(found[0])
      expect(each).toMatchObject({ la: null, since: null, previous: null, outstanding: null })
      expect(each?.due[0]).toMatchObject({ kind: 'REGISTRATION', state: 'NOT_KNOWN', dueOn: null })
      expect(each?.without[0]).toMatchObject({ state: 'WITHHELD', label: 'ADDRESS_PROTECTED' })
    }
    // That a place is protected is itself not for everybody: then nothing marks this child.
    for (const of of worlds) expect(healthCustodian(of, hiddenFrom([]), '2025-07-01T12:00:00Z')).toBeNull()
  })

  it('takes no part for the whole: where a list is not read whole on which it stands, nothing is said of it', () => {
    const left = { health: { registrations: [registration('LA2', '2019-03-11')] } }
    const elsewhere = { ...left, socialCare: { addresses: [row('socialCare:h', { la: 'LA6', from: '2022-03-07' })] } }
    const shutTo = (list: 'socialCare' | 'health') =>
      groundOf({ [list]: { ...shut, withheld: [told(list === 'health' ? 'INVOLVEMENT' : 'SOCIAL_CARE')] } })
    const noHome = healthCustodian(answersOf(left), shutTo('socialCare'), asOf)
    expect(noHome).toMatchObject({ la: null, ods: null, outstanding: null, due: [{ state: 'NOT_KNOWN' }] })
    expect(noHome?.without[0]).toMatchObject({ state: 'WITHHELD', label: 'SOCIAL_CARE' })
    const noPractice = healthCustodian(answersOf({ socialCare: elsewhere.socialCare }), shutTo('health'), asOf)
    expect(noPractice).toMatchObject({ la: 'LA6', ods: null, name: null })
    expect(healthCustodian(answersOf(elsewhere), ground, asOf)).toMatchObject({ la: 'LA6', ods: null })
  })

  it('says that nobody registered the child only where it is known where they live', () => {
    const open = { health: { registrations: [registration('LA2', '2019-03-11')] }, socialCare: { placements } }
    const registered = (given: Parameters<typeof groundOf>[0]) =>
      healthCustodian(answersOf(open), groundOf(given), '2025-07-01T12:00:00Z')?.due[0]
    const part = { ...told('SOCIAL_CARE'), organisation: 'LA2-CSC' }
    expect(registered({})).toMatchObject({ kind: 'REGISTRATION', state: 'OVERDUE' })
    expect(registered({ socialCare: { ...shut, withheld: [told('SOCIAL_CARE')] } })?.state).toBe('NOT_KNOWN')
    expect(registered({ socialCare: { heldParts: [part] } })?.state).toBe('NOT_KNOWN')
  })

  it('counts no days of care by a part of the statuses', () => {
    const placed = {
      socialCare: { placements, legalStatuses: [row('socialCare:b', { code: 'C2', from: '2026-02-02' })] },
    }
    const part = { ...told('SOCIAL_CARE'), organisation: 'LA2-CSC' }
    const states = (given: Parameters<typeof groundOf>[0]) =>
      healthCustodian(answersOf(placed), groundOf(given), asOf)
        ?.due.slice(1)
        .map(({ state }) => state)
    expect(states({})).toEqual(['OVERDUE', 'DUE', 'DUE'])
    expect(states({ socialCare: { heldParts: [part] } })).toEqual(['NOT_KNOWN', 'NOT_KNOWN', 'NOT_KNOWN'])
  })

  it('does not say that nothing was to pass where it is not known where the child lives', () => {
    const open = { health: { registrations: [registration('LA2', '2019-03-11')] } }
    expect(healthCustodian(answersOf(open), ground, asOf)).toMatchObject({ la: 'LA2', outstanding: null })
  })

  it('counts what is due from the beginning of care, by age', () => {
    const dueOn = (dateOfBirth: string, healthAssessments: Parameters<typeof row>[1][]) =>
      healthCustodian(
        answersOf({
          socialCare: {
            placements,
            person: [row('socialCare:p', { dateOfBirth })],
            legalStatuses: [
              row('socialCare:a', { code: 'C1', from: '2026-01-05', to: '2026-02-02' }),
              row('socialCare:b', { code: 'C2', from: '2026-02-02' }),
              row('socialCare:z', { code: 'V2', from: '2020-01-01', to: '2020-02-01' }),
            ],
          },
          health: { healthAssessments: healthAssessments.map((fields, index) => row(`health:${index}`, fields)) },
        }),
        ground,
        asOf,
      )?.due.map(({ kind, state, dueOn: on }) => [kind, state, on])
    expect(dueOn('2013-06-27', [])).toEqual([
      ['REGISTRATION', 'OVERDUE', '2025-05-19'],
      ['INITIAL_ASSESSMENT', 'OVERDUE', '2026-02-02'],
      ['REVIEW_ASSESSMENT', 'DUE', '2027-02-02'],
      ['DENTAL_CHECK', 'DUE', '2027-01-05'],
    ])
    expect(dueOn('2023-06-27', [{ kind: 'INITIAL', heldOn: '2026-01-30' }])?.slice(1, 3)).toEqual([
      ['INITIAL_ASSESSMENT', 'DONE', '2026-02-02'],
      ['REVIEW_ASSESSMENT', 'OVERDUE', '2026-07-30'],
    ])
  })
})

describe('whether a team of a kind is involved', () => {
  const worker = (id: number, from: string, to: string | null, fields = {}) =>
    row(`socialCare:${id}`, { kind: 'ALLOCATED_WORKER', professional: 'Maria Osei', from, to, ...fields })
  const asked = (answers: Answers, kind: string | null, of = ground) =>
    involvementOfKind(involvements(answers, of.contracts, registry, asOf, false), { ...of, answers }, asOf, kind)

  it('reads one worker through two moves as one period', () => {
    const answers = answersOf({
      socialCare: {
        involvements: [
          worker(1, '2012-12-03', '2013-06-01'),
          worker(2, '2013-06-01', '2014-09-01', { service: 'Another team' }),
          worker(3, '2014-09-02', '2015-02-20'),
          worker(4, '2016-01-01', null),
        ],
      },
    })
    expect(asked(answers, 'ALLOCATED_WORKER')).toMatchObject({
      state: 'COMPLETE',
      open: { value: 1 },
      periods: [
        { from: '2012-12-03', to: '2015-02-20', records: ['socialCare:1', 'socialCare:2', 'socialCare:3'] },
        { from: '2016-01-01', to: null },
      ],
    })
  })

  it('says that nobody is only where everything was read', () => {
    expect(asked(answersOf(), 'EXPLOITATION_TEAM')).toMatchObject({ state: 'NOTHING_HELD', periods: [] })
    const withheld = groundOf({ socialCare: { ...shut, withheld: [told('INVOLVEMENT')] } })
    expect(asked(answersOf(), 'EXPLOITATION_TEAM', withheld).state).toBe('WITHHELD')
    expect(asked(answersOf({ socialCare: down, health: down }), 'EXPLOITATION_TEAM').state).toBe('UNAVAILABLE')
    expect(asked(answersOf({ adultServices: down }), 'EXPLOITATION_TEAM').state).toBe('NOTHING_HELD')
  })

  it('never says that no force has a record where its records may not be read', () => {
    const of = (police: Partial<Grant>) => asked(answersOf(), 'POLICE_RECORDS', groundOf({ police }))
    const unread = { state: 'WITHHELD', open: { value: null, completeness: 'WITHHELD' }, periods: null }
    expect(of({})).toMatchObject({ state: 'NOTHING_HELD', open: { value: 0, completeness: 'WHOLE' }, periods: [] })
    expect(of({ ...shut, withheld: [told('POLICE_RECORD')] })).toMatchObject(unread)
    // Hidden from the role, of every child: nothing is named, and nobody is told that there is none.
    expect(of(shut)).toMatchObject(unread)
    expect(asked(answersOf({ police: down }), 'POLICE_RECORDS')).toMatchObject({
      state: 'UNAVAILABLE',
      open: { value: null },
      periods: null,
    })
    const crimes = [row('police:1', { eventAt: '2025-02-22T23:40:00Z', 'provenance.force': 'F1' })]
    const noEvents = bitOf('POLICE_RECORD')
    const part = groundOf({ police: { content: ~noEvents, headline: ~noEvents, withheld: [told('POLICE_RECORD')] } })
    expect(asked(answersOf({ police: { domesticAbuse: crimes } }), 'POLICE_RECORDS', part)).toMatchObject({
      state: 'PARTIAL',
      open: { value: 1, completeness: 'AT_LEAST', without: [{ label: 'POLICE_RECORD' }] },
    })
  })

  it('says of records whose force may not be told that some force has them, and how many do not', () => {
    const of = (...forces: readonly (string | null)[]) => {
      const domesticAbuse = forces.map((force, at) =>
        row(`police:${at}`, { eventAt: '2025-02-22T23:40:00Z', 'provenance.force': force }),
      )
      return asked(answersOf({ police: { domesticAbuse } }), 'POLICE_RECORDS')
    }
    expect(of(null, null)).toMatchObject({
      state: 'PARTIAL',
      open: { value: 1, completeness: 'AT_LEAST', without: [{ reason: 'FORCE_NOT_KNOWN' }] },
      periods: [{ kind: 'POLICE_RECORDS', service: 'POLICE' }],
    })
    // It may be the one that is named beside it.
    expect(of('F1', null)).toMatchObject({ open: { value: 1, completeness: 'AT_LEAST' } })
    expect(of('F1', 'F4')).toMatchObject({ open: { value: 2, completeness: 'WHOLE', without: [] } })
  })

  it('counts no services as all where some stay unnamed for what they treat', () => {
    const { adultServices } = ground.contracts
    const unnamedTo = (label: 'ADULT_HEALTH' | 'HEALTH_MENTAL') => {
      const given = { headline: ~bitOf(label), withheld: [told(label)] }
      return {
        grants: groundOf({ adultServices: given, socialCare: given }).grants,
        contracts: { ...ground.contracts, adultServices: { ...adultServices, home: 'ADULT' as const } },
      }
    }
    expect(asked(answersOf(), 'ADULT_SERVICE', unnamedTo('ADULT_HEALTH'))).toMatchObject({
      state: 'WITHHELD',
      open: { value: null, completeness: 'WITHHELD', without: [{ label: 'ADULT_HEALTH' }] },
      periods: null,
    })
    const known = answersOf({ socialCare: { involvements: [worker(1, '2012-12-03', null)] } })
    const lacking = { value: 1, completeness: 'AT_LEAST', without: [{ label: 'HEALTH_MENTAL' }] }
    expect(asked(known, null, unnamedTo('HEALTH_MENTAL')).open).toMatchObject(lacking)
    expect(asked(known, 'ALLOCATED_WORKER', unnamedTo('HEALTH_MENTAL')).open).toMatchObject({ completeness: 'WHOLE' })
    const requirements = [row('adultServices:r', { week: '2026-02-09', service: 'HOUSING', relation: 'MOTHER' })]
    expect(
      adultWeeks(answersOf({ adultServices: { requirements } }), unnamedTo('ADULT_HEALTH'), {}).weeks?.[0]
        ?.requirements,
    ).toMatchObject({ value: 1, completeness: 'AT_LEAST', without: [{ label: 'ADULT_HEALTH' }] })
  })

  it('filters and pages involvements by kind and day', () => {
    const answers = answersOf({
      socialCare: { involvements: [worker(1, '2012-12-03', '2013-06-01'), worker(2, '2014-01-01', null)] },
    })
    const all = involvements(answers, ground.contracts, registry, asOf, false)
    const part = (asked: ListPart) => involvementsPart(all, asked, ground.contracts)
    expect(part({ kind: 'LEAD_PROFESSIONAL' })).toEqual([])
    for (const kind of ['lead professional', 'NOPE', ''])
      expect(() => part({ kind })).toThrow(expect.objectContaining({ code: 'BAD_INPUT' }))
    expect(part({ from: '2013-06-02' }).map(({ id }) => id)).toEqual(['socialCare:2'])
    expect(part({ first: 1, after: 'socialCare:1' }).map(({ id }) => id)).toEqual(['socialCare:2'])
  })
})

describe('professionals and their counterparts', () => {
  const nurse = (la: string) =>
    row(`health:${la}`, {
      kind: 'LOOKED_AFTER_NURSE',
      service: la,
      from: '2025-01-01',
      'provenance.la': la,
      'provenance.agency': 'HEALTH_COMMUNITY',
    })
  const of = (nurses: readonly string[], given = ground) => {
    const answers = answersOf({ health: { involvements: nurses.map(nurse) } })
    const contracts = given.contracts
    return counterparts(involvements(answers, contracts, registry, asOf, true), { ...given, answers }, registry, {
      responsibleLa: 'LA2',
      areaLa: 'LA5',
    }).disciplines[0]
  }

  it('stand beside each other, and who is missing where is said', () => {
    expect(of(['LA2', 'LA5'])).toMatchObject({ ofResponsible: [{ la: 'LA2' }], ofArea: [{ la: 'LA5' }] })
    expect(of(['LA2'])?.ofArea).toEqual([])
  })
})
