import { describe, expect, it } from 'vitest'
import { holders } from '../../seeds/authoritiesAndForces.ts'
import { missingNow, missingPattern } from '../../src/childView/missingEpisodes.ts'
import { bitOf } from '../../src/policy/labels.ts'
import type { Answers } from '../../src/records/agencyAnswers.ts'
import type { Row, Value } from '../../src/sources/contract.ts'
import { answersOf, asOf, down, groundOf, row, rows, told, whole } from './fixtures.ts'

const ground = groundOf()
const readable = () => true
const police = (
  id: string,
  from: string,
  to: string | null,
  force: string | null = 'F1',
  more: Readonly<Record<string, Value>> = {},
) => row(`police:${id}`, { from, to, force, 'provenance.force': force, kind: 'M', ...more })
const care = (id: string, from: string, to: string | null, more: Readonly<Record<string, Value>> = {}) =>
  row(`socialCare:${id}`, { from, to, kind: 'M', reported: false, loggedBy: 'CHILDRENS_HOME', ...more })
const at = (day: number, hour: number) => new Date(Date.UTC(2022, 0, 1 + day, hour)).toISOString()
const patternOf = (
  policeRows: readonly Row[],
  careRows: readonly Row[],
  absences: readonly Row[] = [],
  view = asOf,
  interviews: (entry: Row) => boolean = readable,
) =>
  missingPattern(
    answersOf({
      police: { missingEpisodes: policeRows },
      socialCare: { missing: careRows },
      education: { absences },
    }),
    ground,
    view,
    interviews,
  )

it('leaves an interview overdue while an authority is away that does not know the child, and not one that does', () => {
  const holder = holders.find(({ id }) => id === 'LA2-CSC')
  if (!holder) throw new Error('There is no such holder.')
  const interview = (unlinked: object) => {
    const answers = answersOf({ police: { missingEpisodes: [police('p', at(3, 20), at(4, 8))] } })
    const gaps = [{ holder, state: 'UNAVAILABLE' as const, ...unlinked }]
    const { episodes } = missingPattern(
      { ...answers, socialCare: { ...answers.socialCare, gaps } } as Answers,
      ground,
      asOf,
      readable,
    )
    return episodes?.map(({ returnInterview }) => returnInterview)
  }
  expect([interview({ unlinked: true }), interview({})]).toEqual([['OVERDUE'], [null]])
})

it('counts no more than at least while a force has people of whom nobody says who they are, and denies nothing', () => {
  const holder = holders.find(({ id }) => id === 'F4')
  if (!holder) throw new Error('There is no such holder.')
  const gaps = [{ holder, state: 'NOT_LOOKED_FOR' as const, unsettled: true as const }]
  const counted = (rows: readonly Row[]) => {
    const answers = answersOf({ police: { missingEpisodes: rows } })
    const unsettled = { ...answers, police: { ...answers.police, gaps } } as Answers
    const { total } = missingPattern(unsettled, ground, asOf, readable)
    return { total, now: missingNow(unsettled, ground, asOf) }
  }
  const lacking = { completeness: 'AT_LEAST', without: [{ holder: 'F4', reason: 'MATCH_WAITS' }] }
  expect(counted([])).toMatchObject({ total: { value: 0, ...lacking }, now: null })
  const over = police('p', at(3, 20), at(4, 8))
  expect(counted([over])).toMatchObject({ total: { value: 1, ...lacking }, now: null })
  expect(counted([{ ...over, to: null }]).now).toBe(true)
})

