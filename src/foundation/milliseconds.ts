import { beginsWithDate, digits } from './identifiers.ts'

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
