import { type GraphQLOutputType, type GraphQLSchema, getNamedType, isNonNullType, isObjectType } from 'graphql'
import type { Operation } from './gatewayAsClient.ts'

/** A field of `Child` that the gateway joins itself, with all that can be asked below it. */
export interface JoinedField {
  readonly name: string
  readonly text: string
}

const deepest = 4

/** Every field of `Child` that is no agency's own record, written in full. */
export function joinedFieldsOf(schema: GraphQLSchema, agencyFields: readonly string[]): readonly JoinedField[] {
  const child = schema.getType('Child')
  if (!isObjectType(child)) throw new Error('The schema has no Child.')
  return Object.values(child.getFields())
    .filter(({ name, args }) => !agencyFields.includes(name) && args.every(({ type }) => !isNonNullType(type)))
    .map(({ name, type }) => ({ name, text: `${name}${below(type, 0)}` }))
}

function below(type: GraphQLOutputType, depth: number): string {
  const named = getNamedType(type)
  if (!isObjectType(named)) return ''
  const fields = Object.values(named.getFields()).filter(
    (field) => depth < deepest || !isObjectType(getNamedType(field.type)),
  )
  return ` { ${fields.map((field) => `${field.name}${below(field.type, depth + 1)}`).join(' ')} }`
}

interface JoinedShape {
  readonly name: string
  readonly asks: boolean
  readonly write: (child: string, field: JoinedField) => Operation
}

const byVariable = (directive: 'include' | 'skip', value: boolean): JoinedShape => ({
  name: `${directive} by variable ${value}`,
  asks: directive === 'include' ? value : !value,
  write: (child, { text, name }) => ({
    query: `query ($v: Boolean!) { child(id: "${child}") { id x: ${text.replace(name, `${name} @${directive}(if: $v)`)} } }`,
    variables: { v: value },
  }),
})

const written = (name: string, write: (child: string, field: JoinedField) => string): JoinedShape => ({
  name,
  asks: true,
  write: (child, field) => ({ query: write(child, field) }),
})

/** The ways in which a joined field may be asked. */
export const joinedShapes: readonly JoinedShape[] = [
  written('direct', (child, { text }) => `{ child(id: "${child}") { ${text} } }`),
  written('alias', (child, { text }) => `{ c: child(id: "${child}") { x: ${text} } }`),
  written('inline fragment', (child, { text }) => `{ child(id: "${child}") { ... { x: ${text} } } }`),
  written('typed fragment', (child, { text }) => `{ child(id: "${child}") { ... on Child { x: ${text} } } }`),
  written(
    'named fragment',
    (child, { text }) => `{ child(id: "${child}") { ...F } } fragment F on Child { x: ${text} }`,
  ),
  written('list', (child, { text }) => `{ children(ids: ["${child}", "none"]) { x: ${text} } }`),
  written('beside itself', (child, { text }) => `{ child(id: "${child}") { a: ${text} b: ${text} } }`),
  byVariable('include', true),
  byVariable('include', false),
  byVariable('skip', true),
  byVariable('skip', false),
]
