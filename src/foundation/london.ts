/** The one clock of England's wall: days, times of day and instants in Europe/London. */

const hour = 3_600_000

/** Milliseconds of one day. */
export const dayLength = 24 * hour

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

/** What a clock on the wall shows at an instant: `YYYY-MM-DDTHH:MM`. */
const onTheWall = (at: number): string => new Date(at + londonOffset(at)).toISOString().slice(0, 16)

/** The day on which an instant falls, `YYYY-MM-DD`: half past eleven at night UTC in summer is already the next. */
export const londonDay = (at: number): string => onTheWall(at).slice(0, 10)

/** The time of day of an instant, `HH:MM`. */
export const londonTime = (at: number): string => onTheWall(at).slice(11)

/**
 * The instant of a day and a time of day. Of the hour that summer time skips or doubles, in which no school and no
 * office opens, it gives one.
 */
export const londonInstant = (day: string, time: string): number | null => {
  const asUtc = Date.parse(`${day}T${time}:00Z`)
  return Number.isNaN(asUtc) ? null : asUtc - londonOffset(asUtc - hour)
}
