import {
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  isListType,
  isNonNullType,
  isObjectType,
  type SelectionNode,
} from 'graphql'
import type { Selects } from './requestContext.ts'

/** The selection of one operation, as far as it is walked. */
export interface Walk {
  /** Fields selected on a type by these nodes, through fragments, with `@skip` and `@include` judged. */
  readonly fields: (type: GraphQLObjectType, nodes: readonly FieldNode[]) => Map<string, FieldNode[]>
}

export const walkOf = (info: GraphQLResolveInfo): Walk => ({
  fields: (type, nodes) => {
    const found = new Map<string, FieldNode[]>()
    for (const node of nodes)
      collect(info.schema, type, node.selectionSet?.selections ?? [], info.fragments, info.variableValues, found)
    return found
  },
})

function collect(
  schema: GraphQLSchema,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
  fragments: Readonly<Record<string, FragmentDefinitionNode>>,
  variables: Readonly<Record<string, unknown>>,
  found: Map<string, FieldNode[]>,
): void {
  for (const node of selections) {
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) continue
    if (getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] === false) continue
    if (node.kind === 'Field') {
      found.set(node.name.value, [...(found.get(node.name.value) ?? []), node])
      continue
    }
    const fragment = node.kind === 'InlineFragment' ? node : fragments[node.name.value]
    if (!fragment || !applies(schema, type, fragment.typeCondition?.name.value)) continue
    collect(schema, type, fragment.selectionSet.selections, fragments, variables, found)
  }
}

function applies(schema: GraphQLSchema, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true
  const abstract = schema.getType(condition)
  return isAbstractType(abstract) && schema.isSubType(abstract, type)
}

export function objectType(type: unknown): GraphQLObjectType | undefined {
  let inner = type
  while (isListType(inner) || isNonNullType(inner)) inner = inner.ofType
  return isObjectType(inner) ? inner : undefined
}

/** Whether a path is selected below a field. */
export const selectsBelow =
  (type: GraphQLObjectType | undefined, nodes: readonly FieldNode[], walk: Walk): Selects =>
  (path) => {
    let below = { type, nodes }
    for (const name of path.split('.')) {
      const found = below.type && walk.fields(below.type, below.nodes).get(name)
      if (!found) return false
      below = { type: objectType(below.type?.getFields()[name]?.type), nodes: found }
    }
    return true
  }
