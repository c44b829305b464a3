import { Refusal } from '../foundation/errors.ts'

/** One calendar quarter: `2026-Q3`. */
export interface Quarter {
  readonly name: string
  /** Its first day. */
  readonly from: string
  /** The first day after it. */
  readonly to: string
}

/** Quarters that one question takes at most: two years. */
export const mostQuarters = 8

/** How far back a quarter may lie, in years: nobody who is a child or a care leaver now was born before that. */
const yearsBack = 25

/** So many days after a quarter's end its records are taken as they then stand, once and for all. */
export const settledAfterDays = 28

/** The instant as of which a quarter is counted, whenever it is asked for: a late record moves no number. */
export const settledAt = ({ to }: Quarter): string => `${daysAfter(to, settledAfterDays)}T00:00:00Z`

/**
 * The whole quarters of a period, all of them over and settled by today.
 *
 * @throws Refusal BAD_INPUT for what is no quarter, for too many, for one that is not settled yet, and for one that
 * lies so far back that nobody of today was born then.
 */
export function quartersOf(from: string, to: string, today: Date): readonly Quarter[] {
  const [first, last] = [indexOf(from), indexOf(to)]
  if (first === null || last === null)
    throw new Refusal('BAD_INPUT', { message: 'A period is of whole quarters, written as 2026-Q3.' })
  if (last < first || last - first >= mostQuarters)
    throw new Refusal('BAD_INPUT', { message: `A period is of 1 to ${mostQuarters} quarters.` })
  // By number, before any day is made of it: what was typed need not lie in a year that has days.
  const latest = latestIndex(today)
  if (last > latest)
    throw new Refusal('BAD_INPUT', { message: `A quarter is counted from ${settledAfterDays} days after its end.` })
  if (first < latest - yearsBack * 4)
    throw new Refusal('BAD_INPUT', { message: `A quarter lies at most ${yearsBack} years back.` })
  return Array.from({ length: last - first + 1 }, (_, at) => quarterAt(first + at))
}

/** The last quarter that is settled by a day: what is meant where no period is given. */
export const latestQuarter = (today: Date): string => quarterAt(latestIndex(today)).name

function latestIndex(today: Date): number {
  let at = today.getUTCFullYear() * 4 + 3
  while (Date.parse(settledAt(quarterAt(at))) > today.getTime()) at -= 1
  return at
}

const indexOf = (name: string): number | null => {
  const parts = /^(\d{4})-Q([1-4])$/.exec(name)
  return parts ? Number(parts[1]) * 4 + Number(parts[2]) - 1 : null
}

const firstDay = (index: number): string =>
  `${Math.floor(index / 4)}-${String((index % 4) * 3 + 1).padStart(2, '0')}-01`

const quarterAt = (index: number): Quarter => ({
  name: `${Math.floor(index / 4)}-Q${(index % 4) + 1}`,
  from: firstDay(index),
  to: firstDay(index + 1),
})

const daysAfter = (day: string, days: number): string =>
  new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10)
