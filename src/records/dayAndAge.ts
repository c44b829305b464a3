import { londonDay } from '../foundation/london.ts'

/** The calendar day in the United Kingdom: birthdays, and the end of the day on which a consent expires, are local. */
export const ukDay = (at: Date): string => londonDay(at.getTime())

/** Whole years from a birthday to a day. Someone born on 29 February has their birthday on 1 March in other years. */
export function ageOn(bornOn: string, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(bornOn.slice(0, 4))
  return day.slice(5) < bornOn.slice(5) ? years - 1 : years
}

/** So many days after a day. */
export const laterDay = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T12:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
