import { LRUCache } from 'lru-cache'

const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The calendar day in the United Kingdom: birthdays, and the end of the day on which a consent expires, are local. */
export const ukDay = (at: Date): string => {
  // A day there begins on a full hour of UTC, in summer and in winter: within the hour the day stays the same.
  const hour = Math.floor(at.getTime() / 3_600_000)
  const known = days.get(hour)
  if (known !== undefined) return known
  const day = london.format(at)
  days.set(hour, day)
  return day
}

/** By the hour. Few are asked for again: that of now, and that as of which records are read. */
const days = new LRUCache<number, string>({ max: 16 })

/** Whole years from a birthday to a day. Someone born on 29 February has their birthday on 1 March in other years. */
export function ageOn(bornOn: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years
}

/** So many days after a day. */
export const laterDay = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
