import { describe, expect, it } from 'vitest'
import { adultWeeks } from '../../src/childView/adultServiceWeeks.ts'
import { basicNeeds } from '../../src/childView/basicNeeds.ts'
import { careHistory, placementsPart } from '../../src/childView/careHistory.ts'
import { custodyOfCarers } from '../../src/childView/carerCustody.ts'
import { engagement, missedPart } from '../../src/childView/engagement.ts'
import { legal } from '../../src/childView/legalOrders.ts'
import { missingPattern } from '../../src/childView/missingEpisodes.ts'
import { incidentsPart, restraintPattern } from '../../src/childView/restraint.ts'
import { absencesPart, attendancePicture } from '../../src/childView/schoolAttendance.ts'
import { Refusal } from '../../src/foundation/errors.ts'
import { answersOf, asOf, down, groundOf, row, rows, told, whole } from './fixtures.ts'

const ground = groundOf()
const nothing = { content: 0, headline: 0 }

describe('what was offered, and what was kept', () => {
  const appointment = (index: number, service: string, outcome: string) =>
    row(`health:${service}${index}`, { eventAt: `2026-0${index + 1}-10T09:00:00Z`, service, outcome })
  const appointments = [
    appointment(1, 'Dentist', 'ATTENDED'),
    appointment(2, 'Dentist', 'WAS_NOT_BROUGHT'),
    appointment(3, 'CAMHS', 'WAS_NOT_BROUGHT'),
    appointment(4, 'CAMHS', 'WAS_NOT_BROUGHT'),
    appointment(5, 'CAMHS', 'CANCELLED'),
  ]
  const requirements = ['ATTENDED', 'MISSED', null].map((outcome, index) =>
    row(`adultServices:${index}`, { week: '2026-03-02', service: 'PROBATION', relation: 'MOTHER', outcome }),
  )
  const interventions = [
    row('socialCare:i', {
      eventAt: '2026-02-02T09:00:00Z',
      provider: 'Youth work',
      to: '2026-02-27',
      sessionsPlanned: 4,
      sessionsHeld: 1,
    }),
  ]
  const communication = [row('socialCare:c', { whose: 'MOTHER', contactHours: 'after 19:00', contactMedium: 'CALL' })]
  const answers = answersOf({
    health: { appointments },
    adultServices: { requirements },
    socialCare: { interventions, communication },
  })

  it('joins ten offers of four services, of which three were kept, into 30 %', () => {
    const picture = engagement(answers, ground, {})
    expect(picture).toMatchObject({ offered: whole(10), attended: whole(3), percentage: 30, missed: whole(4) })
    expect(picture.byService?.map(({ service, concerning, percentage }) => [service, concerning, percentage])).toEqual([
      ['CAMHS', 'CHILD', 0],
      ['Dentist', 'CHILD', 50],
      ['PROBATION', 'MOTHER', 50],
      ['Youth work', 'CHILD', 25],
    ])
    expect(picture.byMonth?.map(({ month }) => month)).toEqual(['2026-02', '2026-03', '2026-04', '2026-05'])
  })

  it('gives sessions of which only the number is recorded to no month, and says of which months that is so', () => {
    const spread = row('socialCare:s', {
      ...{ provider: 'Mentoring', from: '2026-03-02', to: '2026-04-30', sessionsPlanned: 24, sessionsHeld: 9 },
    })
    const more = answersOf({ health: { appointments }, socialCare: { interventions: [...interventions, spread] } })
    const { byMonth, offered } = engagement(more, ground, {})
    expect(offered).toEqual(whole(32))
    const bound = { completeness: 'AT_LEAST', without: [{ reason: 'NOT_RECORDED' }] }
    expect(byMonth?.map(({ month, offered: count }) => [month, count])).toMatchObject([
      ['2026-02', { value: 5, completeness: 'WHOLE' }],
      ['2026-03', { value: 1, ...bound }],
      ['2026-04', { value: 1, ...bound }],
      ['2026-05', { value: 1, completeness: 'WHOLE' }],
    ])
    expect(byMonth?.map(({ percentage }) => percentage === null)).toEqual([false, true, true, false])
  })

  it('counts sessions of which only the number is recorded where all of them fall, and nowhere in part', () => {
    const spread = row('socialCare:s', {
      provider: 'Mentoring',
      from: '2026-03-02',
      sessionsPlanned: 24,
      sessionsHeld: 9,
    })
    const ended = { ...spread, to: '2026-04-30' }
    const of = (one: typeof spread, part: object) =>
      engagement(answersOf({ socialCare: { interventions: [one] } }), ground, part).offered
    expect(of(ended, { from: '2026-03-01', to: '2026-05-01' })).toEqual(whole(24))
    expect(of(ended, { from: '2026-05-01' })).toEqual(whole(0))
    for (const part of [{ from: '2026-03-03' }, { to: '2026-04-29' }, { from: '2026-04-01', to: '2026-04-02' }])
      expect(of(ended, part)).toMatchObject({
        value: 0,
        completeness: 'AT_LEAST',
        without: [{ reason: 'NOT_RECORDED' }],
      })
    expect(of(spread, { from: '2026-03-01', to: '2026-05-01' })).toMatchObject({ value: 0, completeness: 'AT_LEAST' })
  })

  it('shows how somebody can be reached beside what nobody asked the reason for', () => {
    const picture = engagement(answers, ground, {})
    expect(picture.missedWithoutReason).toEqual(whole(4))
    expect(picture.contactPreferences).toMatchObject([{ whose: 'MOTHER', hours: 'after 19:00', medium: 'CALL' }])
  })

  it('gives no percentage of what is read in part, and says what it lacks', () => {
    const part = groundOf({ adultServices: { ...nothing, withheld: [told('THIRD_PARTY')] } })
    expect(engagement(answersOf({ health: { appointments } }), part, {})).toMatchObject({
      offered: { value: 4, completeness: 'AT_LEAST' },
      percentage: null,
    })
    expect(engagement(answersOf({ health: down, adultServices: down }), ground, {}).missedOffers).toBeNull()
  })

  it('keeps to the days asked, and pages what was missed by record', () => {
    expect(engagement(answers, ground, { from: '2026-04-01', to: '2026-05-31' })).toMatchObject({ offered: whole(2) })
    const picture = engagement(answers, ground, {})
    expect(missedPart(picture, { first: 1, after: 'health:CAMHS4' })?.map(({ id }) => id)).toEqual(['health:CAMHS3'])
    expect(missedPart(picture, { kind: 'CAMHS' })).toHaveLength(2)
    expect(() => missedPart(picture, { after: 'health:hidden' })).toThrow(Refusal)
  })
})

