import {
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { publicSchema } from './wholeView.ts'

/** What a question about one child says under each name; whatever else has no default is said in some form it takes. */
export type Said = Readonly<Record<string, string>>

const scalars: Readonly<Record<string, string>> = {
  Date: '"2026-11-20"',
  DateTime: '"2026-11-20T10:00:00Z"',
  Boolean: 'true',
  Int: '1',
  LaCode: '"LA2"',
  ForceCode: '"F1"',
}

function saidFor(type: GraphQLInputType, name: string, said: Said): string {
  if (isNonNullType(type)) return saidFor(type.ofType, name, said)
  if (isListType(type)) return `[${saidFor(type.ofType, name, said)}]`
  if (isEnumType(type)) {
    const values = type.getValues().map((value) => value.name)
    return values.find((value) => value === said[name]) ?? values[0] ?? ''
  }
  if (isInputObjectType(type))
    return `{ ${Object.values(type.getFields())
      .filter((field) => isNonNullType(field.type) || said[field.name] !== undefined)
      .map((field) => `${field.name}: ${saidFor(field.type, field.name, said)}`)
      .join(', ')} }`
  const word = said[name]
  // A name of an enumeration is no text.
  return word !== undefined && !/^[A-Z]/.test(word) ? word : (scalars[type.name] ?? '"x"')
}

/** A child within a list is asked where they are and who works with them; the whole view is a question of its own. */
const withinList =
  'id names { family given } status { areaLa areaForce educationLa } involvements(openOnly: false) { service contact }'

const selectionOf = (type: GraphQLObjectType): string => {
  if (type.name === 'Child') return withinList
  const nested = Object.values(type.getFields()).filter(({ type: of }) => getNamedType(of).name === 'Child')
  const rest = Object.values(type.getFields()).filter((field) => !nested.includes(field))
  const others = rest.map((field) => {
    const of = getNamedType(field.type)
    if (field.args.some(({ type: arg, defaultValue }) => isNonNullType(arg) && defaultValue === undefined)) return ''
    return isObjectType(of) ? `${field.name} { ${selectionOf(of)} }` : field.name
  })
  return [...nested.map(({ name }) => `${name} { ${withinList} }`), ...others].join(' ')
}

const asked = (kind: 'query' | 'mutation', said: Said) => (field: GraphQLField<unknown, unknown>) => {
  const args = field.args
    .filter(({ name, type, defaultValue }) => (isNonNullType(type) && defaultValue === undefined) || said[name])
    .map(({ name, type }) => `${name}: ${saidFor(type, name, said)}`)
  const type = getNamedType(field.type)
  const selection = isObjectType(type) ? ` { ${selectionOf(type)} }` : ''
  return `${kind} { ${field.name}${args.length > 0 ? `(${args.join(', ')})` : ''}${selection} }`
}

/** Every field of the schema that can be asked for, with everything below it: what it gains is among them by itself. */
export const everyQuery = (said: Said): readonly string[] =>
  Object.values(publicSchema.getQueryType()?.getFields() ?? {}).map(asked('query', said))

/** Every act of the schema, with everything that it answers. */
export const everyAct = (said: Said): readonly string[] =>
  Object.values(publicSchema.getMutationType()?.getFields() ?? {}).map(asked('mutation', said))
