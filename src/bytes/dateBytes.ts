import { daysIn } from '../foundation/identifiers.ts'

/** Whether `YYYY-MM-DD` stands here and the calendar has it, as `calendarDate` says of a text. */
export function isDateAt(bytes: Uint8Array, from: number): boolean {
  if (bytes[from + 4] !== hyphen || bytes[from + 7] !== hyphen) return false
  const day = numberAt(bytes, from + 8, 2)
  return day >= 1 && day <= daysIn(numberAt(bytes, from, 4), numberAt(bytes, from + 5, 2))
}

/** Whether an instant stands here as a session in UTC writes one to the second: `2026-03-02 09:00:00+00`. */
export const isInstantAt = (bytes: Uint8Array, from: number, to: number): boolean =>
  to - from === 22 &&
  isDateAt(bytes, from) &&
  bytes[from + 10] === space &&
  isWithin(numberAt(bytes, from + 11, 2), 23) &&
  bytes[from + 13] === colon &&
  isWithin(numberAt(bytes, from + 14, 2), 59) &&
  bytes[from + 16] === colon &&
  isWithin(numberAt(bytes, from + 17, 2), 59) &&
  bytes[from + 19] === plus &&
  numberAt(bytes, from + 20, 2) === 0

/** Not so of NaN. */
const isWithin = (value: number, most: number): boolean => value <= most

function numberAt(bytes: Uint8Array, from: number, digits: number): number {
  let value = 0
  for (let place = from; place < from + digits; place += 1) {
    const digit = (bytes[place] ?? 0) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

const space = 0x20
const plus = 0x2b
const hyphen = 0x2d
const colon = 0x3a