describe('what is asked of an adult in one week', () => {
  const requirements = [
    ...rows(5, (index) =>
      row(`adultServices:${index}`, {
        week: '2026-02-09',
        service: index < 2 ? 'PROBATION' : 'SUBSTANCE_SERVICE',
        relation: 'MOTHER',
      }),
    ),
    row('adultServices:day', { eventAt: '2026-02-18T10:00:00Z', service: 'HOUSING', relation: 'MOTHER' }),
  ]

  it('counts all services together, by the Monday of the week', () => {
    const picture = adultWeeks(answersOf({ adultServices: { requirements } }), ground, {})
    expect(picture.weeks?.map(({ week, requirements: asked, services }) => [week, asked.value, services])).toEqual([
      ['2026-02-16', 1, ['HOUSING']],
      ['2026-02-09', 5, ['PROBATION', 'SUBSTANCE_SERVICE']],
    ])
    const before = adultWeeks(answersOf({ adultServices: { requirements } }), ground, { to: '2026-02-15' })
    expect(before.weeks).toHaveLength(1)
    expect(before.total).toEqual(whole(1))
  })

  it('is no list where adult services may not be read', () => {
    const shut = groundOf({ adultServices: { ...nothing, withheld: [told('INVOLVEMENT')] } })
    expect(adultWeeks(answersOf(), shut, {})).toMatchObject({ total: { completeness: 'WITHHELD' }, weeks: null })
  })
})

