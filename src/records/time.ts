import { beginsWithDate, digits } from '../foundation/identifiers.ts'

const hour = 3_600_000

/** Milliseconds of one day. */
export const dayLength = 24 * hour

/** Milliseconds of an ISO 8601 date or instant; null where there is none or it cannot be read. */
export const millisecondsOf = (iso: string | null): number | null => {
  const at = iso === null ? Number.NaN : (wholeSecond(iso) ?? Date.parse(iso))
  return Number.isNaN(at) ? null : at
}

/** An instant in UTC to the second, as records have it: the platform looks for every other way of writing one first. */
const wholeSecond = (iso: string): number | null => {
  if (iso.length !== 20 || iso[10] !== 'T' || iso[13] !== ':' || iso[16] !== ':' || iso[19] !== 'Z') return null
  const [hours, minutes, seconds] = [digits(iso, 11, 13), digits(iso, 14, 16), digits(iso, 17, 19)]
  // Before the year 100 the platform means another century.
  if (!beginsWithDate(iso) || iso < '0100' || !(hours < 24 && minutes < 60 && seconds < 60)) return null
  return Date.UTC(digits(iso, 0, 4), digits(iso, 5, 7) - 1, digits(iso, 8, 10), hours, minutes, seconds)
}

/** 01:00 UTC on the last Sunday of a month, when the clocks change. */
const lastSunday = (year: number, month: number): number => {
  const end = new Date(Date.UTC(year, month + 1, 0, 1))
  return end.getTime() - end.getUTCDay() * dayLength
}

/** Offset of Europe/London from UTC: an hour between the last Sundays of March and October. Summer Time Order 2002. */
const londonOffset = (at: number): number => {
  const year = new Date(at).getUTCFullYear()
  return at >= lastSunday(year, 2) && at < lastSunday(year, 9) ? hour : 0
}

/** The day in London on which an instant falls, `YYYY-MM-DD`. */
export const londonDay = (at: number): string => new Date(at + londonOffset(at)).toISOString().slice(0, 10)

/**
 * The instant of a time of day in London. No school hour and no hour of the night that is asked here is skipped or
 * doubled.
 */
export const londonInstant = (day: string, time: string): number | null => {
  const asUtc = millisecondsOf(`${day}T${time}:00Z`)
  return asUtc === null ? null : asUtc - londonOffset(asUtc - hour)
}

/**
 * Calendar days from one instant to another, in London: an order issued in the evening is a day old the next morning.
 */
export const calendarDays = (from: number, to: number): number =>
  Math.round((Date.parse(londonDay(to)) - Date.parse(londonDay(from))) / dayLength)
