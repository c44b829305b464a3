import type { FieldNode, GraphQLResolveInfo, SelectionNode } from 'graphql'

const known = new WeakMap<FieldNode, readonly string[]>()

/** Names of the fields that are selected below the field that is being resolved, so that no other column is read. */
export function askedFields({ fieldNodes, fragments }: GraphQLResolveInfo): readonly string[] {
  const [node] = fieldNodes
  // Documents are kept by whoever parses them, so that a repeated operation has the same nodes.
  const before = fieldNodes.length === 1 && node ? known.get(node) : undefined
  if (before) return before
  const names = new Set<string>()
  const collect = (selections: readonly SelectionNode[]): void => {
    for (const selection of selections) {
      if (selection.kind === 'Field') names.add(selection.name.value)
      else {
        const { selectionSet } =
          selection.kind === 'InlineFragment' ? selection : (fragments[selection.name.value] ?? {})
        collect(selectionSet?.selections ?? [])
      }
    }
  }
  for (const { selectionSet } of fieldNodes) collect(selectionSet?.selections ?? [])
  const asked = [...names].sort()
  if (fieldNodes.length === 1 && node) known.set(node, asked)
  return asked
}
