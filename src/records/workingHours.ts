import { dayOf } from './period.ts'
import { dayLength, londonDay, londonInstant, millisecondsOf } from './time.ts'
import { addWorkingDays, isWorkingDay } from './workingDays.ts'

/** When an office is open, in London. A partnership may have other hours. */
export interface OfficeHours {
  readonly opens: string
  readonly closes: string
}

/** Hours of the national working day, as local multi-agency procedures give them most often. */
export const officeHours: OfficeHours = { opens: '09:00', closes: '17:00' }

const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')

/**
 * The end of the working day so many working days after an instant. Outside the years whose bank holidays are known it is
 * never before the true end: two calendar days for each working day and five more.
 */
export function endOfWorkingDays(from: string, days: number, { closes } = officeHours): string | null {
  const start = millisecondsOf(from)
  if (start === null) return null
  const began = londonDay(start)
  const day = addWorkingDays(began, days) ?? londonDay(Date.parse(`${began}T12:00:00Z`) + (days * 2 + 5) * dayLength)
  const end = londonInstant(day, closes)
  return end === null ? null : iso(end)
}

/** The instant so many working hours after another: hours when the office is closed do not count. */
export function addWorkingHours(from: string, hours: number, { opens, closes } = officeHours): string | null {
  const start = millisecondsOf(from)
  if (start === null) return null
  let left = hours * 3_600_000
  let day = londonDay(start)
  // A century of closed days would end it; no calendar has one.
  for (let at = start, turn = 0; turn < 36_500; turn += 1) {
    const open = londonInstant(day, opens)
    const close = londonInstant(day, closes)
    if (open === null || close === null) return null
    const begin = Math.max(at, open)
    if (isWorkingDay(day) && begin < close) {
      if (begin + left <= close) return iso(begin + left)
      left -= close - begin
    }
    at = close
    day = dayOf(iso(Date.parse(`${day}T12:00:00Z`) + dayLength))
  }
  return null
}

/** The instant so many hours after another, whatever the day. */
export const hoursLater = (from: string, hours: number): string | null => {
  const start = millisecondsOf(from)
  return start === null ? null : iso(start + hours * 3_600_000)
}

/** The instant so many days of 24 hours after another. */
export const daysLater = (from: string, days: number): string | null => hoursLater(from, days * 24)
