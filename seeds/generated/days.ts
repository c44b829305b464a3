/** Days are counted from 1970, which is quick; they are written as text from a table. */
export const dayNumber = (text: string): number => Date.parse(`${text}T00:00:00Z`) / 86_400_000

/** The day on which the population is looked at: the demonstration's own. */
export const today = dayNumber('2026-11-20')

const first = dayNumber('1960-01-01')
const written = Array.from({ length: today + 800 - first }, (_, place) =>
  new Date((first + place) * 86_400_000).toISOString().slice(0, 10),
)

/** `2026-11-20` */
export const dayText = (day: number): string =>
  written[day - first] ?? new Date(day * 86_400_000).toISOString().slice(0, 10)

const clockTimes = Array.from({ length: 24 * 60 }, (_, minute) => {
  const two = (value: number) => String(value).padStart(2, '0')
  return `T${two(Math.floor(minute / 60))}:${two(minute % 60)}:00Z`
})

/** `2026-11-20T09:30:00Z`; minutes past midnight may run into the days after. */
export const instantText = (day: number, minute: number): string =>
  dayText(day + Math.floor(minute / 1440)) + clockTimes[minute % 1440]

/** Whole years of age. */
export const ageOn = (bornOn: number, day: number): number => Math.floor((day - bornOn) / 365.2425)

/** The first of September on or after which a child of this age joins a year group. */
export const septemberOf = (year: number): number => dayNumber(`${year}-09-02`)

export const yearOf = (day: number): number => Number(dayText(day).slice(0, 4))
