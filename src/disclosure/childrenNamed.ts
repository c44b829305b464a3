import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  Kind,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql'
import { Refusal } from '../foundation/errors.ts'

/** Children that one operation may name at most, over all its fields: one that is named twice is answered twice. */
export const mostNamed = 100

/** Aliases times the children that they are written for: what is aliased below a list is written for each of it. */
export const mostAliased = 1000

/** Questions over many children in one operation at most: each goes through as many as an authority has. */
export const mostOverMany = 4

type Variables = Readonly<Record<string, unknown>>

export interface Named {
  readonly children: number
  /** Aliases below each field, times the children that the field names. */
  readonly aliased: number
  /** Questions over many children. */
  readonly overMany: number
}

/** One field at the root that names children, or looks through many. */
interface Naming {
  readonly children: (variables: Variables) => number
  /** Aliases below it, every fragment unfolded. */
  readonly aliases: number
  readonly isOverMany: boolean
}

const known = new WeakMap<DocumentNode, Map<string | null, readonly Naming[]>>()

/**
 * How many children an operation names, before anything is looked up. `@skip` and `@include` are not judged: an
 * operation is as large as it can become.
 *
 * @param document within the limits: what its fragments unfold to is bounded.
 */
export function childrenNamed(document: DocumentNode, operationName: string | null, variables: Variables): Named {
  const named = known.get(document) ?? new Map<string | null, readonly Naming[]>()
  known.set(document, named)
  const fields = named.get(operationName) ?? namingsOf(document, operationName)
  // A name that the document lacks is reported by the engine, and cached by nobody.
  if (fields.length > 0) named.set(operationName, fields)
  let children = 0
  let aliased = 0
  for (const field of fields) {
    const count = field.children(variables)
    children += count
    aliased += count * field.aliases
  }
  return { children, aliased, overMany: fields.filter(({ isOverMany }) => isOverMany).length }
}

/** @throws Refusal OPERATION_TOO_LARGE for an operation over too many children. */
export function demandFewChildren(...operation: Parameters<typeof childrenNamed>): void {
  const { children, aliased, overMany } = childrenNamed(...operation)
  if (children > mostNamed) throw tooLarge(`Ask for ${mostNamed} children at most in one operation.`)
  if (aliased > mostAliased)
    throw tooLarge(`Aliases times the children that they are asked of are ${mostAliased} at most.`)
  if (overMany > mostOverMany) throw tooLarge(`Ask ${mostOverMany} questions over many children at most.`)
}

const tooLarge = (message: string): Refusal => new Refusal('OPERATION_TOO_LARGE', { message })

function namingsOf(document: DocumentNode, name: string | null): readonly Naming[] {
  const operation = document.definitions.find(
    (definition) => definition.kind === Kind.OPERATION_DEFINITION && (name === null || definition.name?.value === name),
  )
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return []
  const fragments: Fragments = new Map(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION ? [[definition.name.value, definition] as const] : [],
    ),
  )
  return fieldsOf(operation.selectionSet, fragments).flatMap((field) => {
    const isOverMany = overManyChildren.has(field.name.value)
    const children = countOf(field, operation) ?? (isOverMany ? () => 0 : null)
    return children ? [{ children, isOverMany, aliases: aliasesBelow(field, fragments) }] : []
  })
}

type Fragments = ReadonlyMap<string, FragmentDefinitionNode>

const aliasesBelow = ({ selectionSet }: FieldNode, fragments: Fragments): number =>
  selectionSet
    ? fieldsOf(selectionSet, fragments).reduce(
        (sum, field) => sum + (field.alias ? 1 : 0) + aliasesBelow(field, fragments),
        0,
      )
    : 0

/** Fields at the root that take a list of children, and the argument that holds it. */
const lists: ReadonlyMap<string, string> = new Map([
  ['children', 'ids'],
  ['caseAudit', 'caseIds'],
  // A router's way to the same.
  ['_entities', 'representations'],
])

/** Fields at the root that look through the children of an organisation, an authority or an area. */
const overManyChildren: ReadonlySet<string> = new Set([
  'caseAudit',
  'dataQuality',
  'forumListings',
  'missingNotices',
  'placedIn',
  'placedOut',
  'problemProfile',
  'worklist',
])

/** How many children one field at the root names; null for a field that names none. */
function countOf(
  { name, arguments: given = [] }: FieldNode,
  operation: OperationDefinitionNode,
): Naming['children'] | null {
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

const fieldsOf = ({ selections }: SelectionSetNode, fragments: Fragments): FieldNode[] =>
  selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection]
    if (selection.kind === Kind.INLINE_FRAGMENT) return fieldsOf(selection.selectionSet, fragments)
    const fragment = fragments.get(selection.name.value)
    return fragment ? fieldsOf(fragment.selectionSet, fragments) : []
  })
