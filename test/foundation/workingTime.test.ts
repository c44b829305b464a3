import { describe, expect, it } from 'vitest'
import { endOfWorkingDays } from '../../src/alerts/ruleDeadlines.ts'
import { dueAt, nextWorkingMorning, type Span, workingDaysBetween } from '../../src/foundation/workingTime.ts'

const due = (start: string, span: Span): string | undefined => dueAt(new Date(start), span)?.toISOString()

describe('when a span of time ends', () => {
  it.each<readonly [name: string, start: string, span: Span, end: string]>([
    [
      'a working day ends when the office closes on the next, by day and by night',
      '2026-04-20T08:00:00Z',
      { workingDays: 1 },
      '2026-04-21T16:00:00.000Z',
    ],
    ['a weekend does not count', '2026-11-27T15:00:00Z', { workingDays: 1 }, '2026-11-30T17:00:00.000Z'],
    [
      'what comes at night begins in the morning',
      '2026-11-30T22:00:00Z',
      { workingHours: 2 },
      '2026-12-01T11:00:00.000Z',
    ],
    ['working hours stop at closing time', '2026-12-04T15:00:00Z', { workingHours: 6 }, '2026-12-07T13:00:00.000Z'],
    [
      'exactly at closing time is still the same day',
      '2026-12-04T15:00:00Z',
      { workingHours: 2 },
      '2026-12-04T17:00:00.000Z',
    ],
    ['clock hours heed no closing time', '2026-12-04T16:30:00Z', { clockHours: 2 }, '2026-12-04T18:30:00.000Z'],
    ['bank holidays do not count', '2026-12-24T12:00:00Z', { workingDays: 1 }, '2026-12-29T17:00:00.000Z'],
    ['summer time begins in between', '2026-03-27T12:00:00Z', { workingDays: 1 }, '2026-03-30T16:00:00.000Z'],
    ['summer time ends in between', '2026-10-23T11:00:00Z', { workingDays: 1 }, '2026-10-26T17:00:00.000Z'],
    ['what comes on a Saturday ends on Monday', '2026-12-05T11:00:00Z', { workingDays: 1 }, '2026-12-07T17:00:00.000Z'],
  ])('%s', (_, start, span, end) => {
    expect(due(start, span)).toBe(end)
  })

  it('is the same for a message and for the alert of its lateness', () => {
    for (const start of [
      '2026-11-18T10:24:00Z',
      '2026-11-21T00:14:00Z',
      '2026-11-20T22:00:00Z',
      '2026-12-24T12:00:00Z',
    ])
      expect(`${endOfWorkingDays(start, 1)}`.replace('Z', '.000Z')).toBe(due(start, { workingDays: 1 }))
  })

  it('gives none outside the years whose holidays are known', () => {
    expect(due('2028-12-29T12:00:00Z', { workingDays: 5 })).toBeUndefined()
    expect(due('2031-01-06T12:00:00Z', { workingHours: 1 })).toBeUndefined()
  })

  it('says when the next working morning is', () => {
    expect(nextWorkingMorning(new Date('2026-11-29T23:00:00Z'), '08:00')?.toISOString()).toBe(
      '2026-11-30T08:00:00.000Z',
    )
    expect(nextWorkingMorning(new Date('2026-07-10T18:00:00Z'), '08:00')?.toISOString()).toBe(
      '2026-07-13T07:00:00.000Z',
    )
  })

  it('counts whole working days that went by', () => {
    expect(workingDaysBetween(new Date('2026-11-27T09:00:00Z'), new Date('2026-12-01T09:00:00Z'))).toBe(2)
  })
})
