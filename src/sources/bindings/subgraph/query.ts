import {
  type FieldDefinitionNode,
  Kind,
  type ObjectTypeDefinitionNode,
  type ObjectTypeExtensionNode,
  parse,
  type TypeNode,
} from 'graphql'
import { StartupError } from '../../../foundation/errors.ts'
import type { FieldSelection } from '../../source.ts'
import type { ListLayout, SourceLayout } from '../../sourceLayout.ts'
import { headFields, headProvenance } from './head.ts'

/** A value of a row, and what it must be like in the answer of a process that is not trusted to be well. */
export interface AskedField {
  /** Name in the row: `grade`, `provenance.la`. */
  readonly key: string
  /** Name in the answer, under `provenance` when the key says so. */
  readonly name: string
  readonly kind: 'number' | 'boolean' | 'text'
  readonly list: boolean
  /** For a value of several parts, such as counts by code: its parts. */
  readonly parts: readonly string[]
}

export interface AskedList {
  readonly list: string
  readonly layout: ListLayout
  /** Field that holds it: of the record, or of the rows of the list it stands under. */
  readonly field: string
  readonly selected: boolean
  readonly fields: readonly AskedField[]
  readonly nested: readonly AskedList[]
}

/** One operation for one selection, for any number of children, and how to read its answer. */
export interface SubgraphQuery {
  readonly text: string
  readonly layout: SourceLayout
  /** What may stand in front of a record's id. */
  readonly prefixes: readonly string[]
  readonly lists: readonly AskedList[]
  readonly holdings: boolean
}

/** Types of an agency's schema, by name: what may be asked of its subgraph. */
export interface AgencyTypes {
  readonly record: ObjectTypeDefinitionNode
  readonly byName: ReadonlyMap<string, ObjectTypeDefinitionNode>
}

/** @param sdls the agency's SDL and the shared one. */
export const agencyTypesOf = (agency: string, sdls: readonly string[]): AgencyTypes => {
  const definitions = sdls.flatMap((sdl) => parse(sdl, { noLocation: true }).definitions)
  const byName = new Map<string, ObjectTypeDefinitionNode>()
  let recordName: string | undefined
  for (const definition of definitions) {
    if (definition.kind === Kind.OBJECT_TYPE_DEFINITION) byName.set(definition.name.value, definition)
    if (definition.kind === Kind.OBJECT_TYPE_EXTENSION && definition.name.value === 'Child') {
      recordName = nameOf(fieldOf(definition, agency)?.type)
    }
  }
  const record = byName.get(recordName ?? '')
  if (!record) throw new StartupError([`schema/${agency}.graphql gives Child no record of ${agency}.`])
  return { record, byName }
}

/** Builds the operation: the fields of each selected list, nested lists under the list they stand under. */
export const subgraphQuery = (
  source: SourceLayout,
  types: AgencyTypes,
  selection: FieldSelection,
  prefixes: readonly string[] = [source.contract.name],
): SubgraphQuery => {
  const listsUnder = (owner: ObjectTypeDefinitionNode, parent: string | null): AskedList[] =>
    [...source.lists.values()].flatMap((layout) => {
      const { list, contract } = layout
      const under = contract.parent
      if ((under?.list ?? null) !== parent) return []
      const field = under?.field ?? list
      const type = types.byName.get(nameOf(fieldOf(owner, field)?.type) ?? '')
      if (!type) return []
      const nested = listsUnder(type, list)
      const asked = selection.lists.get(list)
      if (!asked && nested.length === 0) return []
      const ages = [...(asked ?? [])].flatMap((key) => layout.columns.get(key)?.label.adultUnless ?? [])
      const keys = new Set([...(asked ?? []), ...ages])
      const fields = [...keys].flatMap((key) => askedField(key, type, types) ?? [])
      return [{ list, layout, field, selected: asked !== undefined, fields, nested }]
    })
  const lists = listsUnder(types.record, null)
  const holdings = selection.holdings ? ' holdings { list service count latest }' : ''
  const record = `__typename ${lists.map((list) => selectionOf(list, false)).join(' ')}${holdings}`
  const text = `query AgencyRecords($representations: [_Any!]!) { _entities(representations: $representations) { ... on Child { id ${source.contract.name} { ${record} } } } }`
  return { text, layout: source, prefixes, lists, holdings: selection.holdings }
}

const selectionOf = ({ field, fields, nested, layout }: AskedList, isNested: boolean): string => {
  const provenance = fields.filter((each) => each.key !== each.name).map((each) => each.name)
  const plain = fields
    .filter((each) => each.key === each.name)
    .map(({ name, parts }) => (parts.length > 0 ? `${name} { ${parts.join(' ')} }` : name))
  const selections = [
    'id',
    // Rows of a nested list come in the order of their parents, and must be put in the order of time.
    ...(isNested ? ['orderedAt: eventAt'] : []),
    ...new Set([...plain, ...headFields(layout)]),
    `provenance { ${[...new Set([...provenance, ...headProvenance])].join(' ')} }`,
    ...nested.map((list) => selectionOf(list, true)),
  ]
  return `${field} { ${selections.join(' ')} }`
}

/** Null for what is not of the schema or is made by the gateway itself, such as `parent` and `withheld`. */
const askedField = (key: string, type: ObjectTypeDefinitionNode, types: AgencyTypes): AskedField | null => {
  const inProvenance = key.startsWith('provenance.')
  const name = inProvenance ? key.slice('provenance.'.length) : key
  const owner = inProvenance ? types.byName.get('Provenance') : type
  const field = owner && fieldOf(owner, name)
  if (!field || name === 'id' || name === 'withheld') return null
  const typeName = nameOf(field.type) ?? ''
  const parts = types.byName.get(typeName)?.fields?.map((part) => part.name.value) ?? []
  const kind = typeName === 'Int' || typeName === 'Float' ? 'number' : typeName === 'Boolean' ? 'boolean' : 'text'
  return { key, name, kind, list: isList(field.type), parts }
}

const fieldOf = (
  type: ObjectTypeDefinitionNode | ObjectTypeExtensionNode,
  name: string,
): FieldDefinitionNode | undefined => type.fields?.find((field) => field.name.value === name)

const nameOf = (type: TypeNode | undefined): string | undefined => {
  if (!type) return undefined
  return type.kind === Kind.NAMED_TYPE ? type.name.value : nameOf(type.type)
}

const isList = (type: TypeNode): boolean =>
  type.kind === Kind.LIST_TYPE || (type.kind === Kind.NON_NULL_TYPE && isList(type.type))
