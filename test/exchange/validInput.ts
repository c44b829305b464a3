import { readdirSync, readFileSync } from 'node:fs'
import { type EnumTypeDefinitionNode, type InputValueDefinitionNode, Kind, parse, type TypeNode } from 'graphql'
import { written } from './support.ts'

const definitions = readdirSync('schema').flatMap((file) => parse(readFileSync(`schema/${file}`, 'utf8')).definitions)
const inputs = new Map(
  definitions.flatMap((each) =>
    each.kind === Kind.INPUT_OBJECT_TYPE_DEFINITION ? [[each.name.value, each.fields ?? []] as const] : [],
  ),
)
const enums = new Map<string, EnumTypeDefinitionNode>(
  definitions.flatMap((each) => (each.kind === Kind.ENUM_TYPE_DEFINITION ? [[each.name.value, each] as const] : [])),
)
const mutations = new Map(
  definitions.flatMap((each) =>
    (each.kind === Kind.OBJECT_TYPE_DEFINITION || each.kind === Kind.OBJECT_TYPE_EXTENSION) &&
    each.name.value === 'Mutation'
      ? (each.fields ?? []).map((field) => [field.name.value, field.arguments ?? []] as const)
      : [],
  ),
)

const scalars: Readonly<Record<string, unknown>> = {
  ...{ String: 'Duty manager', Boolean: true, Int: 1, Date: '2026-11-20', DateTime: '2026-11-20T10:00:00Z' },
  ...{ ID: 'C04', LaCode: 'LA3', ForceCode: 'F4' },
}

function valueFor(type: TypeNode, given: Readonly<Record<string, unknown>>): unknown {
  if (type.kind === Kind.NON_NULL_TYPE) return valueFor(type.type, given)
  if (type.kind === Kind.LIST_TYPE) return [valueFor(type.type, given)]
  const { value: name } = type.name
  const fields = inputs.get(name)
  if (fields) return objectOf(fields, given)
  const first = enums.get(name)?.values?.[0]?.name.value
  return first === undefined ? (scalars[name] ?? 'x') : `=${first}`
}

/** What must be given, and what is given by name wherever it stands. */
const objectOf = (fields: readonly InputValueDefinitionNode[], given: Readonly<Record<string, unknown>>) =>
  Object.fromEntries(
    fields.flatMap(({ name, type, defaultValue }) => {
      if (name.value in given) return [[name.value, given[name.value]] as const]
      return type.kind === Kind.NON_NULL_TYPE && !defaultValue ? [[name.value, valueFor(type, given)] as const] : []
    }),
  )

/** A mutation as the schema takes it, with what it must be given made up, and this given by its name. */
export const validMutation = (name: string, given: Readonly<Record<string, unknown>>, selection: string): string =>
  `mutation { ${name}(${Object.entries(objectOf(mutations.get(name) ?? [], given))
    .map(([argument, value]) => `${argument}: ${written(value)}`)
    .join(', ')}) ${selection} }`
