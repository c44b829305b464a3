import { daysBetween, precisionOf } from './birthDate.ts'
import type { Comparison } from './comparison.ts'
import type { Person } from './person.ts'
import { edits } from './similarity.ts'

export const birthLevels = [
  'exact',
  'day and month swapped',
  'one edit',
  'first of January',
  'as far as known',
  'two parts',
  'near in time',
  'one part',
  'differs',
] as const

/** Levels of a date of birth at which a link without a person's look is thinkable: the day, or a misprint of it. */
export const autoLinkBirthLevels: ReadonlySet<number> = new Set([0, 1, 2])

/** How much two dates of birth agree. */
export const birth: Comparison<Person> = {
  name: 'birth',
  levels: birthLevels,
  level: (one, two) => {
    const [first, second] = [one.birth, two.birth]
    if (!first || !second) return -1
    if (one.isExpected || two.isExpected) return isNearExpected(first, second) ? -1 : 8
    const [precision, other] = [precisionOf(first), precisionOf(second)]
    if (precision === 'YEAR' || other === 'YEAR') return yearLevel(first, second, precision === other)
    if (first === second) return precision === 'DAY' ? 0 : 4
    if (first.length < 7 || second.length < 7) {
      if (first.startsWith(second) || second.startsWith(first)) return 4
      return first.slice(0, 4) === second.slice(0, 4) ? 7 : 8
    }
    const level = datesLevel(first, second)
    // The first of a month is written where only the month is known, so it contradicts no day of it.
    return level > 2 && precision !== other && first.slice(0, 6) === second.slice(0, 6) ? 3 : level
  },
}

/** Years apart that an estimated age may be, of which the first of January alone is written. */
const estimated = 2

/**
 * Where one date says a year alone. Two that do agree on next to nothing; an estimated year contradicts none near it.
 */
function yearLevel(first: string, second: string, isBoth: boolean): number {
  const apart = Math.abs(Number(first.slice(0, 4)) - Number(second.slice(0, 4)))
  if (apart === 0) return isBoth ? -1 : 3
  const isWritten = first.length === 8 && second.length === 8
  if (isWritten && apart <= estimated) return -1
  return 8
}

/** A child is born up to four months before the day on which it was expected, and hardly a month after. */
const isNearExpected = (first: string, second: string): boolean => {
  const days = daysBetween(first, second)
  return Number.isNaN(days) ? first.slice(0, 4) === second.slice(0, 4) : Math.abs(days) <= 120
}

function datesLevel(first: string, second: string): number {
  const [year, month, day] = [first.slice(0, 4), first.slice(4, 6), first.slice(6)]
  const [otherYear, otherMonth, otherDay] = [second.slice(0, 4), second.slice(4, 6), second.slice(6)]
  const sameYear = year === otherYear
  if (sameYear && month === otherDay && day === otherMonth) return 1
  const distance = edits(first, second, 2)
  if (distance === 1) return 2
  const equal = Number(sameYear) + Number(month === otherMonth) + Number(day === otherDay)
  if (equal === 2 || distance === 2) return 5
  if (Math.abs(daysOf(first) - daysOf(second)) <= 45) return 6
  return sameYear || equal === 1 ? 7 : 8
}

/** Days, of months as long as one another: near enough for nearness. */
const daysOf = (date: string): number =>
  Number(date.slice(0, 4)) * 365.25 + Number(date.slice(4, 6)) * 30.4 + Number(date.slice(6))