describe('one count of missing', () => {
  it('counts an episode once that a return tells without saying whether it was reported', () => {
    const both = { reported: null, loggedBy: 'LA' }
    const { total } = patternOf(
      [police('p', at(3, 20), at(4, 8))],
      [care('same', at(3, 20), at(4, 8), both), care('other', at(9, 20), at(10, 8), both)],
    )
    expect(total).toMatchObject({ value: 2, completeness: 'WHOLE' })
    expect(patternOf([police('p', at(3, 20), at(4, 8))], [care('apart', at(3, 20), at(4, 8))]).total.value).toBe(2)
  })

  it('makes up no time for an episode of which no record says when it began', () => {
    const undated = row('socialCare:undated', { 'provenance.recordedAt': at(9, 0), kind: null, loggedBy: 'LA' })
    const pattern = patternOf([police('p', at(9, 1), at(9, 3))], [undated])
    expect(pattern.total).toMatchObject({ value: 2, completeness: 'WHOLE' })
    expect(pattern.episodes?.map(({ from, minutes, overnight }) => [from, minutes, overnight])).toEqual([
      [at(9, 1), 120, false],
      [null, null, null],
    ])
    expect(pattern.overnight).toMatchObject({
      value: 0,
      completeness: 'AT_LEAST',
      without: [{ reason: 'NOT_RECORDED' }],
    })
    expect(pattern.absentSessionsDuring.completeness).toBe('AT_LEAST')
  })

  it('tells short absences within school from the long one', () => {
    const within = (id: number, minutes: number) =>
      care(`school-${id}`, at(id * 2, 10), new Date(Date.parse(at(id * 2, 10)) + minutes * 60_000).toISOString(), {
        loggedBy: 'SCHOOL',
      })
    const { episodes } = patternOf([], [...rows(20, (index) => within(index, 12)), within(20, 540)])
    expect(episodes?.map(({ minutes }) => minutes)).toEqual([540, ...Array.from({ length: 20 }, () => 12)])
    expect(episodes?.every(({ loggedBy }) => loggedBy.join() === 'SCHOOL')).toBe(true)
  })

  const forceOne = rows(39, (index) => police(`one-${index}`, at(index * 30, 16), at(index * 30, 18)))
  const forceFour = rows(6, (index) =>
    police(`four-${index}`, at(1300 + index * 30, 16), at(1300 + index * 30, 20), 'F4'),
  )
  const reported = rows(6, (index) =>
    care(`log-${index}`, at(1300 + index * 30, 15), at(1300 + index * 30, 20), {
      reported: true,
      force: 'F4',
      policeReference: `four-${index}`,
    }),
  )
  const unreported = rows(5, (index) => care(`quiet-${index}`, at(1310 + index * 30, 17), at(1310 + index * 30, 19)))

  it('joins 39 of one force, 6 of another and 11 of a provider into 50', () => {
    const pattern = patternOf([...forceOne, ...forceFour], [...reported, ...unreported])
    expect(pattern).toMatchObject({
      total: whole(50),
      reported: whole(45),
      unreported: whole(5),
      reportNotKnown: whole(0),
      unavailable: [],
    })
    expect(pattern.byForce?.map(({ force, count }) => [force, count.value])).toEqual([
      ['F1', 39],
      ['F4', 6],
    ])
  })

  it('gives no force a whole number where the force of one report may not be read, and no list where none may', () => {
    const nowhere = police('nowhere', at(9000, 16), at(9000, 20), null)
    const pattern = patternOf([...forceOne, nowhere], [])
    expect(pattern.reported).toEqual(whole(40))
    expect(pattern.byForce?.map(({ force, count: { value, completeness } }) => [force, value, completeness])).toEqual([
      ['F1', 39, 'AT_LEAST'],
    ])
    expect(patternOf([nowhere], []).byForce).toBeNull()
  })

  it('joins by time and force where the reference is withheld', () => {
    const withoutReference = reported.map((entry) => ({ ...entry, policeReference: null }))
    expect(patternOf([...forceOne, ...forceFour], [...withoutReference, ...unreported]).total).toEqual(whole(50))
  })

  it('gives the same pattern whatever the order in which rows arrive', () => {
    const one = patternOf([...forceOne, ...forceFour], [...reported, ...unreported])
    const other = patternOf([...forceFour, ...forceOne].reverse(), [...unreported, ...reported].reverse())
    expect(other).toEqual(one)
  })

  it('says that the count may be too low when the police do not answer', () => {
    const pattern = missingPattern(
      answersOf({ police: down, socialCare: { missing: [...reported, ...unreported] } }),
      ground,
      asOf,
      readable,
    )
    const without = [
      { agency: 'POLICE', state: 'UNAVAILABLE', label: null, reason: 'UNAVAILABLE', contact: 'police desk' },
    ]
    expect(pattern).toMatchObject({
      total: { value: 11, completeness: 'AT_LEAST', without },
      reported: { value: 6, completeness: 'AT_LEAST', without },
      unreported: { value: null, completeness: 'NOT_KNOWN', without },
      unavailable: ['POLICE'],
    })
  })

  it('counts what is visible alone: withheld police rows and none give the same', () => {
    expect(patternOf([], unreported)).toEqual(
      missingPattern(answersOf({ socialCare: { missing: unreported } }), ground, asOf, readable),
    )
  })

  it('holds nothing for a child who was never missing', () => {
    expect(patternOf([], [])).toEqual({
      total: whole(0),
      reported: whole(0),
      unreported: whole(0),
      reportNotKnown: whole(0),
      byForce: [],
      overnight: whole(0),
      absentSessionsDuring: whole(0),
      episodes: [],
      unavailable: [],
    })
  })
})

