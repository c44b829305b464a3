import { LRUCache } from 'lru-cache'
import { beginsWithDate, instantText } from '../../../foundation/identifiers.ts'

/** The day that a text writes, as `YYYY-MM-DD`, or null: year first, or day first as it is written here. */
export function dayIn(text: string): string | null {
  const yearFirst = /^(\d{4})-(\d{2})-(\d{2})(?:[T ].*)?$/.exec(text)
  const dayFirst = yearFirst ? null : /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})(?: .*)?$/.exec(text)
  const [, year, month, day] = yearFirst ?? []
  const [, first, second, third] = dayFirst ?? []
  const written = yearFirst
    ? `${year}-${month}-${day}`
    : dayFirst
      ? `${third}-${second?.padStart(2, '0')}-${first?.padStart(2, '0')}`
      : serialDay(text)
  // No calendar of a database has a year 0.
  return written !== null && beginsWithDate(written) && !written.startsWith('0000') ? written : null
}

/**
 * A day as spreadsheets count them, from 1950 to 2064: what a column of dates becomes when it was formatted as numbers.
 */
function serialDay(text: string): string | null {
  const serial = /^\d{5}(?:\.\d+)?$/.test(text) ? Math.floor(Number(text)) : 0
  if (serial < 18_264 || serial > 60_000) return null
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10)
}

/**
 * The instant that a text writes, or null. A local time is one of its zone, in summer and winter; an offset is kept to.
 */
export function instantIn(text: string, timeZone: string): string | null {
  const day = dayIn(text)
  if (day === null) return null
  const [, clock = '', offset = ''] =
    /[T ](\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?)\s?(Z|[+-]\d{2}:?\d{2})?$/.exec(text) ?? []
  if (clock === '') return text.length <= 10 || /^\d{5}/.test(text) ? utcOf(`${day}T00:00:00`, timeZone) : null
  const [hours = '', minutes = '', seconds = '00'] = clock.replace(',', '.').split(':')
  const [whole = '00', fraction = ''] = seconds.split('.')
  if (Number(hours) > 23 || Number(minutes) > 59 || Number(whole) > 59) return null
  const local = `${day}T${hours.padStart(2, '0')}:${minutes}:${whole}${fraction === '' ? '' : `.${fraction.slice(0, 3)}`}`
  if (offset === '') return utcOf(local, timeZone)
  const at = new Date(`${local}${offset === 'Z' ? 'Z' : `${offset.slice(0, 3)}:${offset.slice(-2)}`}`)
  return Number.isNaN(at.getTime()) ? null : instantText(at)
}

function utcOf(local: string, timeZone: string): string {
  const asIfUtc = Date.parse(`${local}Z`)
  // What is one hour off across a change of the clock is right the second time.
  const near = asIfUtc - offsetAt(asIfUtc, timeZone)
  return instantText(new Date(asIfUtc - offsetAt(near, timeZone)))
}

/** Milliseconds by which a zone is ahead. It changes on a full quarter of an hour and not within one. */
function offsetAt(at: number, timeZone: string): number {
  const quarter = Math.floor(at / 900_000)
  const key = `${timeZone} ${quarter}`
  const known = offsets.get(key)
  if (known !== undefined) return known
  const start = quarter * 900_000
  const parts = Object.fromEntries(
    formatOf(timeZone)
      .formatToParts(start)
      .map(({ type, value }) => [type, value]),
  )
  const { year, month, day, hour, minute, second } = parts
  const offset = Date.parse(`${year}-${month}-${day}T${hour}:${minute}:${second}Z`) - start
  offsets.set(key, offset)
  return offset
}

const offsets = new LRUCache<string, number>({ max: 10_000 })
const formats = new LRUCache<string, Intl.DateTimeFormat>({ max: 8 })

function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone)
  if (known) return known
  const digits = '2-digit' as const
  const format = new Intl.DateTimeFormat('en-GB', {
    ...{ timeZone, hourCycle: 'h23', year: 'numeric', month: digits, day: digits },
    ...{ hour: digits, minute: digits, second: digits },
  })
  formats.set(timeZone, format)
  return format
}
