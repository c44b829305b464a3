import { GraphQLBoolean, GraphQLID, GraphQLInt, type GraphQLLeafType, GraphQLString, isEnumType } from 'graphql'
import { Constant } from '../execution/constantBytes.ts'
import type { JsonBytes } from '../execution/jsonBytes.ts'
import { type LeafWriter, leafWriter, leavesAsHeld } from '../execution/scalarText.ts'
import type { TextBytes } from '../execution/textBytes.ts'
import type { ColumnKind } from '../sources/columnLayout.ts'
import { decode } from '../sources/decodeCell.ts'
import { isDateAt, isInstantAt } from './dateBytes.ts'

/** Writes one value from its stored text, which lies in these bytes; false when its type would not let it leave. */
export type Putter = (out: JsonBytes, text: TextBytes, from: number, to: number) => boolean

/**
 * The type's own check decides what may leave; the common shapes of the common types are known to pass it. What records
 * count is never below nought, nor above the most that there can be.
 */
export function leafPutter(kind: ColumnKind, type: GraphQLLeafType, most = Number.POSITIVE_INFINITY): Putter {
  const checked = checkedPutter(kind, leafWriter(type))
  const isLimited = Number.isFinite(most)
  if (kind === 'text' && (type === GraphQLString || type === GraphQLID)) return putText
  if (kind === 'text' && type.extensions[leavesAsHeld] === true)
    return (out, text, from, to) => (to > from ? putText : checked)(out, text, from, to)
  if (kind === 'integer' && type === GraphQLInt)
    return (out, text, from, to) => {
      if (text.bytes[from] === minus) return false
      if (!isCountAt(text.bytes, from, to)) return checked(out, text, from, to)
      if (isLimited && countAt(text.bytes, from, to) > most) return false
      out.bytes(text.bytes, from, to)
      return true
    }
  if (kind === 'text' && isEnumType(type)) {
    const names = type.getValues().flatMap(({ name, value }) => (name === value ? [name] : []))
    const known = new Set(names)
    // A name is ASCII. What is not may look like another text here, but like no name.
    return (out, text, from, to) =>
      (known.has(text.bytes.toString('latin1', from, to)) ? putText : checked)(out, text, from, to)
  }
  if (kind === 'instant' && type.name === 'DateTime')
    return (out, text, from, to) => {
      if (!isInstantAt(text.bytes, from, to)) return checked(out, text, from, to)
      out.instant(text, from)
      return true
    }
  if (kind === 'date' && type.name === 'Date')
    return (out, text, from, to) =>
      (to - from === 10 && isDateAt(text.bytes, from) ? putText : checked)(out, text, from, to)
  if (kind === 'boolean' && type === GraphQLBoolean)
    return (out, { bytes }, from) => {
      out.constant(bytes[from] === letterT ? trueJson : falseJson)
      return true
    }
  return checked
}

/** A list column, whose text is JSON. */
export function itemsPutter(type: GraphQLLeafType, first: readonly string[] = []): Putter {
  const write = leafWriter(type)
  return (out, { bytes }, from, to) => {
    const items: unknown = JSON.parse(bytes.toString('utf8', from, to))
    return putItems(out, write, Array.isArray(items) ? [...first, ...items] : first)
  }
}

const putText: Putter = (out, text, from, to) => {
  out.string(text, from, to)
  return true
}

const checkedPutter =
  (kind: ColumnKind, write: LeafWriter): Putter =>
  (out, { bytes }, from, to) => {
    const json = write(decode(kind, bytes.toString('utf8', from, to)))
    if (json === undefined) return false
    out.json(json)
    return true
  }

/** False where an item is null or its type would not let it leave. */
function putItems(out: JsonBytes, write: LeafWriter, items: readonly unknown[]): boolean {
  let before = '['
  for (const item of items) {
    const json = item === null ? undefined : write(item)
    if (json === undefined) return false
    out.json(before)
    out.json(json)
    before = ','
  }
  out.json(items.length === 0 ? '[]' : ']')
  return true
}

/** Whether a whole number from 0 stands here as JSON writes it, of so few digits that every `Int` holds it. */
function isCountAt(bytes: Buffer, from: number, to: number): boolean {
  const digits = to - from
  if (digits < 1 || digits > 9 || (digits > 1 && bytes[from] === zero)) return false
  for (let place = from; place < to; place += 1) {
    const digit = (bytes[place] ?? 0) - zero
    if (digit < 0 || digit > 9) return false
  }
  return true
}

const zero = 0x30
const minus = 0x2d

const countAt = (bytes: Buffer, from: number, to: number): number => Number(bytes.toString('latin1', from, to))

const trueJson = new Constant('true')
const falseJson = new Constant('false')

/** PostgreSQL writes `t` or `true`, and `f` or `false`. */
const letterT = 0x74