describe('what joins and what does not', () => {
  const report = police('r', '2026-05-01T18:00:00Z', '2026-05-01T22:00:00Z')
  const cases: readonly [string, Row, number][] = [
    [
      'joins an entry that began within two hours',
      care('a', '2026-05-01T16:30:00Z', '2026-05-01T21:00:00Z', { force: 'F1', reported: true }),
      1,
    ],
    [
      'keeps apart an entry that began three hours before',
      care('c', '2026-05-01T15:00:00Z', '2026-05-01T21:00:00Z', { force: 'F1', reported: true }),
      2,
    ],
    [
      'keeps apart an entry of another force',
      care('d', '2026-05-01T18:00:00Z', '2026-05-01T21:00:00Z', { force: 'F4', reported: true }),
      2,
    ],
    [
      'keeps apart an entry that ended before the report began',
      care('e', '2026-05-01T16:30:00Z', '2026-05-01T17:00:00Z', { force: 'F1', reported: true }),
      2,
    ],
    ['keeps apart an entry that says nobody was told', care('f', '2026-05-01T18:00:00Z', '2026-05-01T21:00:00Z'), 2],
  ]
  it.each(cases)('%s', (_title, entry, total) => {
    expect(patternOf([report], [entry]).total.value).toBe(total)
  })

  it('joins by the provider reference that the force quotes', () => {
    const quoting = { ...report, providerReference: 'far' }
    expect(patternOf([quoting], [care('far', '2026-04-20T18:00:00Z', null, { reported: true })]).total.value).toBe(1)
  })

  it('counts two entries of one logger as two episodes, and of two loggers as one', () => {
    const entry = care('a', '2026-05-01T18:00:00Z', '2026-05-01T22:00:00Z')
    const again = care('b', '2026-05-01T19:00:00Z', '2026-05-01T22:00:00Z')
    expect(patternOf([], [entry, again]).total.value).toBe(2)
    expect(patternOf([], [entry, { ...again, loggedBy: 'LA' }]).total.value).toBe(1)
  })

  it('does not count a row that a later one corrects', () => {
    const correction = police('r2', '2026-05-01T19:00:00Z', '2026-05-01T22:00:00Z', 'F1', {
      'provenance.supersedes': 'r',
    })
    expect(patternOf([report, correction], []).total.value).toBe(1)
  })
})

describe('an episode', () => {
  it('is over a night when three in the morning in London passes', () => {
    const night = patternOf([police('n', '2026-07-01T20:00:00Z', '2026-07-02T02:30:00Z', 'F1')], [])
    const evening = patternOf([police('e', '2026-07-01T16:00:00Z', '2026-07-02T01:30:00Z', 'F1')], [])
    expect([night.overnight.value, evening.overnight.value]).toEqual([1, 0])
  })

  it("takes the force's own word on the night", () => {
    const said = patternOf([police('n', '2026-07-01T10:00:00Z', '2026-07-01T12:00:00Z', 'F1', { overnight: true })], [])
    expect(said.overnight.value).toBe(1)
  })

  it('counts each absent session once that coincides with it, in London time', () => {
    const absences = [
      row('education:1', { date: '2026-09-16', session: 'AM' }),
      row('education:2', { date: '2026-09-16', session: 'PM' }),
      row('education:3', { date: '2026-09-16', session: 'AM' }),
      row('education:4', { date: '2026-09-17', session: 'AM' }),
      row('education:5', { date: null, session: null }),
    ]
    const episode = police('s', '2026-09-16T08:00:00Z', '2026-09-16T14:30:00Z')
    expect(patternOf([episode], [], absences).absentSessionsDuring.value).toBe(2)
    expect(
      patternOf([police('l', '2026-09-16T14:30:00Z', null)], [], absences, '2026-09-16T20:00:00Z').absentSessionsDuring
        .value,
    ).toBe(0)
  })

  it('is open now until someone records a return', () => {
    const now = (answers: Answers, view = asOf) => missingNow(answers, ground, view)
    const open = answersOf({ police: { missingEpisodes: [police('o', '2026-11-20T18:00:00Z', null)] } })
    const ended = answersOf({
      police: { missingEpisodes: [police('o', '2026-11-20T18:00:00Z', '2026-11-20T20:00:00Z')] },
    })
    expect([now(open), now(ended), now(answersOf())]).toEqual([true, false, false])
    expect(now(ended, '2026-11-20T19:00:00Z')).toBe(true)
    expect(now(answersOf({ police: down }))).toBeNull()
  })
})

