import { dayLength, londonDay, londonInstant } from '../foundation/london.ts'
import { dueAt, usualHours } from '../foundation/workingTime.ts'
import { millisecondsOf } from '../records/calendarDays.ts'

const iso = (at: number): string => new Date(at).toISOString().replace('.000Z', 'Z')

/**
 * The end of the working day so many working days after an instant. Outside the years whose bank holidays are known
 * it is never before the true end: two calendar days for each working day and five more.
 */
export function endOfWorkingDays(from: string, days: number): string | null {
  const start = millisecondsOf(from)
  if (start === null) return null
  const due = dueAt(new Date(start), { workingDays: days })
  if (due) return iso(due.getTime())
  const day = londonDay(Date.parse(`${londonDay(start)}T12:00:00Z`) + (days * 2 + 5) * dayLength)
  const end = londonInstant(day, usualHours.closes)
  return end === null ? null : iso(end)
}

/** The instant so many hours after another, whatever the day. */
export const hoursLater = (from: string, hours: number): string | null => {
  const start = millisecondsOf(from)
  return start === null ? null : iso(start + hours * 3_600_000)
}

/** The instant so many days of 24 hours after another. */
export const daysLater = (from: string, days: number): string | null => hoursLater(from, days * 24)
