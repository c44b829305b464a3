import { createHmac } from 'node:crypto'
import type { Value } from './contract.ts'

/**
 * Pseudonyms of one answer: the same person is the same pseudonym at every holder, by a hash whose key travels in the
 * grants and is never used again. It is made where the value is held, so the value never leaves; `numberPseudonyms.ts`
 * puts a number in its place.
 */
export class Pseudonyms {
  readonly #key: string
  readonly #known = new Map<string, string>()

  /** @param key of the grant. Without one nobody is told of: what anybody could compute again is no pseudonym. */
  constructor(key: string) {
    this.#key = key
  }

  of(noun: string, value: Value): Value {
    if (value === null || this.#key === '') return null
    if (Array.isArray(value)) return value.map((item) => this.#text(noun, String(item)))
    return this.#text(noun, String(value))
  }

  /** One text may name several, with a semicolon between them. */
  #text(noun: string, text: string): string {
    return text
      .split(';')
      .map((part) => this.#one(noun, part))
      .join('; ')
  }

  #one(noun: string, value: string): string {
    const subject = noun === place ? `${place}|${closed(value)}` : `PERSON|${wordsOf(value).join(' ')}`
    const known = this.#known.get(subject)
    if (known) return `${noun}${known}`
    const made = `${joint}${markOf(this.#key, subject)}`
    this.#known.set(subject, made)
    return `${noun}${made}`
  }
}

/**
 * What tells whether two values of one answer are one person, be they names or pseudonyms; null where nobody is named.
 */
export function personMark(key: string, value: string): string | null {
  const at = value.indexOf(joint)
  if (at >= 0) return value.slice(at + joint.length)
  const words = wordsOf(value)
  return words.length === 0 || key === '' ? null : markOf(key, `PERSON|${words.join(' ')}`)
}

/** The same of a place, a telephone number, a handle or a device, by what it is; null where nothing is named. */
export function valueMark(key: string, kind: string, value: string): string | null {
  const at = value.indexOf(joint)
  if (at >= 0) return value.slice(at + joint.length)
  // A number with the code of the country is the number without it.
  const bare = kind === 'TELEPHONE' ? closed(value).replace(/^(?:00)?44/u, '0') : closed(value)
  return bare === '' || key === '' ? null : markOf(key, `${kind}|${bare}`)
}

const markOf = (key: string, subject: string): string =>
  createHmac('sha256', key).update(subject).digest('base64url').slice(0, markLength)

/**
 * Whether a text is a pseudonym, or several with a semicolon between them: what a holder gives that is handed the key.
 */
export const isPseudonym = (text: string): boolean =>
  text.split('; ').every((part) => /^[A-Z]+-~[A-Za-z0-9_-]{16}$/u.test(part))

/** What stands between noun and mark, and nowhere else. */
export const joint = '-~'
export const markLength = 16
const place = 'PLACE'

/** `Varley, Colin` is `Colin Varley`: who writes a name where does not make another person of them. */
const wordsOf = (name: string): readonly string[] =>
  plain(name)
    .split(/[^\p{L}\p{N}]+/u)
    .filter((word) => word !== '')
    .toSorted()

const closed = (text: string): string => plain(text).replace(/[^\p{L}\p{N}]/gu, '')

const plain = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase()
