import {
  type GraphQLField,
  type GraphQLLeafType,
  type GraphQLObjectType,
  type GraphQLSchema,
  isEnumType,
  isLeafType,
  isListType,
  isNonNullType,
  isObjectType,
} from 'graphql'
import type { Classification, FieldClass, TypeClass } from '../policy/classify.ts'
import type { ListTable } from './bindings/sql/tables.ts'
import { type Clean, cleanOf, cleanOfObjects } from './cleanValue.ts'
import type { ListContract } from './contract.ts'
import { datedBy } from './datedFields.ts'

/** How a stored column is read from its text. */
export type ColumnKind = 'text' | 'integer' | 'number' | 'boolean' | 'date' | 'instant' | 'list' | 'objects'

export interface ColumnLayout {
  readonly field: string
  readonly column: string
  readonly kind: ColumnKind
  readonly label: FieldClass
  /** The type of its values, one by one; null where they are objects. */
  readonly leaf: GraphQLLeafType | null
  /** What its type lets through; null where that is everything. */
  readonly clean: Clean | null
  /** The field that says when its value came to be, by which it is not read as of an earlier day: `datedFields.ts`. */
  readonly datedBy: string | null
  /** Column of the whole of which it counts a part: above that it is no value. */
  readonly partOf: string | null
}

const kinds: Readonly<Record<string, ColumnKind>> = {
  Int: 'integer',
  Float: 'number',
  Boolean: 'boolean',
  Date: 'date',
  DateTime: 'instant',
}

export const itemTypeOf = (field: GraphQLField<unknown, unknown> | undefined): GraphQLObjectType | undefined => {
  const type = field && innermost(field.type)
  return isObjectType(type) ? type : undefined
}

const innermost = (type: unknown): unknown => {
  let inner = type
  while (isListType(inner) || isNonNullType(inner)) inner = inner.ofType
  return inner
}

/**
 * Words that the schema names for a field: the values of its enum, else those that its description gives in capitals.
 * What a caller may ask for by kind is what is written there, and what records bear besides.
 */
export function wordsFor(field: GraphQLField<unknown, unknown> | undefined): readonly string[] {
  const leaf = field && leafOf(field.type)
  if (isEnumType(leaf)) return leaf.getValues().map(({ name }) => name)
  return field?.description?.match(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)*\b/g) ?? []
}

const recordFields = new Set(['id', 'eventAt', 'provenance', 'sensitivity', 'withheld'])

export function columnsOf(
  type: GraphQLObjectType,
  typeClass: TypeClass,
  named: ListTable,
  computed: Readonly<Record<string, unknown>>,
  { most = {}, parts = {} }: Pick<ListContract, 'most' | 'parts'>,
  classification: Classification,
  onBad: (field: string) => void,
): ReadonlyMap<string, ColumnLayout> {
  const columns = new Map<string, ColumnLayout>()
  const nameOf = (field: string) => named.columns?.[field] ?? snakeCase(field)
  for (const field of Object.values(type.getFields())) {
    const label = typeClass.fields.get(field.name)
    const nested = itemTypeOf(field)
    if (recordFields.has(field.name) || field.name in computed || !label || (nested && classification.has(nested.name)))
      continue
    const kind = kindOf(field.type)
    columns.set(field.name, {
      field: field.name,
      column: nameOf(field.name),
      kind,
      datedBy: datedBy(type.name, field.name, kind === 'date' || kind === 'instant'),
      partOf: parts[field.name] === undefined ? null : nameOf(parts[field.name] ?? ''),
      label,
      leaf: leafOf(field.type),
      clean: nested
        ? cleanOfObjects(nested, () => onBad(field.name))
        : cleanOfField(field, onBad, field.name, most[field.name]),
    })
  }
  return columns
}

/** Fields of a row that stand in common columns, as `Provenance` and the record type them. */
export function commonCleanOf(
  schema: GraphQLSchema,
  record: GraphQLObjectType,
  onBad: (field: string) => void,
): Readonly<Record<string, Clean | null>> {
  const provenance = schema.getType('Provenance')
  const fields = isObjectType(provenance) ? Object.values(provenance.getFields()) : []
  return {
    eventAt: cleanOfField(record.getFields()['eventAt'], onBad, 'eventAt'),
    ...Object.fromEntries(
      fields.map((field) => [`provenance.${field.name}`, cleanOfField(field, onBad, `provenance.${field.name}`)]),
    ),
  }
}

function cleanOfField(
  field: GraphQLField<unknown, unknown> | undefined,
  onBad: (field: string) => void,
  name: string,
  most?: number,
): Clean | null {
  const leaf = field && leafOf(field.type)
  return leaf ? cleanOf(leaf, () => onBad(name), most) : null
}

const leafOf = (type: unknown): GraphQLLeafType | null => {
  const inner = innermost(type)
  return isLeafType(inner) ? inner : null
}

function kindOf(type: unknown): ColumnKind {
  const bare = isNonNullType(type) ? type.ofType : type
  const inner = innermost(type)
  if (isListType(bare)) return isObjectType(inner) ? 'objects' : 'list'
  if (isEnumType(inner)) return 'text'
  return kinds[String(inner)] ?? 'text'
}

export const snakeCase = (name: string): string => name.replace(/[A-Z]/gu, (letter) => `_${letter.toLowerCase()}`)