describe('the return home interview', () => {
  const returned = '2026-06-01T10:00:00Z'
  const state = (fields: Readonly<Record<string, Value>>, view: string, interviews = readable) =>
    patternOf([], [care('i', '2026-06-01T02:00:00Z', returned, fields)], [], view, interviews).episodes?.[0]
      ?.returnInterview
  const cases: readonly [string, Readonly<Record<string, Value>>, string, string][] = [
    ['is not due within 72 hours', { interviewOffered: true }, '2026-06-04T10:00:00Z', 'NOT_DUE'],
    ['is overdue a minute after 72 hours', { interviewOffered: true }, '2026-06-04T10:01:00Z', 'OVERDUE'],
    ['is overdue then though it was not yet offered', { interviewOffered: false }, '2026-06-04T10:01:00Z', 'OVERDUE'],
    [
      'is declined when the child did not accept what was offered',
      { interviewOffered: true, interviewAccepted: false },
      '2026-06-04T10:01:00Z',
      'DECLINED',
    ],
    [
      'is never declined where it was not offered',
      { interviewOffered: false, interviewAccepted: false },
      '2026-06-09T10:01:00Z',
      'NOT_OFFERED',
    ],
    [
      'is not known where the authority did not say if it was offered',
      { loggedBy: 'LA' },
      '2026-06-09T10:01:00Z',
      'NOT_KNOWN',
    ],
    ['is not declined where nobody said so either', { interviewAccepted: false }, '2026-06-09T10:01:00Z', 'NOT_KNOWN'],
    ['is overdue where a home’s log alone is silent on it', {}, '2026-06-09T10:01:00Z', 'OVERDUE'],
    ['is held when a date is recorded', { interviewAt: '2026-06-02T10:00:00Z' }, '2026-06-04T10:01:00Z', 'HELD'],
    ['is not due while the child is missing', { to: null }, '2026-06-09T10:01:00Z', 'NOT_DUE'],
  ]
  it.each(cases)('%s', (_title, fields, view, expected) => {
    expect(state(fields, view)).toBe(expected)
  })

  it.each([
    ['accepted', { interviewOffered: true, interviewAccepted: true }, 'NOT_KNOWN'],
    ['offered', { interviewOffered: true }, 'NOT_KNOWN'],
    ['not offered', { interviewOffered: false }, 'OVERDUE'],
    ['declined', { interviewOffered: true, interviewAccepted: false }, 'DECLINED'],
  ])('of a holder that has no place for its day is known by that alone: %s', (_title, fields, expected) => {
    const lists = new Map([['missing', new Set(['interviewOffered', 'interviewAccepted'])]])
    const of = (organisation: string) => {
      const carried = [{ holder: { id: 'LA2-CSC', organisation: 'LA2-CSC' }, lists }]
      const entry = care('i', '2026-06-01T02:00:00Z', returned, { ...fields, 'provenance.organisation': organisation })
      const answers = answersOf({ socialCare: { missing: [entry] } })
      const said = { ...answers, socialCare: { ...answers.socialCare, carried } } as Answers
      return missingPattern(said, ground, '2026-06-09T10:01:00Z', readable).episodes?.[0]?.returnInterview
    }
    expect(of('LA2-CSC')).toBe(expected)
    expect(of('HOME-1')).toBe(expected === 'NOT_KNOWN' ? 'OVERDUE' : expected)
  })

  const policeAlone = (given: Parameters<typeof groundOf>[0], social: Parameters<typeof answersOf>[0] = {}) =>
    missingPattern(
      answersOf({ police: { missingEpisodes: [police('p', '2026-06-01T02:00:00Z', returned)] }, ...social }),
      groundOf(given),
      asOf,
      () => false,
    ).episodes?.[0]?.returnInterview

  it('is overdue where only a force holds the episode and social care, which may be read, holds no interview', () => {
    expect(policeAlone({})).toBe('OVERDUE')
  })

  it('is nothing, and never overdue, where it may not be read or social care did not answer', () => {
    const shut = { headline: bitOf('SOCIAL_CARE'), content: 0, withheld: [told('SOCIAL_CARE', 'CONTENT')] }
    expect(policeAlone({ socialCare: shut })).toBeNull()
    expect(policeAlone({}, { socialCare: down })).toBeNull()
  })
})
