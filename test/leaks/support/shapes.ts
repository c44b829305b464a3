import { type GraphQLSchema, getNamedType, isObjectType } from 'graphql'
import type { Operation } from './gatewayAsClient.ts'
import type { Target } from './sqlTap.ts'

/** One way to write the same question. */
export interface Shape {
  readonly name: string
  /** Whether the field is asked at all, once directives are judged. */
  readonly asks: boolean
  readonly write: (path: Path) => Operation
}

/** Where a field stands below `Child`, and how it is written. */
export interface Path {
  readonly child: string
  readonly agency: string
  readonly recordType: string
  readonly childType: string
  /** Lists from the agency's record down to the field's own type. */
  readonly lists: readonly string[]
  readonly type: string
  /** The field, with a selection of its own where it needs one. */
  readonly field: string
}

export function pathOf(schema: GraphQLSchema, { layout, list, column }: Target, child: string): Path {
  const type = schema.getType(list.type.name)
  const inner = isObjectType(type) ? getNamedType(type.getFields()[column.field]?.type) : undefined
  const members = isObjectType(inner) ? ` { ${Object.keys(inner.getFields()).join(' ')} }` : ''
  const parent = list.contract.parent
  return {
    child,
    agency: layout.contract.name,
    recordType: layout.recordType,
    childType: 'Child',
    lists: parent ? [parent.list, parent.field] : [list.list],
    type: list.type.name,
    field: `${column.field}${members}`,
  }
}

const inLists = ({ lists }: Path, innermost: string): string =>
  lists.reduceRight((inside, list) => `${list} { ${inside} }`, innermost)

const inChild = (path: Path, below: string): string => `child(id: "${path.child}") { ${path.agency} { ${below} } }`

const asked = (name: string, write: (path: Path) => string): Shape => ({
  name,
  asks: true,
  write: (path) => ({ query: write(path) }),
})

const byVariable = (name: string, directive: 'include' | 'skip', value: boolean): Shape => ({
  name,
  asks: directive === 'include' ? value : !value,
  write: (path) => ({
    query: `query ($v: Boolean!) { ${inChild(path, inLists(path, `id x: ${path.field.replace(/( \{|$)/, ` @${directive}(if: $v)$1`)}`))} }`,
    variables: { v: value },
  }),
})

/** Every shape: the answer and the statements may depend on what is asked, never on how it is written. */
export const shapes: readonly Shape[] = [
  asked('direct', (path) => `{ ${inChild(path, inLists(path, path.field))} }`),
  asked(
    'alias',
    (path) => `{ c: child(id: "${path.child}") { r: ${path.agency} { ${inLists(path, `x: ${path.field}`)} } } }`,
  ),
  asked('inline fragment', (path) => `{ ${inChild(path, inLists(path, `... { x: ${path.field} }`))} }`),
  asked(
    'typed fragment',
    (path) =>
      `{ ${inChild(path, `... on ${path.recordType} { ${inLists(path, `... on ${path.type} { x: ${path.field} }`)} }`)} }`,
  ),
  asked(
    'named fragment',
    (path) => `{ ${inChild(path, inLists(path, '...F'))} } fragment F on ${path.type} { x: ${path.field} }`,
  ),
  asked(
    'nested fragments',
    (path) =>
      `{ child(id: "${path.child}") { ...A } } fragment A on Child { ${path.agency} { ...B } } fragment B on ${path.recordType} { ${inLists(path, '...C')} } fragment C on ${path.type} { ... { x: ${path.field} } }`,
  ),
  asked(
    'interface',
    (path) => `{ ${inChild(path, inLists(path, `... on Sourced { id ... on ${path.type} { x: ${path.field} } }`))} }`,
  ),
  asked(
    'list',
    (path) =>
      `{ children(ids: ["${path.child}", "${path.child}", "none"]) { ${path.agency} { ${inLists(path, `x: ${path.field}`)} } } }`,
  ),
  asked('twice', (path) => `{ ${inChild(path, `${inLists(path, 'id')} ${inLists(path, `x: ${path.field}`)}`)} }`),
  byVariable('included by variable', 'include', true),
  byVariable('left out by variable', 'include', false),
  byVariable('skipped by variable', 'skip', true),
  byVariable('not skipped by variable', 'skip', false),
]

/** The values of the field, wherever the shape put them. */
export function valuesIn(text: string, path: Path): readonly unknown[] {
  const name = path.field.split(' ')[0] ?? ''
  const found: unknown[] = []
  const walk = (value: unknown, depth: number): void => {
    if (Array.isArray(value)) for (const item of value) walk(item, depth)
    else if (typeof value === 'object' && value !== null) {
      if (depth === 2 + path.lists.length) {
        if ('x' in value) found.push(value.x)
        else if (name in value) found.push(Reflect.get(value, name))
      } else for (const item of Object.values(value)) walk(item, depth + 1)
    }
  }
  const { data } = JSON.parse(text)
  // Of several children asked in one list, the first: they are the same.
  const root = data && (Array.isArray(data.children) ? { child: data.children[0] } : data)
  walk(root, 0)
  return found
}
