import {
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLNamedType,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  getNullableType,
  isEnumType,
  isInterfaceType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Random } from './random.ts'

/** One generated selection over `Child`, and the fragments that it needs. */
export interface Selection {
  readonly text: string
  readonly fragments: readonly string[]
}

const deepest = 6
/** A refused field nulls the whole answer, so arguments are mostly those that an honest caller gives. */
const sampleTexts: Readonly<Record<string, readonly string[]>> = {
  from: ['"2025-01-01"', '"2026-06-01"'],
  to: ['"2026-10-31"', '"2025-12-31"'],
  first: ['1', '3', '50', '200'],
  withinDays: ['30', '365', '2000'],
  openOnly: ['true', 'false'],
  open: ['true', 'false'],
  shared: ['true', 'false'],
  known: ['true'],
  with: ['["C10", "none"]'],
  kind: ['"MISSING"', '"CLA_REVIEW"', '"PRICE"'],
  holder: ['"900002"', '"F4"', '"LA2-CSC"'],
  audience: ['"SCHOOL_NURSE"', '"POLICE_PUBLIC_PROTECTION"'],
  asOf: ['"2026-06-15T12:00:00Z"'],
}

/** Random selections over the schema: aliases, arguments, inline and named fragments, interfaces, repeated fields. */
export function selectionsOf(schema: GraphQLSchema, random: Random): () => Selection {
  let names = 0
  const fresh = (prefix: string): string => {
    names += 1
    return `${prefix}${names}`
  }

  const setOf = (type: GraphQLNamedType, depth: number, fragments: string[], most: number): string => {
    if (!isObjectType(type)) return ''
    const fields = Object.values(type.getFields()).filter((field) => depth < deepest || !leadsOn(field))
    const parts = random.some(fields, most).map((field) => fieldOf(field, depth, fragments))
    if (random.oneIn(6)) parts.push('__typename')
    if (parts.length === 0) parts.push('__typename')
    return parts.map((part) => wrapped(part, type, fragments)).join(' ')
  }

  const fieldOf = (field: GraphQLField<unknown, unknown>, depth: number, fragments: string[]): string => {
    const inner = getNamedType(field.type)
    const given = field.args.flatMap((argument) => argumentOf(argument))
    const called = `${random.oneIn(3) || given.length > 0 ? `${fresh('a')}: ` : ''}${field.name}${given.length > 0 ? `(${given.join(', ')})` : ''}`
    return leadsOn(field) ? `${called} { ${setOf(inner, depth + 1, fragments, depth > 3 ? 3 : 6)} }` : called
  }

  const argumentOf = (argument: GraphQLArgument): string[] => {
    if (!isNonNullType(argument.type) && !random.oneIn(2)) return []
    const type = getNamedType(argument.type)
    if (isEnumType(type)) {
      const { name } = random.pick(type.getValues())
      return [`${argument.name}: ${isListType(getNullableType(argument.type)) ? `[${name}]` : name}`]
    }
    const samples = sampleTexts[argument.name]
    return samples ? [`${argument.name}: ${random.pick(samples)}`] : []
  }

  const wrapped = (part: string, type: GraphQLObjectType, fragments: string[]): string => {
    const shape = random.below(12)
    if (shape === 0) return `... { ${part} }`
    if (shape === 1) return `... on ${type.name} { ${part} }`
    if (shape === 2) {
      const name = fresh('F')
      fragments.push(`fragment ${name} on ${type.name} { ${part} }`)
      return `...${name}`
    }
    if (shape === 3 && /^(id|eventAt|sensitivity)$/.test(part)) {
      const face = type.getInterfaces().find((found) => isInterfaceType(found) && found.name === 'Sourced')
      if (face) return `... on ${face.name} { ${part} }`
    }
    if (shape === 4) return `... @include(if: true) { ${part} }`
    if (shape === 5) return `... @skip(if: true) { ${part} }`
    return part
  }

  const child = schema.getType('Child')
  if (!isObjectType(child)) throw new Error('The schema has no Child.')
  return () => {
    const fragments: string[] = []
    return { text: setOf(child, 0, fragments, 3), fragments }
  }
}

const leadsOn = (field: GraphQLField<unknown, unknown>): boolean => isObjectType(getNamedType(field.type))

/** Several selections of one child as one operation; every selection with arguments has an alias of its own. */
export const operationOf = (child: string, selections: readonly Selection[]): string =>
  [
    `{ child(id: "${child}") { ${selections.map(({ text }) => text).join('\n')} } }`,
    ...selections.flatMap(({ fragments }) => fragments),
  ].join('\n')
