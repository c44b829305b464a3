import { spoken } from '../foundation/codeInWords.ts'
import { longDate } from '../foundation/longDate.ts'
import { londonDate } from '../foundation/workingTime.ts'
import { dayOf, type FieldOf } from '../records/currentRows.ts'
import type { Value } from '../sources/contract.ts'

/** A value as text, or null when there is nothing to say. Codes stay codes until a sentence is made of them. */
export const words = (value: Value | undefined): string | null => {
  if (value === null || value === undefined) return null
  if (typeof value === 'boolean') return value ? 'yes' : 'no'
  if (typeof value === 'number') return String(value)
  if (typeof value === 'string') return value.trim() === '' ? null : value.trim()
  const parts = value.map((part) => (typeof part === 'string' ? part : Object.values(part).map(String).join(' ')))
  return parts.length === 0 ? null : parts.join(', ')
}

export const field = <Row extends object>(row: Row, name: FieldOf<Row>): string | null =>
  words(row[name] as Value | undefined)

/** The day of a date, or in London of an instant. */
export const day = <Row extends object>(row: Row, name: FieldOf<Row>): string | null =>
  dayOf(field(row, name) ?? '') || null

/** A code within text, as it is said. A reference such as `NHS-LA5` is none. */
const code = /\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/g

/** A day or an instant within text. */
const date = /\b\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}(?::\d{2}(?:\.\d+)?)?(?:Z|[+-]\d{2}:\d{2}))?/g

/** Text as a reader of the record is given it: each code as it is said, each date as it is written on paper. */
export const inWords = (text: string): string =>
  text.replace(code, spoken).replace(date, (found) => longDate(found.includes('T') ? londonDate(found) : found))

/** Joins what is there, in words; null when nothing is, so that a separator alone never passes for an answer. */
export const phrase = (...parts: (string | null | false | undefined)[]): string | null => {
  const said = parts.filter((part): part is string => typeof part === 'string' && part !== '')
  return said.length === 0 ? null : said.join(', ').replace(code, spoken)
}

/** `before` and the value, or null when there is no value. */
export const after = (before: string, value: string | null): string | null =>
  value === null ? null : `${before} ${value}`

/** `from 2025-01-01 to 2025-02-01`, `since 2025-01-01`, or null. */
export const period = (from: string | null, to: string | null): string | null => {
  if (from === null) return to === null ? null : `until ${to}`
  return to === null ? `since ${from}` : `from ${from} to ${to}`
}

/** `1 episode`, `3 episodes`. */
export const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? '' : 's'}`

/** `WAS_NOT_BROUGHT` → `was not brought`. */
export const plain = (code: string | null): string | null => (code === null ? null : spoken(code))