describe('custody of carers', () => {
  const probation = [
    row('adultServices:p', {
      eventAt: '2026-03-04T12:00:00Z',
      kind: 'CUSTODY',
      relation: 'MOTHER',
      planForChild: false,
    }),
    row('adultServices:o', { eventAt: '2026-01-04T12:00:00Z', kind: 'ORDER', relation: 'MOTHER' }),
  ]
  const member = (relation: string, inHousehold: boolean, eventAt: string | null = null) =>
    row(`socialCare:${relation}`, { relation, inHousehold, isChild: false, eventAt })

  it('says that the only adult at home is gone, and that nobody planned', () => {
    const family = [member('MOTHER', true), member('GRANDMOTHER', false)]
    expect(
      custodyOfCarers(answersOf({ adultServices: { probation }, socialCare: { family } }), ground, asOf, {}).periods,
    ).toEqual([
      {
        id: 'adultServices:p',
        relation: 'MOTHER',
        from: '2026-03-04T12:00:00Z',
        to: null,
        isNow: true,
        isOnlyAdultAtHome: true,
        planForChild: false,
      },
    ])
  })

  it.each([
    ['2026-03-04T11:00:00Z', false],
    ['2026-03-04T18:00:00Z', true],
  ])('is judged by the household of that time: a cousin came on %s', (came, isOnly) => {
    const family = [member('MOTHER', true, '2024-02-12'), member('COUSIN', true, came)]
    const given = answersOf({ adultServices: { probation }, socialCare: { family } })
    expect(custodyOfCarers(given, ground, asOf, {}).periods?.[0]?.isOnlyAdultAtHome).toBe(isOnly)
  })

  it('says of nobody that they were alone where no household was recorded by then', () => {
    const family = [member('MOTHER', true, '2026-11-09')]
    const given = answersOf({ adultServices: { probation }, socialCare: { family } })
    expect(custodyOfCarers(given, ground, asOf, {}).periods?.[0]?.isOnlyAdultAtHome).toBeNull()
  })

  it('does not say who is alone where the household is read in part', () => {
    const part = groundOf({ socialCare: { ...nothing, withheld: [told('SOCIAL_CARE')] } })
    const picture = custodyOfCarers(answersOf({ adultServices: { probation } }), part, asOf, {})
    expect(picture.periods?.map(({ isOnlyAdultAtHome }) => isOnlyAdultAtHome)).toEqual([null])
  })
})

describe('orders and when they expire', () => {
  const protections = [row('police:1', { eventAt: '2026-08-26T22:00:00Z', from: '2026-08-26T22:00:00Z' })]
  const orders = [
    row('socialCare:c', { type: 'CARE_ORDER', from: '2019-09-30', eventAt: '2019-09-30T09:00:00Z' }),
    row('socialCare:d', { type: 'DEPRIVATION_OF_LIBERTY', from: '2026-08-01', to: '2026-08-28' }),
  ]
  const at = (when: string) =>
    legal(answersOf({ police: { protections }, socialCare: { orders } }), ground, when, {}).orders?.map(
      ({ type, expired }) => [type, expired],
    )

  it('lets police protection end after 72 hours, and an order at the end of its last day', () => {
    expect(at('2026-08-29T21:59:59Z')).toEqual([
      ['POLICE_PROTECTION', false],
      ['DEPRIVATION_OF_LIBERTY', true],
      ['CARE_ORDER', false],
    ])
    expect(at('2026-08-30T06:00:00Z')?.[0]).toEqual(['POLICE_PROTECTION', true])
    expect(at('2026-08-28T22:59:59Z')?.[1]).toEqual(['DEPRIVATION_OF_LIBERTY', false])
  })

  it('is no list of one agency alone passed off as whole', () => {
    const part = groundOf({ socialCare: { ...nothing, withheld: [told('COURT_CONFIDENTIAL')] } })
    expect(legal(answersOf({ police: { protections } }), part, asOf, {}).total).toMatchObject({
      value: 1,
      completeness: 'AT_LEAST',
    })
  })

  it('finds an order by its type and by a day on which it held', () => {
    const ask = (part: Parameters<typeof legal>[3]) =>
      legal(answersOf({ police: { protections }, socialCare: { orders } }), ground, asOf, part).orders?.length
    expect([ask({ kind: 'CARE_ORDER' }), ask({ from: '2026-08-29' }), ask({ to: '2026-07-31' })]).toEqual([1, 2, 1])
  })
})

