import { describe, expect, it } from 'vitest'
import { inTime } from '../../src/childView/timeLinks.ts'
import { answersOf, asOf, groundOf, row, told } from './fixtures.ts'

type Fields = Parameters<typeof row>[1]
const at = (id: string, eventAt: string, fields: Fields = {}) => row(id, { eventAt: `${eventAt}:00Z`, ...fields })
const episode = (id: string, from: string, hours: number) => {
  const begun = Date.parse(`${from}:00Z`)
  return at(`police:${id}`, from, {
    from: `${from}:00Z`,
    to: new Date(begun + hours * 3_600_000).toISOString().replace('.000Z', 'Z'),
  })
}
const of = (given: Parameters<typeof answersOf>[0], ground = groundOf()) => inTime(answersOf(given), ground, asOf)
const links = (given: Parameters<typeof answersOf>[0]) =>
  of(given).links?.map(({ kind, before, after, hours }) => [kind, before.recordId, after.recordId, hours])

describe('what came soon after what', () => {
  const cancelled = at('socialCare:c', '2026-06-06T16:30', {
    category: 'CONTACT',
    text: 'Contact with mother cancelled',
  })

  it('is an incident within a day of a contact that was cancelled, and not of one that was kept', () => {
    const restraint = at('socialCare:r', '2026-06-06T18:30', { technique: 'PRICE' })
    expect(links({ socialCare: { carerLog: [cancelled], restraints: [restraint] } })).toEqual([
      ['CANCELLED_CONTACT_THEN_INCIDENT', 'socialCare:c', 'socialCare:r', 2],
    ])
    const kept = { ...cancelled, text: 'Contact with mother went well' }
    expect(links({ socialCare: { carerLog: [kept], restraints: [restraint] } })).toEqual([])
    const late = at('socialCare:r', '2026-06-07T17:00')
    expect(links({ socialCare: { carerLog: [cancelled], restraints: [late] } })).toEqual([])
  })

  it('is missing within two weeks of a suspension, counted from the suspension’s own day', () => {
    const suspension = at('education:s', '2026-03-01T17:00', { from: '2026-03-02', sessions: 4 })
    expect(
      links({
        education: { suspensions: [suspension] },
        police: { missingEpisodes: [episode('1', '2026-03-01T20:00', 3), episode('2', '2026-03-04T00:00', 3)] },
      }),
    ).toEqual([['SUSPENSION_THEN_MISSING', 'education:s', 'police:2', 48]])
  })

  it('ties each later record to the nearest earlier one alone, latest first', () => {
    const restraint = (id: string, when: string) => at(`education:${id}`, when)
    const attended = (id: string, when: string) => at(`health:${id}`, when, { setting: 'URGENT_CARE' })
    expect(
      links({
        education: { restraints: [restraint('1', '2026-02-01T09:00'), restraint('2', '2026-02-01T12:00')] },
        health: { unscheduledAttendances: [attended('1', '2026-02-01T10:00'), attended('2', '2026-02-01T15:00')] },
      }),
    ).toEqual([
      ['RESTRAINT_THEN_ATTENDANCE', 'education:2', 'health:2', 3],
      ['RESTRAINT_THEN_ATTENDANCE', 'education:1', 'health:1', 1],
    ])
  })

  it('has no list where none may be read, and says what it lacks', () => {
    const shut = { content: 0, headline: 0 }
    const ground = groundOf({
      socialCare: { ...shut, withheld: [told('SOCIAL_CARE')] },
      police: { ...shut, withheld: [told('POLICE_RECORD')] },
      health: { ...shut, withheld: [told('HEALTH_GENERAL')] },
      education: { ...shut, withheld: [told('EDUCATION', 'CONTENT')] },
    })
    expect(of({}, ground)).toMatchObject({
      ...{ links: null, recurrences: null, missingByMonth: null, firstOvernight: null, completeness: 'WITHHELD' },
    })
    const part = groundOf({ health: { ...shut, withheld: [told('HEALTH_GENERAL')] } })
    expect(of({}, part)).toMatchObject({ links: [], completeness: 'AT_LEAST' })
  })
})

describe('what comes back', () => {
  const trigger = row('socialCare:t', { monthDay: '11-14', text: 'Anniversary' })
  const restraints = ['2024-11-20T10:00', '2025-11-08T10:00', '2025-11-22T10:00', '2025-06-01T10:00'].map(
    (when, index) => at(`socialCare:${index}`, when),
  )

  it('is incidents of two years within a week of a known day', () => {
    expect(of({ socialCare: { triggers: [trigger], restraints } }).recurrences).toMatchObject([
      {
        ...{ triggerId: 'socialCare:t', monthDay: '11-14', years: [2024, 2025] },
        incidents: [{ recordId: 'socialCare:0' }, { recordId: 'socialCare:1' }],
      },
    ])
  })

  it('is nothing of one year, and nothing where no day was recorded', () => {
    expect(of({ socialCare: { triggers: [trigger], restraints: restraints.slice(1) } }).recurrences).toEqual([])
    const open = row('socialCare:t', { monthDay: null, text: 'Cancelled contact' })
    expect(of({ socialCare: { triggers: [open], restraints } }).recurrences).toEqual([])
  })

  it('takes the days about New Year together', () => {
    const newYear = row('socialCare:t', { monthDay: '01-01', text: 'New Year' })
    const about = ['2024-12-29T10:00', '2025-12-30T10:00'].map((when, index) => at(`socialCare:${index}`, when))
    expect(of({ socialCare: { triggers: [newYear], restraints: about } }).recurrences?.[0]?.years).toEqual([2025, 2026])
  })
})

describe('how missing grew', () => {
  it('names the first episode over a night, and counts each of twelve months', () => {
    const missingEpisodes = [
      episode('1', '2026-09-10T18:00', 2),
      episode('2', '2026-10-02T18:00', 3),
      episode('3', '2026-10-30T20:00', 14),
      episode('4', '2026-11-10T20:00', 20),
    ]
    const grown = of({ police: { missingEpisodes } })
    expect(grown.firstOvernight).toMatchObject({ recordId: 'police:3', agency: 'POLICE' })
    expect(grown.missingByMonth?.length).toBe(12)
    expect(grown.missingByMonth?.slice(-3)).toMatchObject([
      {
        month: '2026-09',
        episodes: { value: 1 },
        overnight: { value: 0 },
        longestHours: { value: 2, completeness: 'WHOLE' },
      },
      {
        month: '2026-10',
        episodes: { value: 2 },
        overnight: { value: 1 },
        longestHours: { value: 14, completeness: 'WHOLE' },
      },
      {
        month: '2026-11',
        episodes: { value: 1 },
        overnight: { value: 1 },
        longestHours: { value: 20, completeness: 'WHOLE' },
      },
    ])
  })
})
