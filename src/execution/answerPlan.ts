import {
  type FieldNode,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  GraphQLString,
  getArgumentValues,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
  Kind,
  type OperationDefinitionNode,
  type ValueNode,
} from 'graphql'
import { Constant } from './constantBytes.ts'
import type { JsonBytes } from './jsonBytes.ts'
import { type DirectResolver, isDirect } from './parentOnlyResolver.ts'
import { type LeafPutter, leafPutter } from './scalarText.ts'
import { type Selecting, selectedFields } from './selectedFields.ts'

/** One field of a compiled selection: all that does not depend on the request is worked out already. */
export interface FieldPlan {
  readonly key: string
  /** What stands before its value in the answer's text, in UTF-8: the key, after a brace or a comma. */
  readonly opening: Constant
  readonly name: string
  readonly parent: GraphQLObjectType
  readonly nodes: readonly FieldNode[]
  readonly field: GraphQLField<unknown, unknown> | null
  /** Its resolver, when that looks at its parent alone and nothing was given to the field. */
  readonly direct: DirectResolver | null
  /** Writes its whole value, where that can be done without resolving what is selected in it. */
  readonly write: SourceWriter | null
  /** Arguments, when no variable is in them. */
  readonly constant: Readonly<Record<string, unknown>> | null
  readonly nullable: boolean
  readonly complete: Completion
}

/**
 * Writes a field's value as JSON from the field's parent. False, with nothing written: then it is resolved like any
 * other. It must give the same text.
 */
export type SourceWriter = (source: unknown, out: JsonBytes) => boolean

/** Member of a field's `extensions` that makes its writer for a selection; null where it cannot. */
export const writerFor = 'writerFor'

export interface SelectionPlan {
  readonly type: GraphQLObjectType
  readonly fields: readonly FieldPlan[]
}

/** How a resolved value becomes part of the answer's text. */
export type Completion =
  | { readonly kind: 'leaf'; readonly put: LeafPutter }
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
  const fields = [...selected].map(([key, nodes], place) => planField(parts, type, key, nodes, place))
  return { type, fields }
}

function planField(
  parts: OperationParts,
  parent: GraphQLObjectType,
  key: string,
  nodes: FieldNode[],
  place: number,
): FieldPlan {
  const [node] = nodes
  const name = node?.name.value ?? ''
  const field = parent.getFields()[name] ?? null
  const opening = new Constant(`${place === 0 ? '{' : ','}${JSON.stringify(key)}:`)
  if (!node || !field)
    return {
      key,
      opening,
      name,
      parent,
      nodes,
      field: null,
      direct: null,
      write: null,
      constant: {},
      nullable: false,
      complete: typename,
    }
  const complete = completionOf(parts, field.type, nodes)
  const variable = (node.arguments ?? []).some(({ value }) => hasVariable(value))
  return {
    key,
    opening,
    name,
    parent,
    nodes,
    field,
    direct: !isGiven(field, node) && isDirect(field.resolve) ? field.resolve : null,
    write: isGiven(field, node) ? null : writerOf(field, complete),
    constant: variable ? null : Object.freeze(getArgumentValues(field, node)),
    nullable: !isNonNullType(field.type),
    complete,
  }
}

/** Whether a field has arguments to look at: written out, or by their defaults. */
const isGiven = ({ args }: GraphQLField<unknown, unknown>, node: FieldNode): boolean =>
  (node.arguments ?? []).length > 0 || args.some(({ defaultValue }) => defaultValue !== undefined)

function writerOf(field: GraphQLField<unknown, unknown>, complete: Completion): SourceWriter | null {
  const make = field.extensions[writerFor] as ((selection: SelectionPlan) => SourceWriter | null) | undefined
  return make && complete.kind === 'list' && complete.item.kind === 'object' ? make(complete.item.selection) : null
}

const typename: Completion = { kind: 'leaf', put: leafPutter(GraphQLString) }

function completionOf(parts: OperationParts, type: GraphQLOutputType, nodes: readonly FieldNode[]): Completion {
  const bare = isNonNullType(type) ? type.ofType : type
  if (isLeafType(bare)) return { kind: 'leaf', put: leafPutter(bare) }
  if (isListType(bare))
    return { kind: 'list', item: completionOf(parts, bare.ofType, nodes), itemNullable: !isNonNullType(bare.ofType) }
  if (isObjectType(bare)) return { kind: 'object', selection: planSelection(parts, bare, nodes) }
  throw new TypeError(`${String(bare)} is abstract, and no field of this schema returns an abstract type.`)
}

const hasVariable = (value: ValueNode): boolean =>
  value.kind === Kind.VARIABLE ||
  (value.kind === Kind.LIST && value.values.some(hasVariable)) ||
  (value.kind === Kind.OBJECT && value.fields.some((field) => hasVariable(field.value)))
