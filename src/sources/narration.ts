import { spoken } from '../foundation/codeInWords.ts'
import { londonDay, londonTime } from '../foundation/london.ts'
import type { Value } from './contract.ts'

/** Joins words and values to a sentence; empty where no value is known, so that a withheld field leaves no trace. */
export function sentence(words: TemplateStringsArray, ...values: readonly (Value | undefined)[]): string {
  let sentence = words[0] ?? ''
  let before = ''
  for (let place = 0; place < values.length; place += 1) {
    const value = values[place]
    const isKnown = value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0)
    sentence = isKnown ? followed(sentence, readable(value)) : unled(sentence, before, words[place] ?? '')
    before = sentence
    sentence = followed(sentence, words[place + 1] ?? '')
  }
  return whole(sentence)
}

/** What leads to a value goes with it: `, factors: ` after a value, `On roll at ` at the beginning. */
function unled(sentence: string, before: string, lead: string): string {
  if (before === '') return sentence.replace(/ (?:at|by|in|of|with|from|to|as|for(?: the)?)\s*$/u, '')
  const broken = Math.max(lead.lastIndexOf(','), lead.lastIndexOf(';'), 0)
  return /\p{L}/u.test(lead.slice(broken)) ? followed(before, lead.slice(0, broken)) : sentence
}

/** A sentence with its next words. Where a value between them is not known, what joined it to the others goes too. */
function followed(sentence: string, next: string): string {
  const first = next.charAt(0)
  if (!loose.test(first) || (sentence !== '' && !loose.test(sentence.charAt(sentence.length - 1))))
    return sentence + next
  const bare = next.replace(/^[:,\s]+/u, '')
  if (bare === '') return sentence
  const isListed = first === ',' && /:\s*$/u.test(sentence)
  return sentence === '' || isListed ? sentence + bare : whole(sentence) + next
}

/** Without what is left at the end of a sentence whose last values are not known. */
function whole(sentence: string): string {
  let end = sentence.length
  while (end > 0 && loose.test(sentence.charAt(end - 1))) end -= 1
  return end < sentence.length ? sentence.slice(0, end) : sentence
}

const loose = /[:,\s]/u

/** A code, or each of several, as it is said: `NEGLECT` → `neglect`. What somebody wrote stays as it is. */
export const coded = (value: Value | undefined): Value | undefined => {
  if (Array.isArray(value)) return value.map((item) => coded(String(item))).join(', ')
  return typeof value === 'string' && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/u.test(value) ? spoken(value) : value
}

/** With a capital first letter, where a sentence begins with a code. */
export const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

/** ` from … to …`, of what is known. */
export const span = (from: Value | undefined, to: Value | undefined): string =>
  `${from ? ` from ${readable(from)}` : ''}${to ? ` to ${readable(to)}` : ''}`

const months = 'January February March April May June July August September October November December'.split(' ')
const isoDate = /\b\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z)?/gu

/**
 * Dates as people read them, instants by the clock on England's wall; `EMERGENCY_DEPARTMENT` → `emergency department`;
 * lists joined; the rest as it is.
 */
function readable(value: Value): string {
  if (Array.isArray(value)) return value.map((item) => readable(String(item))).join(', ')
  const text = String(value)
  if (text.includes('_') && /^[A-Z][A-Z0-9]*(_[A-Z0-9]+)+$/u.test(text)) return spoken(text)
  if (text.length < 10 || !text.includes('-')) return text
  return text.replace(isoDate, (found: string, time?: string) => {
    const at = time === undefined ? Number.NaN : Date.parse(found)
    // What is no instant in any calendar stays as it is written.
    const day = Number.isNaN(at) ? found.slice(0, 10) : londonDay(at)
    const [year = '', month = '', date = ''] = day.split('-')
    const clock = Number.isNaN(at) ? time?.slice(1, 6) : londonTime(at)
    return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}${clock ? ` ${clock}` : ''}`
  })
}
