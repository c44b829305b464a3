import { dayText } from './days.ts'

/**
 * Numbers that no real person has: NHS numbers begin with 999, and UPNs carry an authority code outside the range in
 * use.
 */
export const mostChildren = 1_000_000

const alphabet = 'ABCDEFGHJKLMNPQRTUVWXYZ'

/** The story cases have these numbers. */
const ofTheStories = (serial: number): boolean => serial >= 101_000 && serial < 102_999

/**
 * NHS numbers in order of child, made as they are asked for. One in eleven serial numbers has no check digit and was
 * never issued, so the last tenth of a million children has none: untraced, as happens.
 */
export class NhsNumbers {
  #serial = 0

  next(): string | null {
    for (; this.#serial < 1_000_000; this.#serial += 1) {
      if (ofTheStories(this.#serial)) continue
      const number = withCheckDigit(`999${String(this.#serial).padStart(6, '0')}`)
      if (number === null) continue
      this.#serial += 1
      return number
    }
    return null
  }
}

const withCheckDigit = (nine: string): string | null => {
  let sum = 0
  for (let place = 0; place < 9; place += 1) sum += (nine.charCodeAt(place) - 48) * (10 - place)
  const check = (11 - (sum % 11)) % 11
  return check === 10 ? null : `${nine}${check}`
}

/** Authority, invented establishment, year of birth, serial: unique for the child's number. */
export const upnOf = (dfeCode: string, bornOn: number, child: number): string => {
  const establishment = 6000 + Math.floor(child / 1000)
  const digits = `${dfeCode}${establishment}${dayText(bornOn).slice(2, 4)}${String(child % 1000).padStart(3, '0')}`
  let sum = 0
  for (let place = 0; place < 12; place += 1) sum += (digits.charCodeAt(place) - 48) * (place + 2)
  return `${alphabet[sum % 23]}${digits}`
}

/**
 * Each agency's own person id: a number that stands in no visible relation to the child's, nor to another agency's. A
 * multiplication modulo a prime is a permutation, so no two children share one.
 */
export const localNumber = (child: number, factor: number): string =>
  String((child * factor) % 9_999_991).padStart(7, '0')
