import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { londonDay, londonInstant, londonTime } from '../../src/foundation/london.ts'

const platform = new Intl.DateTimeFormat('en-GB', {
  ...{ timeZone: 'Europe/London', year: 'numeric', month: '2-digit', day: '2-digit' },
  ...{ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' },
})
const shown = (at: number): string => {
  const part = Object.fromEntries(platform.formatToParts(at).map(({ type, value }) => [type, value]))
  return `${part['year']}-${part['month']}-${part['day']} ${part['hour']}:${part['minute']}`
}
// The rule of today holds since 1996.
const instant = fc.integer({ min: Date.UTC(1996, 0, 1), max: Date.UTC(2060, 0, 1) })

describe('the clock on the wall', () => {
  it('shows what the platform shows, at any instant and in the hours in which the clocks change', () => {
    fc.assert(
      fc.property(instant, (at) => {
        expect(`${londonDay(at)} ${londonTime(at)}`).toBe(shown(at))
      }),
    )
    for (const day of ['2026-03-29', '2026-10-25', '2027-03-28', '2027-10-31'])
      for (let quarter = 0; quarter < 16; quarter += 1) {
        const at = Date.parse(`${day}T00:00:00Z`) + quarter * 900_000
        expect(`${londonDay(at)} ${londonTime(at)}`).toBe(shown(at))
      }
  })

  it('is read back to the minute, but in the hour that comes twice', () => {
    fc.assert(
      fc.property(instant, (at) => {
        const minute = Math.floor(at / 60_000) * 60_000
        const back = londonInstant(londonDay(minute), londonTime(minute)) ?? Number.NaN
        expect([0, 3_600_000]).toContain(Math.abs(back - minute))
        if (back !== minute) expect(shown(back)).toBe(shown(minute))
      }),
    )
  })

  it('gives no instant of a day that is none', () => {
    expect(londonInstant('2026-13-01', '08:00')).toBeNull()
    expect(londonInstant('2026-01-01', '25:00')).toBeNull()
  })
})
