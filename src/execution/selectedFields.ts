import {
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  GraphQLIncludeDirective,
  type GraphQLObjectType,
  type GraphQLSchema,
  GraphQLSkipDirective,
  getDirectiveValues,
  isAbstractType,
  Kind,
  type SelectionNode,
  visit,
} from 'graphql'

/** The parts of an operation that selecting needs. */
export interface Selecting {
  readonly schema: GraphQLSchema
  readonly fragments: Record<string, FragmentDefinitionNode>
  /** Values of the variables that `@skip` and `@include` read: a plan holds for these values alone. */
  readonly variables: Readonly<Record<string, unknown>>
}

/**
 * Fields selected on a type by these nodes, by response key, through fragments, with `@skip` and `@include` judged.
 * Spec: CollectFields.
 */
export function selectedFields(
  { schema, fragments, variables }: Selecting,
  type: GraphQLObjectType,
  selections: readonly SelectionNode[],
): Map<string, FieldNode[]> {
  const found = new Map<string, FieldNode[]>()
  const spread = new Set<string>()
  const collect = (nodes: readonly SelectionNode[]): void => {
    for (const node of nodes) {
      if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.['if'] === true) continue
      if (getDirectiveValues(GraphQLIncludeDirective, node, variables)?.['if'] === false) continue
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value
        const known = found.get(key)
        if (known) known.push(node)
        else found.set(key, [node])
        continue
      }
      if (node.kind === Kind.FRAGMENT_SPREAD) {
        if (spread.has(node.name.value)) continue
        spread.add(node.name.value)
      }
      const fragment = node.kind === Kind.INLINE_FRAGMENT ? node : fragments[node.name.value]
      if (fragment && appliesTo(schema, type, fragment.typeCondition?.name.value))
        collect(fragment.selectionSet.selections)
    }
  }
  collect(selections)
  return found
}

function appliesTo(schema: GraphQLSchema, type: GraphQLObjectType, condition: string | undefined): boolean {
  if (condition === undefined || condition === type.name) return true
  const abstract = schema.getType(condition)
  return isAbstractType(abstract) && schema.isSubType(abstract, type)
}

/** Variables on which the shape of the answer depends: those that a `@skip` or `@include` reads. */
export function directiveVariables(document: DocumentNode): string[] {
  const names = new Set<string>()
  visit(document, {
    Directive: (directive) => {
      for (const argument of directive.arguments ?? [])
        if (argument.value.kind === Kind.VARIABLE) names.add(argument.value.name.value)
    },
  })
  return [...names].sort()
}
