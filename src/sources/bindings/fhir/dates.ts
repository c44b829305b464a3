import { longMonth } from '../../../foundation/longDate.ts'
import { goodText } from './json.ts'

const day = /^(\d{4})-(\d\d)-(\d\d)$/
const partial = /^\d{4}(-(0[1-9]|1[0-2]))?$/
const instant = /^(\d{4}-\d\d-\d\d)T(\d\d):(\d\d)(?::(\d\d)(\.\d{1,9})?)?(Z|[+-]\d\d:\d\d)$/

/** A day that is in the calendar. */
const isDay = (text: string): boolean => {
  if (!day.test(text) || text.startsWith('0000')) return false
  const at = new Date(`${text}T00:00:00Z`)
  return !Number.isNaN(at.getTime()) && at.toISOString().slice(0, 10) === text
}

/** Whether it is a date or time as FHIR writes one, however little of it is known. */
export const isFhirDate = (value: unknown): boolean => {
  const text = goodText(value)
  return text !== null && (partial.test(text) || isDay(text) || instantOf(text) !== null)
}

/**
 * The instant of a date or time, in UTC. A day stands for its first second, so that it stays that day; of a year or a
 * month no day is made up.
 */
export function instantOf(value: unknown): string | null {
  const text = goodText(value)
  if (text === null) return null
  if (isDay(text)) return `${text}T00:00:00Z`
  const [, date = '', hour = '', minute = '', second = '00', fraction = '', zone = ''] = instant.exec(text) ?? []
  if (!isDay(date) || Number(hour) > 23 || Number(minute) > 59 || Number(second) > 59) return null
  const at = Date.parse(`${date}T${hour}:${minute}:${second}${zone}`)
  if (Number.isNaN(at)) return null
  const kept = fraction.slice(0, 7).replace(/\.?0+$/, '')
  const utc = new Date(at).toISOString()
  return utc.startsWith('+') || utc.startsWith('-') ? null : `${utc.slice(0, 19)}${kept}Z`
}

const zones = new Map<string, Intl.DateTimeFormat>()

const formatOf = (timeZone: string): Intl.DateTimeFormat => {
  const known = zones.get(timeZone)
  if (known) return known
  const made = new Intl.DateTimeFormat('en-CA', { timeZone, year: 'numeric', month: '2-digit', day: '2-digit' })
  zones.set(timeZone, made)
  return made
}

/** The calendar day of a date or time where the holder is; null of a year or a month. */
export function dayOf(value: unknown, timeZone: string): string | null {
  const text = goodText(value)
  if (text === null) return null
  if (isDay(text)) return text
  const at = instantOf(text)
  return at === null ? null : formatOf(timeZone).format(new Date(at))
}

/** What a thing is called, and when, where of its day no more than a year or a month is known. */
export const withPartial = (name: string | null, word: 'in' | 'since', when: unknown): string | null => {
  const known = partialOf(when)
  return name === null || known === null ? name : `${name}, ${word} ${known}`
}

/** A year or a month, as it is said; null where the day is known, or nothing. */
export const partialOf = (value: unknown): string | null => {
  const text = goodText(value)
  return text !== null && partial.test(text) ? longMonth(text) : null
}
