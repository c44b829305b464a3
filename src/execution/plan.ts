import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql'
import { type Selecting, selectedFields } from './selection.ts'

/** One field of a compiled selection: all that does not depend on the request is worked out already. */
export interface FieldPlan {
  readonly key: string
  readonly name: string
  readonly parent: GraphQLObjectType
  readonly nodes: readonly FieldNode[]
  readonly field: GraphQLField<unknown, unknown> | null
  /** Arguments, when no variable is in them. */
  readonly constant: Readonly<Record<string, unknown>> | null
  readonly nullable: boolean
  readonly complete: Completion
}

export interface SelectionPlan {
  readonly type: GraphQLObjectType
  readonly fields: readonly FieldPlan[]
  /** A response key may be `__proto__`: the object then has no prototype to be written over. */
  readonly bare: boolean
}

/** How a resolved value becomes part of the answer. */
export type Completion =
  | { readonly kind: 'leaf'; readonly serialize: (value: unknown) => unknown }
  | { readonly kind: 'list'; readonly item: Completion; readonly itemNullable: boolean }
  | { readonly kind: 'object'; readonly selection: SelectionPlan }

/** What every field of an operation shares, for `GraphQLResolveInfo`. */
export interface OperationParts extends Selecting {
  readonly operation: OperationDefinitionNode
}

/** Compiles the selection of a type. Every type of this schema that a field returns is concrete; there is no union. */
export function planSelection(
  parts: OperationParts,
  type: GraphQLObjectType,
  nodes: readonly FieldNode[],
): SelectionPlan {
  return planFields(
    parts,
    type,
    selectedFields(
      parts,
      type,
      nodes.flatMap((node) => node.selectionSet?.selections ?? []),
    ),
  )
}

export function planFields(
  parts: OperationParts,
  type: GraphQLObjectType,
  selected: ReadonlyMap<string, FieldNode[]>,
): SelectionPlan {
  const fields = [...selected].map(([key, nodes]) => planField(parts, type, key, nodes))
  return { type, fields, bare: selected.has('__proto__') }
}

function planField(parts: OperationParts, parent: GraphQLObjectType, key: string, nodes: FieldNode[]): FieldPlan {
  const [node] = nodes
  const name = node?.name.value ?? ''
  const field = parent.getFields()[name] ?? null
  if (!node || !field)
    return { key, name, parent, nodes, field: null, constant: {}, nullable: false, complete: typename }
  const variable = (node.arguments ?? []).some(({ value }) => hasVariable(value))
  return {
    key,
    name,
    parent,
    nodes,
    field,
    constant: variable ? null : Object.freeze(getArgumentValues(field, node)),
    nullable: !isNonNullType(field.type),
    complete: completionOf(parts, field.type, nodes),
  }
}

const typename: Completion = { kind: 'leaf', serialize: (value) => value }

function completionOf(parts: OperationParts, type: GraphQLOutputType, nodes: readonly FieldNode[]): Completion {
  const bare = isNonNullType(type) ? type.ofType : type
  if (isLeafType(bare)) return { kind: 'leaf', serialize: (value) => bare.serialize(value) }
  if (isListType(bare))
    return { kind: 'list', item: completionOf(parts, bare.ofType, nodes), itemNullable: !isNonNullType(bare.ofType) }
  if (isObjectType(bare)) return { kind: 'object', selection: planSelection(parts, bare, nodes) }
  throw new TypeError(`${String(bare)} is abstract, and no field of this schema returns an abstract type.`)
}

const hasVariable = (value: ValueNode): boolean =>
  value.kind === Kind.VARIABLE ||
  (value.kind === Kind.LIST && value.values.some(hasVariable)) ||
  (value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value)))
