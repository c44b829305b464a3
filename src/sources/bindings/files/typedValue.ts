import type { ColumnKind } from '../../columnLayout.ts'
import { largest, type Raw } from './incoming.ts'
import { dayIn, instantIn } from './localTime.ts'

/** A value as it is stored, as JSON. */
export type Stored = string | number | boolean | readonly string[] | readonly Readonly<Record<string, unknown>>[]

/** What a raw value comes to: a value, nothing, or something that cannot be read as what it should be. */
export type Typed = { readonly value: Stored } | 'EMPTY' | 'UNREADABLE'

/**
 * What a raw value is, as a column of its kind holds it. Codes and numbers that check themselves are looked at when
 * they are read.
 */
export function typedValue(raw: Raw, kind: ColumnKind, timeZone: string): Typed {
  if (raw === null || raw === undefined) return 'EMPTY'
  if (kind === 'list') return listOf(raw)
  if (kind === 'objects') return objectsOf(raw)
  const text = textIn(raw)
  if (text === 'EMPTY' || text === 'UNREADABLE') return text
  const value = scalarOf(text.text, kind, timeZone)
  return value === null ? 'UNREADABLE' : { value }
}

function scalarOf(text: string, kind: ColumnKind, timeZone: string): Stored | null {
  switch (kind) {
    case 'boolean':
      return yesOrNo(text)
    case 'integer':
      return numberIn(text, (number) => Number.isInteger(number) && Math.abs(number) < 2 ** 31)
    case 'number':
      return numberIn(text, Number.isFinite)
    case 'date':
      return dayIn(text)
    case 'instant':
      return instantIn(text, timeZone)
    default:
      return text
  }
}

/** What a scalar says as text, without the blanks around it. */
export function textIn(raw: Raw): { readonly text: string } | 'EMPTY' | 'UNREADABLE' {
  if (typeof raw === 'number' || typeof raw === 'boolean') return { text: String(raw) }
  if (raw === null || raw === undefined) return 'EMPTY'
  if (typeof raw !== 'string') return 'UNREADABLE'
  const text = raw.trim()
  if (text === '') return 'EMPTY'
  return isPlain(text) && text.length <= largest.text ? { text } : 'UNREADABLE'
}

/** Whether a database keeps it: no NUL, and no half of a character. */
const isPlain = (text: string): boolean => !/[\0\p{Cs}]/u.test(text)

const yes = new Set(['Y', 'YES', 'T', 'TRUE', '1'])
const no = new Set(['N', 'NO', 'F', 'FALSE', '0'])

/** What says yes or no, in either case; null where it says neither. */
export const yesOrNo = (text: string): boolean | null => {
  const word = text.toUpperCase()
  return yes.has(word) ? true : no.has(word) ? false : null
}

const numberIn = (text: string, isGood: (number: number) => boolean): number | null => {
  if (!/^-?\d{1,15}(?:\.\d{1,15})?$/.test(text)) return null
  const number = Number(text)
  return isGood(number) ? number : null
}

function listOf(raw: Raw): Typed {
  const items = Array.isArray(raw) ? raw : [raw]
  const texts: string[] = []
  for (const item of items) {
    const read = textIn(item)
    if (read === 'UNREADABLE') return read
    if (read !== 'EMPTY') texts.push(read.text)
  }
  return texts.length === 0 && !Array.isArray(raw) ? 'EMPTY' : { value: texts }
}

/** Objects of scalars, as `codes` of an attendance period are. */
function objectsOf(raw: Raw): Typed {
  const isScalar = (value: unknown) =>
    value === null || (typeof value === 'string' ? isPlain(value) : ['number', 'boolean'].includes(typeof value))
  const isObject = (item: unknown) =>
    typeof item === 'object' &&
    item !== null &&
    !Array.isArray(item) &&
    Object.entries(item).every(([name, value]) => isPlain(name) && isScalar(value))
  return Array.isArray(raw) && raw.every(isObject) ? { value: raw } : 'UNREADABLE'
}
