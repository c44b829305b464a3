import { LRUCache } from 'lru-cache'
import type { Authority } from './registry.ts'

/** What decides whether a code is known: the registry, and whether codes that no real authority has may be used. */
export interface IdentifierRules {
  /** Whether the made-up authorities 991 to 996 and organisation codes of the demonstration are accepted. */
  readonly demonstration: boolean
  readonly authorities: ReadonlyMap<string, Authority>
}

/** Alphabet of UPN check letters and temporary UPNs: I, O and S are left out, for they are misread. */
const upnAlphabet = 'ABCDEFGHJKLMNPQRTUVWXYZ'
const upnShape = /^[A-Z][0-9]{11}[0-9A-HJ-NP-RT-Z]$/

/**
 * An NHS number, or null. The last digit is 11 less the weighted sum modulo 11; 11 counts as 0, and a number whose
 * check digit would be 10 was never issued. NHS Data Dictionary, NHS NUMBER.
 */
export const nhsNumber = (text: string): string | null => {
  if (!/^[0-9]{10}$/.test(text)) return null
  let sum = 0
  for (let place = 0; place < 9; place += 1) sum += Number(text[place]) * (10 - place)
  const check = 11 - (sum % 11)
  return check !== 10 && (check === 11 ? 0 : check) === Number(text[9]) ? text : null
}

/**
 * A unique pupil number, or null. The check letter is the weighted sum of places 2 to 13 modulo 23; a letter in the
 * last place, as a temporary UPN has, weighs its index in the same alphabet. Validator rules 1510 to 1550 of the DfE
 * returns.
 */
export const upn = (text: string, rules: IdentifierRules): string | null => {
  if (!upnShape.test(text)) return null
  let sum = 0
  for (let place = 1; place <= 12; place += 1) {
    const character = text.charAt(place)
    const value = character <= '9' ? Number(character) : upnAlphabet.indexOf(character)
    sum += value * (place + 1)
  }
  return text[0] === upnAlphabet[sum % 23] && upnAuthority(text.slice(1, 4), rules) ? text : null
}

/** No real authority has a code from 990: those belong to the demonstration and are refused outside it. */
const upnAuthority = (code: string, rules: IdentifierRules): boolean => {
  if (code < '990') return code !== '000'
  return rules.demonstration && [...rules.authorities.values()].some((authority) => authority.dfeCode === code)
}

/** A date that the calendar has, or null: 29 February only in a leap year. */
export const calendarDate = (text: string): string | null => (text.length === 10 && beginsWithDate(text) ? text : null)

/** Whether the first ten characters are a date that the calendar has. */
export const beginsWithDate = (text: string): boolean => {
  if (text[4] !== '-' || text[7] !== '-') return false
  const day = digits(text, 8, 10)
  return day >= 1 && day <= daysIn(digits(text, 0, 4), digits(text, 5, 7))
}

/** The number that the digits of part of a text write, or NaN. */
export const digits = (text: string, from: number, before: number): number => {
  let value = 0
  for (let place = from; place < before; place += 1) {
    const digit = text.charCodeAt(place) - 48
    if (digit < 0 || digit > 9) return Number.NaN
    value = value * 10 + digit
  }
  return value
}

/** Of a month, 1 to 12; 0 for any other, and for a year that is no number. */
export const daysIn = (year: number, month: number): number => {
  if (Number.isNaN(year)) return 0
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28
  return monthLengths[month - 1] ?? 0
}

const monthLengths = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

const instantShape = /^[0-9]{4}-[0-9]{2}-[0-9]{2}T([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9](\.[0-9]{1,9})?Z$/

/** An instant in UTC, or null. Written the same way every time, so that equal instants are equal text. */
export const instant = (text: string): string | null => {
  if (!instantShape.test(text) || !beginsWithDate(text)) return null
  // To the second it is written that way already.
  return text.length === 20 ? text : instantText(new Date(text))
}

/**
 * Times of which anybody says something here. What is counted from them, weeks before or months behind, is still a date
 * that every store and every text can hold; year 0 is none, and a day behind 9999-12-31 has no four digits.
 */
const years = { first: '1900', last: '2199' } as const

/** The same of what a caller sends: within the years in which anything is counted. */
export const withinYears =
  (read: (text: string) => string | null) =>
  (text: string): string | null => {
    const year = text.slice(0, 4)
    return year >= years.first && year <= years.last ? read(text) : null
  }

/** Milliseconds are written only when there are any. */
export const instantText = (at: Date): string => at.toISOString().replace('.000Z', 'Z')

/** A code of an authority in the registry, or null. */
export const laCode = (text: string, rules: IdentifierRules): string | null =>
  rules.authorities.has(text) ? text : null

/** A code of a force that the registry gives an authority's area to, or null. */
export const forceCode = (text: string, rules: IdentifierRules): string | null =>
  [...rules.authorities.values()].some((authority) => authority.force === text) ? text : null

/** An NHS organisation code, or null. Codes of the demonstration have hyphens, which no real one has. */
export const odsCode = (text: string, rules: IdentifierRules): string | null =>
  (rules.demonstration ? /^[A-Z0-9][A-Z0-9-]{1,19}$/ : /^[A-Z0-9]{3,10}$/).test(text) ? text : null

/** A school's reference number in the national register, or null. */
export const giasUrn = (text: string): string | null => (/^[0-9]{6}$/.test(text) ? text : null)

/** A BCP 47 language tag in its canonical form, or null. */
export const languageTag = (text: string): string | null => {
  if (text.length > longestTag) return canonicalTag(text)
  const known = tags.get(text)
  if (known) return known.tag
  const tag = canonicalTag(text)
  tags.set(text, { tag })
  return tag
}

/** Few are in use, and one stands in every record of a person. */
const tags = new LRUCache<string, { readonly tag: string | null }>({ max: 256 })

/**
 * Nothing longer is kept: a caller may write what they like, and of a longer text V8 keeps alive the whole one it was
 * cut from.
 */
const longestTag = 12

const canonicalTag = (text: string): string | null => {
  try {
    return Intl.getCanonicalLocales(text)[0] ?? null
  } catch {
    return null
  }
}

/**
 * Part of a name, or null. Letters of any script, and figures as in "Twin 1"; nothing that could carry markup or a
 * control character.
 */
export const personName = (text: string): string | null => {
  const name = text.normalize('NFC')
  return /^(?=.*\p{L})[\p{L}\p{M}0-9.'\u2019 -]{1,70}$/u.test(name) ? name : null
}
