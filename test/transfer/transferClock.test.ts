import { describe, expect, it } from 'vitest'
import { addWorkingDays, isWorkingDay, londonDate } from '../../src/foundation/workingTime.ts'
import { responsibility } from '../../src/transfer/responsibility.ts'
import { startClock } from '../../src/transfer/transferClock.ts'

describe('working days in England', () => {
  it.each([
    ['2026-09-01', 15, '2026-09-22'],
    ['2026-09-01', 45, '2026-11-03'],
    ['2026-03-30', 15, '2026-04-22'],
    ['2026-12-18', 15, '2027-01-13'],
    ['2026-12-24', 1, '2026-12-29'],
    ['2026-08-28', 1, '2026-09-01'],
    ['2026-11-21', 1, '2026-11-23'],
  ])('counts %s and %i working days to %s', (start, days, due) => {
    expect(addWorkingDays(start, days)).toBe(due)
  })

  it('gives no date when it would leave the years whose holidays are known', () => {
    expect(addWorkingDays('2028-12-20', 15)).toBeNull()
    expect(addWorkingDays('2023-12-20', 15)).toBeNull()
    expect(addWorkingDays('2019-03-04', 1)).toBeNull()
  })

  it('does not count a substitute bank holiday', () => {
    expect(isWorkingDay('2026-12-28')).toBe(false)
    expect(isWorkingDay('2028-01-03')).toBe(false)
  })

  it('takes the day from the clock on the wall in England', () => {
    expect(londonDate('2026-08-31T23:30:00Z')).toBe('2026-09-01')
    expect(londonDate('2026-11-20T23:59:59Z')).toBe('2026-11-20')
  })
})

describe('the clock of a transfer', () => {
  it('gives fifteen working days from written notification for a child on a plan', () => {
    expect(startClock('CP_TRANSFER_IN', '2026-11-20T23:59:59Z')).toMatchObject({ dueOn: '2026-12-11', workingDays: 15 })
  })

  it('gives five working days from the placement for a child placed out, over a bank holiday', () => {
    expect(startClock('CLA_PLACED_OUT', '2025-05-19T00:00:00Z')).toMatchObject({ dueOn: '2025-05-27', workingDays: 5 })
  })

  it('does not start outside the known calendar', () => {
    expect(startClock('CP_TRANSFER_IN', '2031-01-02T00:00:00Z')).toBeNull()
  })
})

describe('the responsible authority', () => {
  it('never leaves the placing authority while a child is placed out', () => {
    expect(responsibility('CLA_PLACED_OUT', 'LA2', 'LA5', false).la).toBe('LA2')
    expect(responsibility('CLA_PLACED_OUT', 'LA2', 'LA5', true).la).toBe('LA2')
  })

  it('stays with the sending authority until responsibility has passed', () => {
    expect(responsibility('CP_TRANSFER_IN', 'LA2', 'LA5', false).la).toBe('LA2')
    expect(responsibility('CP_TRANSFER_IN', 'LA2', 'LA5', false).rule).toContain('does not curtail')
  })

  it('is the receiving authority once responsibility has passed', () => {
    expect(responsibility('CP_TRANSFER_IN', 'LA2', 'LA5', true).la).toBe('LA5')
  })
})
