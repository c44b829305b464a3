import {
  GraphQLBoolean,
  GraphQLID,
  GraphQLInt,
  type GraphQLLeafType,
  type GraphQLObjectType,
  GraphQLString,
  isEnumType,
  isNonNullType,
} from 'graphql'
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
 * its own check, a count below nought or above the most that there can be. Null where every stored value of the type is
 * good.
 */
export function cleanOf(type: GraphQLLeafType, onBad: () => void, most?: number): Clean | null {
  const isGood = checkOf(type, most)
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

/** Of a list of objects, those whose counts are counts. */
export function cleanOfObjects(type: GraphQLObjectType, onBad: () => void): Clean | null {
  const counts = Object.values(type.getFields()).flatMap(({ name, type: of }) =>
    (isNonNullType(of) ? of.ofType : of) === GraphQLInt ? [{ name, isNeeded: isNonNullType(of) }] : [],
  )
  if (counts.length === 0) return null
  const isGood = (item: object): boolean =>
    counts.every(({ name, isNeeded }) => {
      const value: unknown = Object.entries(item).find(([key]) => key === name)?.[1] ?? null
      return value === null ? !isNeeded : isCount(value)
    })
  return (value) => {
    const isObjects = (items: readonly unknown[]): items is readonly Readonly<Record<string, unknown>>[] =>
      items.every((item) => typeof item === 'object' && item !== null)
    if (value === null || typeof value !== 'object' || !isObjects(value)) return value
    const good = value.filter(isGood)
    if (good.length === value.length) return value
    onBad()
    return good
  }
}

/** What records count is a whole number, and never below nought. */
const isCount = (value: unknown, most = Number.POSITIVE_INFINITY): boolean =>
  typeof value === 'number' && Number.isInteger(value) && value >= 0 && value <= most

type Check = (value: string | number | boolean) => boolean

function checkOf(type: GraphQLLeafType, most: number | undefined): Check | null {
  if (type === GraphQLString || type === GraphQLID || type === GraphQLBoolean) return null
  if (type === GraphQLInt) return (value) => isCount(value, most)
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
