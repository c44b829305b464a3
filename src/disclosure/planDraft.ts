import type { FieldNode, GraphQLObjectType } from 'graphql'
import type { ComputedFields } from '../sources/computedFields.ts'
import { fieldsForPart } from '../sources/listFilterFields.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { objectType, type Walk } from './selectionWalk.ts'

/** What is selected of one agency, while it is put together. */
export interface Draft {
  readonly lists: Map<string, Set<string>>
  readonly computed: Map<string, Set<string>>
  holdings: boolean
}

export const emptyDraft = (): Draft => ({ lists: new Map(), computed: new Map(), holdings: false })

/** Selects one field of one list; the empty field selects the list alone. */
export function selectField(
  draft: Draft,
  list: string,
  field: string,
  layout: SourceLayout,
  computed: ComputedFields,
): void {
  const fields = draft.lists.get(list) ?? new Set<string>()
  draft.lists.set(list, fields)
  if (field === '' || field === 'id' || field === 'withheld') return
  const rule = computed[layout.lists.get(list)?.type.name ?? '']?.[field]
  if (!rule) {
    fields.add(field)
    return
  }
  draft.computed.set(list, (draft.computed.get(list) ?? new Set<string>()).add(field))
  for (const input of rule.from) selectField(draft, list, input, layout, computed)
  for (const [nested, inputs] of Object.entries(rule.nested ?? {}))
    for (const input of ['', ...inputs]) selectField(draft, nested, input, layout, computed)
}

/** Selects what an operation selects of one agency's record of a child. */
export function selectRecord(
  draft: Draft,
  type: GraphQLObjectType | undefined,
  nodes: readonly FieldNode[],
  walk: Walk,
  layout: SourceLayout,
  computed: ComputedFields,
): void {
  if (!type) return
  for (const [field, fieldNodes] of walk.fields(type, nodes)) {
    if (field === 'state' || field === 'holdings') draft.holdings = true
    const list = layout.lists.get(field)
    if (list && !list.contract.parent)
      selectList(draft, field, objectType(type.getFields()[field]?.type), fieldNodes, walk, layout, computed)
  }
}

function selectList(
  draft: Draft,
  list: string,
  type: GraphQLObjectType | undefined,
  nodes: readonly FieldNode[],
  walk: Walk,
  layout: SourceLayout,
  computed: ComputedFields,
): void {
  selectField(draft, list, '', layout, computed)
  const of = layout.lists.get(list)
  // A part is chosen by fields that nobody need have selected.
  if (of && nodes.some((node) => (node.arguments ?? []).length > 0))
    for (const field of fieldsForPart(of)) selectField(draft, list, field, layout, computed)
  if (!type) return
  for (const [field, fieldNodes] of walk.fields(type, nodes)) {
    const nested = [...layout.lists.values()].find(
      ({ contract }) => contract.parent?.list === list && contract.parent.field === field,
    )
    const itemType = objectType(type.getFields()[field]?.type)
    if (nested) selectList(draft, nested.list, itemType, fieldNodes, walk, layout, computed)
    else if (field === 'provenance' && itemType)
      for (const [member] of walk.fields(itemType, fieldNodes)) {
        if (member !== 'system' && member !== 'sourceRecordId' && member !== '__typename')
          selectField(draft, list, `provenance.${member}`, layout, computed)
      }
    else if (field !== '__typename') selectField(draft, list, field, layout, computed)
  }
}
