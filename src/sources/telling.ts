import type { Value } from './contract.ts'

/** Joins words and values to a sentence; empty where no value is known, so that a withheld field leaves no trace. */
export function said(words: TemplateStringsArray, ...values: readonly (Value | undefined)[]): string {
  const known = values.map((value) => (value === null || value === undefined ? '' : readable(value)))
  if (values.length > 0 && known.every((text) => text === '')) return words.join('').replace(/[:,\s]+$/u, '')
  return words.reduce((sentence, part, index) => sentence + part + (known[index] ?? ''), '').replace(/[:,\s]+$/u, '')
}

/** ` from … to …`, of what is known. */
export const span = (from: Value | undefined, to: Value | undefined): string =>
  `${from ? ` from ${readable(from)}` : ''}${to ? ` to ${readable(to)}` : ''}`

const months = 'January February March April May June July August September October November December'.split(' ')
const isoDate = /\b(\d{4})-(\d{2})-(\d{2})(?:T(\d{2}:\d{2}):\d{2}(?:\.\d+)?Z)?/gu

/** Dates as people read them, instants in UTC; `EMERGENCY_DEPARTMENT` → `emergency department`; lists joined; the rest as it is. */
function readable(value: Value): string {
  if (Array.isArray(value)) return value.map((item) => readable(String(item))).join(', ')
  const text = String(value)
  if (/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/u.test(text)) return text.toLowerCase().replaceAll('_', ' ')
  if (text.length < 10 || !text.includes('-')) return text
  return text.replace(
    isoDate,
    (_, year: string, month: string, date: string, time?: string) =>
      `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}${time ? ` ${time}` : ''}`,
  )
}
