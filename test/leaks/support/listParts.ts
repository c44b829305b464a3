import {
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLSchema,
  getNamedType,
  isEnumType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import { mark } from './hiddenRows.ts'

const deepest = 4
/** Questions of one operation: the server lets no more objects be asked under other names. */
const most = 40

/** Arguments that choose a part of a list, set so that a hidden row would stand in it, or where it goes on. */
const samples: Readonly<Record<string, readonly string[]>> = {
  from: ['"2026-06-15"'],
  to: ['"2026-06-15"'],
  first: ['1'],
  after: [`"police:1${mark}"`],
  kind: ['"MISSING"'],
  coinciding: ['true'],
  shared: ['true'],
  known: ['true'],
  with: ['["C10", "C08", "none"]'],
}

/** Every list below a child that can be asked for in part, each argument alone and all together. */
export function listPartsOf(schema: GraphQLSchema, child: string): readonly string[] {
  const type = schema.getType('Child')
  if (!isObjectType(type)) throw new Error('The schema has no Child.')
  const questions = below(type, [], new Set())
  const chunks = Array.from({ length: Math.ceil(questions.length / most) }, (_, index) =>
    questions.slice(index * most, (index + 1) * most),
  )
  return chunks.map(
    (some) => `{ child(id: "${child}") { ${some.map((text, index) => `q${index}: ${text}`).join(' ')} } }`,
  )
}

function below(type: GraphQLObjectType, path: readonly string[], above: ReadonlySet<string>): readonly string[] {
  if (path.length >= deepest || above.has(type.name)) return []
  return Object.values(type.getFields()).flatMap((field) => {
    const inner = getNamedType(field.type)
    if (!isObjectType(inner) || field.args.some(({ type: of }) => isNonNullType(of))) return []
    const asked = argumentsOf(field).map(
      (given) => `${[...path, `${field.name}(${given})`].join(' { ')} ${leaves(inner)}${' }'.repeat(path.length)}`,
    )
    return [...asked, ...below(inner, [...path, field.name], new Set([...above, type.name]))]
  })
}

function argumentsOf({ args }: GraphQLField<unknown, unknown>): readonly string[] {
  const given = args.flatMap(({ name, type }) => {
    const named = getNamedType(type)
    const values = isEnumType(named) && name === 'kind' ? named.getValues().map((each) => each.name) : samples[name]
    const value = values?.[0]
    return value === undefined ? [] : [`${name}: ${value}`]
  })
  if (given.length === 0) return []
  return [...given.filter((one) => one.startsWith('after')), given.filter((one) => !one.startsWith('after')).join(', ')]
}

const leaves = (type: GraphQLObjectType): string => {
  const names = Object.values(type.getFields())
    .filter((field) => !isObjectType(getNamedType(field.type)))
    .map(({ name }) => name)
  return `{ ${names.length > 0 ? names.join(' ') : '__typename'} }`
}
