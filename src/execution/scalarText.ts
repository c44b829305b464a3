import { GraphQLBoolean, GraphQLInt, type GraphQLLeafType, GraphQLString, isEnumType } from 'graphql'
import type { JsonBytes } from './jsonBytes.ts'

/**
 * Writes a value of a leaf type as JSON, or undefined where the type gives nothing. Throws what the type's own check
 * throws.
 */
export type LeafWriter = (value: unknown) => string | undefined

/** Member of a type's `extensions`: any text but the empty one may leave as a value of it, and leaves as it is. */
export const leavesAsHeld = 'leavesAsHeld'

/** Text that is its own JSON between quotes: no quote, backslash, control character or half of a surrogate pair. */
const plain = /^[ !#-[\]-\ud7ff\ue000-\uffff]*$/

export const textOfString = (value: string): string => (plain.test(value) ? `"${value}"` : JSON.stringify(value))

const written = (value: unknown): string | undefined =>
  typeof value === 'string' ? textOfString(value) : value === null ? undefined : JSON.stringify(value)

/** The type's own check decides what may leave; the common values of the built-in types are known to pass it. */
export function leafWriter(type: GraphQLLeafType): LeafWriter {
  const checked: LeafWriter = (value) => written(type.serialize(value))
  if (isEnumType(type)) {
    const texts = new Map<unknown, string>(type.getValues().map(({ name, value }) => [value, `"${name}"`]))
    return (value) => texts.get(value) ?? checked(value)
  }
  if (type === GraphQLString) return (value) => (typeof value === 'string' ? textOfString(value) : checked(value))
  if (type === GraphQLBoolean) return (value) => (value === true ? 'true' : value === false ? 'false' : checked(value))
  if (type === GraphQLInt)
    return (value) => (typeof value === 'number' && (value | 0) === value ? `${value}` : checked(value))
  return checked
}

/** The same into bytes; false where the type gives nothing. */
export type LeafPutter = (out: JsonBytes, value: unknown) => boolean

export function leafPutter(type: GraphQLLeafType): LeafPutter {
  const write = leafWriter(type)
  const isText = type === GraphQLString
  const isOwn = !isEnumType(type) && type !== GraphQLBoolean && type !== GraphQLInt
  return (out, value) => {
    const leaf = isText ? value : isOwn ? type.serialize(value) : undefined
    if (typeof leaf === 'string') {
      out.text(leaf)
      return true
    }
    const json = write(value)
    if (json === undefined) return false
    out.json(json)
    return true
  }
}