describe('placements and periods of care', () => {
  const placements = rows(12, (index) =>
    row(`socialCare:${String(index).padStart(2, '0')}`, {
      code: 'U6',
      from: `${2010 + index}-03-04`,
      to: index < 11 ? `${2011 + index}-03-04` : null,
      startReason: index === 0 ? 'S' : 'P',
      changeReason: index < 11 ? 'CREQB' : null,
    }),
  )

  it('reads twelve placements with the reasons of each in words', () => {
    const history = careHistory(answersOf({ socialCare: { placements } }), ground, asOf)
    expect(history.placementTotal).toEqual(whole(12))
    expect(history.placements?.[1]).toMatchObject({
      placement: { code: 'U6', meaning: 'Foster care, other' },
      startReason: { meaning: 'Change of placement and carer' },
      endReason: { code: 'CREQB', meaning: 'The carer asked, because of the child’s behaviour' },
      days: 366,
    })
    expect(placementsPart(history, { from: '2020-05-01' })).toHaveLength(2)
  })

  it('keeps a reason that is no code of the return as it was recorded', () => {
    const legalStatuses = [
      row('socialCare:1', { code: 'V2', from: '2026-10-06', to: '2026-10-11', endReason: 'E4A' }),
      row('socialCare:2', { code: 'C1', from: '2026-11-01', to: '2026-11-02', endReason: 'Final order' }),
    ]
    const { periods } = careHistory(answersOf({ socialCare: { legalStatuses } }), ground, asOf)
    expect(periods?.map(({ endReason }) => endReason)).toEqual([
      { code: 'E4A', meaning: 'Returned home, planned' },
      { code: 'Final order', meaning: null },
    ])
  })
})

describe('attendance, and what absences fall on', () => {
  const attendance = [
    row('education:t', {
      from: '2026-09-02',
      to: '2026-11-13',
      possible: 120,
      attended: 117,
      codes: ['N', 'O', 'I'].map((code) => ({ code, count: 1 })),
    }),
  ]
  const absence = (day: string, session: string, code: string) =>
    row(`education:${day}${session}`, { date: day, session, code })
  const absences = [
    absence('2026-09-11', 'PM', 'N'),
    absence('2026-09-25', 'AM', 'O'),
    absence('2026-10-01', 'AM', 'I'),
    absence('2026-12-01', 'AM', 'N'),
  ]
  const missingEpisodes = [row('police:m', { from: '2026-09-11T12:30:00Z', to: '2026-09-11T18:00:00Z', force: 'F1' })]
  const restraints = [row('socialCare:r', { eventAt: '2026-09-25T19:00:00Z' })]
  const answers = answersOf({
    education: { attendance, absences },
    police: { missingEpisodes },
    socialCare: { restraints },
  })
  const missing = missingPattern(answers, ground, asOf, () => true)
  const picture = (part = {}) => attendancePicture(answers, ground, { asOf, missing, part })

  it('gives the percentage and the codes in words', () => {
    expect(picture()).toMatchObject({ possible: whole(120), attended: whole(117), percentage: 97.5 })
    expect(picture().periods?.[0]?.codes?.[0]).toEqual({
      ...{ code: 'N', meaning: 'Reason not yet established', unauthorised: true, count: 1 },
    })
  })

  it('says which absences fall on a missing episode and on restraint, with the records', () => {
    expect(picture().overlaps).toEqual({
      duringMissing: whole(1),
      onRestraintDays: whole(1),
      onMoveDays: whole(0),
    })
    expect(absencesPart(picture(), { coinciding: true })?.map(({ id, coincidesWith }) => [id, coincidesWith])).toEqual([
      ['education:2026-09-11PM', [{ kind: 'MISSING', records: ['police:m'] }]],
      ['education:2026-09-25AM', [{ kind: 'RESTRAINT', records: ['socialCare:r'] }]],
    ])
  })

  it.each([
    [120, 116, null],
    [null, null, [{ code: 'N', count: 4 }]],
    [120, 117, [{ code: 'Ω', count: 4 }]],
  ])(
    'is no more than a lower bound where a register counts more than is dated: %s %s %j',
    (possible, attended, codes) => {
      const register = [row('education:t', { from: '2026-09-02', to: '2026-11-13', possible, attended, codes })]
      const more = answersOf({ education: { attendance: register, absences }, police: { missingEpisodes } })
      const { absenceTotal, overlaps, periods } = attendancePicture(more, ground, { asOf, missing, part: {} })
      const bound = {
        completeness: 'AT_LEAST',
        without: [{ agency: 'EDUCATION', state: 'PARTIAL', reason: 'NOT_RECORDED' }],
      }
      expect(absenceTotal).toMatchObject({ value: 4, ...bound })
      for (const { duringMissing, onMoveDays, onRestraintDays } of [
        overlaps,
        ...(periods ?? []).map((one) => one.overlaps),
      ]) {
        expect(duringMissing).toMatchObject({ value: 1, ...bound })
        expect([onMoveDays, onRestraintDays]).toMatchObject([bound, bound])
      }
      expect(missingPattern(more, ground, asOf, () => true).absentSessionsDuring).toMatchObject({ value: 1, ...bound })
      expect(missing.absentSessionsDuring).toEqual(whole(1))
    },
  )

  it('counts what is dated as whole where a register counts no more, presence and planned closure apart', () => {
    const codes = ['/', '\\', 'L', 'V', 'B', '#'].map((code) => ({ code, count: 40 }))
    const register = [row('education:t', { from: '2026-09-02', to: '2026-11-13', possible: 120, attended: 117, codes })]
    const answered = answersOf({ education: { attendance: register, absences } })
    expect(attendancePicture(answered, ground, { asOf, missing, part: {} }).absenceTotal).toEqual(whole(4))
  })

  it('keeps to the days and the code asked', () => {
    expect(picture({ from: '2026-11-20' })).toMatchObject({ periods: [], overlaps: { duringMissing: whole(0) } })
    expect(absencesPart(picture(), { kind: 'N' })).toHaveLength(2)
  })

  it('counts no overlap where the police may not be read', () => {
    const shut = groundOf({
      police: { ...nothing, withheld: [told('POLICE_RECORD')] },
      socialCare: { ...nothing, withheld: [told('SOCIAL_CARE')] },
    })
    expect(attendancePicture(answers, shut, { asOf, missing, part: {} }).overlaps).toMatchObject({
      duringMissing: { value: null, completeness: 'WITHHELD' },
      onMoveDays: { value: null, completeness: 'WITHHELD' },
    })
  })
})

