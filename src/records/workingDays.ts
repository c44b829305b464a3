/**
 * Bank holidays of England, as data: substitute days included, so a holiday that falls on a weekend stands on the weekday
 * that replaces it. Another jurisdiction is another list, never a rule in code.
 */
export const englandBankHolidays: ReadonlySet<string> = new Set([
  ...['2024-01-01', '2024-03-29', '2024-04-01', '2024-05-06', '2024-05-27', '2024-08-26', '2024-12-25', '2024-12-26'],
  ...['2025-01-01', '2025-04-18', '2025-04-21', '2025-05-05', '2025-05-26', '2025-08-25', '2025-12-25', '2025-12-26'],
  ...['2026-01-01', '2026-04-03', '2026-04-06', '2026-05-04', '2026-05-25', '2026-08-31', '2026-12-25', '2026-12-28'],
  ...['2027-01-01', '2027-03-26', '2027-03-29', '2027-05-03', '2027-05-31', '2027-08-30', '2027-12-27', '2027-12-28'],
  ...['2028-01-03', '2028-04-14', '2028-04-17', '2028-05-01', '2028-05-29', '2028-08-28', '2028-12-25', '2028-12-26'],
])

/** Years for which holidays are known. Outside them a due date would be wrong without anybody noticing, so none is given. */
export const calendarYears = { first: 2024, last: 2028 } as const

const dayInMilliseconds = 86_400_000
const london = new Intl.DateTimeFormat('en-CA', {
  timeZone: 'Europe/London',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
})

/** The calendar day in England of an instant: half past eleven at night UTC in summer is already the next day. */
export const londonDate = (instant: string): string => london.format(new Date(instant))

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
 * The date `days` working days after `date`; the start is day 0 even when it is no working day. Null when it would leave
 * the years whose holidays are known.
 */
export const addWorkingDays = (date: string, days: number): string | null => {
  let at = Date.parse(`${date}T00:00:00Z`)
  let current = date
  for (let left = days; left > 0; ) {
    at += dayInMilliseconds
    current = new Date(at).toISOString().slice(0, 10)
    if (isWorkingDay(current)) left -= 1
  }
  return isInCalendar(date) && isInCalendar(current) ? current : null
}
