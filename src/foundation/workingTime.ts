import { dayLength, londonDay, londonInstant, londonTime } from './london.ts'

/**
 * Bank holidays of England, as data: substitute days included, so a holiday that falls on a weekend stands on the
 * weekday that replaces it. Another jurisdiction is another list, never a rule in code.
 */
export const englandBankHolidays: ReadonlySet<string> = new Set([
  ...['2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26', '2024-12-25', '2024-12-26'],
  ...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26'],
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ...['2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26'],
])

/**
 * Years for which holidays are known. Outside them a due date would be wrong without anybody noticing, so none is
 * given.
 */
export const calendarYears = { first: 2024, last: 2028 } as const

/** The calendar day in England of an instant. */
export const londonDate = (instant: string): string => londonDay(Date.parse(instant))

/** Whether holidays are known for the year of this date. */
export const isInCalendar = (date: string): boolean => {
  const year = Number(date.slice(0, 4))
  return year >= calendarYears.first && year <= calendarYears.last
}

export const isWorkingDay = (date: string): boolean => {
  const weekday = new Date(`${date}T00:00:00Z`).getUTCDay()
  return weekday !== 0 && weekday !== 6 && !englandBankHolidays.has(date)
}

/**
 * The date `days` working days after `date`; the start is day 0 even when it is no working day. Null when it would
 * leave the years whose holidays are known.
 */
export const addWorkingDays = (date: string, days: number): string | null => {
  let at = Date.parse(`${date}T00:00:00Z`)
  let current = date
  for (let left = days; left > 0; ) {
    at += dayLength
    current = new Date(at).toISOString().slice(0, 10)
    if (isWorkingDay(current)) left -= 1
  }
  return isInCalendar(date) && isInCalendar(current) ? current : null
}

/** When an office is open, by the clock on the wall in England: `09:00` to `17:00` on working days. */
export interface OfficeHours {
  readonly opens: string
  readonly closes: string
}

/** Hours that most front doors keep. A partnership's own stand in its procedures. */
export const usualHours: OfficeHours = { opens: '09:00', closes: '17:00' }

/**
 * How long something may take. Working hours run while the office is open; working days end when the office closes on
 * the last of them, whatever the hour at which they began; clock hours run through the night and never heed a closing
 * time, as an emergency does not.
 */
export type Span =
  | { readonly workingDays: number }
  | { readonly workingHours: number }
  | { readonly clockHours: number }
  | { readonly calendarDays: number }

const hourInMilliseconds = 3_600_000

/**
 * When a span that begins at `start` ends. Working hours that begin while the office is closed run from when it opens;
 * the day of the start is no working day of the span. Null when the bank holidays of those years are not known: a due
 * time would be wrong without anybody noticing.
 */
export function dueAt(start: Date, span: Span, hours: OfficeHours = usualHours): Date | null {
  if ('clockHours' in span) return new Date(start.getTime() + span.clockHours * hourInMilliseconds)
  if ('calendarDays' in span) return new Date(start.getTime() + span.calendarDays * dayLength)
  if ('workingHours' in span) {
    const begun = officeTime(start, hours)
    return begun && afterWorkingMinutes(begun, span.workingHours * 60, hours)
  }
  const day = addWorkingDays(londonDate(start.toISOString()), span.workingDays)
  return day === null ? null : wallTime(day, minuteOf(hours.closes))
}

/** The first working day after this one, at a time of the wall: before the next school day begins, for example. */
export function nextWorkingMorning(start: Date, at: string): Date | null {
  const day = addWorkingDays(londonDate(start.toISOString()), 1)
  return day === null ? null : wallTime(day, minuteOf(at))
}

/** Whole working days that have gone by since: an age, shown beside what is late. */
export function workingDaysBetween(from: Date, to: Date): number {
  const last = londonDate(to.toISOString())
  let day = londonDate(from.toISOString())
  let count = 0
  while (day < last) {
    day = laterDate(day)
    if (isWorkingDay(day)) count += 1
  }
  return count
}

interface OfficeTime {
  readonly day: string
  /** Minutes since midnight on the wall. */
  readonly minute: number
}

/** The instant itself while the office is open, or the next time that it opens. */
function officeTime(at: Date, { opens, closes }: OfficeHours): OfficeTime | null {
  const day = londonDate(at.toISOString())
  const minute = minuteOf(londonTime(at.getTime()))
  if (!isInCalendar(day)) return null
  if (!isWorkingDay(day) || minute >= minuteOf(closes)) {
    const next = addWorkingDays(day, 1)
    return next === null ? null : { day: next, minute: minuteOf(opens) }
  }
  return { day, minute: Math.max(minute, minuteOf(opens)) }
}

function afterWorkingMinutes(from: OfficeTime, minutes: number, { opens, closes }: OfficeHours): Date | null {
  let { day, minute } = from
  for (let left = minutes; ; ) {
    const today = minuteOf(closes) - minute
    if (left <= today) return wallTime(day, minute + left)
    left -= today
    const next = addWorkingDays(day, 1)
    if (next === null) return null
    day = next
    minute = minuteOf(opens)
  }
}

const minuteOf = (time: string): number => Number(time.slice(0, 2)) * 60 + Number(time.slice(3, 5))

const laterDate = (day: string): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + dayLength).toISOString().slice(0, 10)

/** The instant of a time on the wall of a working day. */
function wallTime(day: string, minute: number): Date {
  const [hours, minutes] = [Math.floor(minute / 60), minute % 60].map((part) => String(part).padStart(2, '0'))
  return new Date(londonInstant(day, `${hours}:${minutes}`) ?? Number.NaN)
}
