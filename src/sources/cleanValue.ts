import { GraphQLBoolean, GraphQLID, GraphQLInt, type GraphQLLeafType, GraphQLString, isEnumType } from 'graphql'
import { leavesAsHeld } from '../execution/scalarText.ts'
import type { Value } from './contract.ts'

/**
 * A value as it may leave: itself, or null where its type refuses it. Of a list, the items that its type lets through.
 */
export type Clean = (value: Value) => Value

/** Called with every bad value that is met, by its list and field and never by what it was. */
export type OnBadValue = (list: string, field: string) => void

/**
 * What is bad in a source costs that value and nothing else: a code outside its set, an empty name, a number that fails
 * its own check. Null where every stored value of the type is good.
 */
export function cleanOf(type: GraphQLLeafType, onBad: () => void): Clean | null {
  const isGood = checkOf(type)
  if (!isGood) return null
  const one = (value: string | number | boolean): Value => {
    if (isGood(value)) return value
    onBad()
    return null
  }
  return (value) => {
    if (value === null) return null
    if (typeof value !== 'object') return one(value)
    const isTexts = (items: readonly unknown[]): items is readonly string[] =>
      items.every((item) => typeof item === 'string')
    if (!isTexts(value)) return value
    const good = value.filter((item) => one(item) !== null)
    return good.length === value.length ? value : good
  }
}

type Check = (value: string | number | boolean) => boolean

function checkOf(type: GraphQLLeafType): Check | null {
  if (type === GraphQLString || type === GraphQLID || type === GraphQLBoolean || type === GraphQLInt) return null
  if (isEnumType(type)) {
    const names = new Set<unknown>(type.getValues().map(({ value }) => value))
    return (value) => names.has(value)
  }
  if (type.extensions[leavesAsHeld] === true) return (value) => value !== ''
  const isOrdinary = ordinary[type.name] ?? (() => false)
  return (value) => isOrdinary(value) || passes(type, value)
}

/** Shapes that a database's own types give, which need no closer look. What is beyond every calendar has another. */
const ordinary: Readonly<Record<string, Check>> = {
  Date: (value) => typeof value === 'string' && value.length === 10,
  DateTime: (value) => typeof value === 'string' && value.length === 20 && value.endsWith('Z') && value[4] === '-',
}

function passes(type: GraphQLLeafType, value: string | number | boolean): boolean {
  try {
    return type.serialize(value) !== null
  } catch {
    return false
  }
}
