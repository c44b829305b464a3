import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'

/** Children that one operation may name at most, over all its fields: one that is named twice is answered twice. */
export const mostNamed = 100

type Variables = Readonly<Record<string, unknown>>
type Count = (variables: Variables) => number

const known = new WeakMap<DocumentNode, Map<string | null, Count>>()

/**
 * How many children an operation names, before anything is looked up. `@skip` and `@include` are not judged: an operation
 * is as large as it can become.
 */
export function childrenNamed(document: DocumentNode, operationName: string | null, variables: Variables): number {
  const counts = known.get(document) ?? new Map<string | null, Count>()
  known.set(document, counts)
  let count = counts.get(operationName)
  if (!count) {
    count = countOf(document, operationName)
    // A name that the document lacks is told by the engine, and kept by nobody.
    if (count !== nothing) counts.set(operationName, count)
  }
  return count(variables)
}

const nothing: Count = () => 0

function countOf(document: DocumentNode, name: string | null): Count {
  const operation = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && (name === null || definition.name?.value === name),
  )
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return nothing
  const fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )
  const parts = rootFields(operation.selectionSet, fragments).flatMap((field) => countOfField(field, operation) ?? [])
  return (variables) => parts.reduce((sum, part) => sum + part(variables), 0)
}

/** Fields at the root that take a list of children, and the argument that holds it. */
const lists: ReadonlyMap<string, string> = new Map([
  ['children', 'ids'],
  // A router's way to the same.
  ['_entities', 'representations'],
])

/** Of one field at the root; the limits let no more than twenty stand there, fragments unfolded. */
function countOfField({ name, arguments: given = [] }: FieldNode, operation: OperationDefinitionNode): Count | null {
  if (name.value === 'child') return () => 1
  const list = lists.get(name.value)
  if (list === undefined) return null
  const ids = given.find((argument) => argument.name.value === list)?.value
  if (ids?.kind === Kind.LIST) return () => ids.values.length
  if (ids?.kind !== Kind.VARIABLE) return () => 1
  const variable = ids.name.value
  const usual = operation.variableDefinitions?.find((each) => each.variable.name.value === variable)?.defaultValue
  const usually = usual?.kind === Kind.LIST ? usual.values.length : 1
  return (variables) => {
    const value = variables[variable]
    return Array.isArray(value) ? value.length : value === undefined ? usually : 1
  }
}

const rootFields = (
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
): FieldNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    if (selection.kind === Kind.INLINE_FRAGMENT) return rootFields(selection.selectionSet, fragments)
    const fragment = fragments.get(selection.name.value)
    return fragment ? rootFields(fragment.selectionSet, fragments) : []
  })