describe('support with basic needs', () => {
  const basicNeedsSupport = [
    ...rows(14, (index) =>
      row(`education:b${index}`, { kind: 'BREAKFAST', eventAt: `2025-09-${10 + index}T08:00:00Z` }),
    ),
    ...rows(2, (index) => row(`education:u${index}`, { kind: 'UNIFORM', eventAt: `2025-10-0${1 + index}T08:00:00Z` })),
    ...rows(9, (index) =>
      row(`education:c${index}`, { kind: 'COLLECTION', eventAt: `2025-11-0${1 + index}T16:00:00Z` }),
    ),
  ]

  it('counts 25 by type, and of the days asked', () => {
    const answers = answersOf({ education: { basicNeedsSupport } })
    expect(basicNeeds(answers, ground, {})).toMatchObject({
      total: whole(25),
      byKind: [
        { name: 'BREAKFAST', count: whole(14) },
        { name: 'COLLECTION', count: whole(9) },
        { name: 'UNIFORM', count: whole(2) },
      ],
    })
    expect(basicNeeds(answers, ground, { from: '2025-10-02', to: '2025-11-01' }).total).toEqual(whole(2))
  })
})

describe('restraint with the age at the time', () => {
  const restraints = rows(3, (index) =>
    row(`socialCare:${index}`, { eventAt: `202${4 + index}-06-27T10:00:00Z`, setting: 'CHILDRENS_HOME' }),
  )
  const pattern = restraintPattern(answersOf({ socialCare: { restraints } }), ground)

  it('counts whole years from the birthday', () => {
    expect(incidentsPart(pattern, '2013-06-27', {})?.map(({ age }) => age)).toEqual([13, 12, 11])
    expect(incidentsPart(pattern, null, {})?.map(({ age }) => age)).toEqual([null, null, null])
  })

  it('goes on after a record, and refuses one that is not there alike whether it exists or not', () => {
    expect(incidentsPart(pattern, null, { after: 'socialCare:1' })?.map(({ id }) => id)).toEqual(['socialCare:0'])
    for (const after of ['socialCare:9', 'police:hidden'])
      expect(() => incidentsPart(pattern, null, { after })).toThrow('The record to go on after is not in this list.')
    expect(incidentsPart(pattern, null, { to: '2024-12-31' })).toHaveLength(1)
  })
})
