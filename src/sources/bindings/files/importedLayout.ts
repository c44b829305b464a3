import type { AgencyTable } from '../../../store/agencyTables.ts'
import type { ColumnLayout } from '../../columnLayout.ts'
import { sqlTypes } from '../../layoutTables.ts'
import type { ListLayout, SourceLayout } from '../../sourceLayout.ts'
import { type CommonColumn, commonColumns } from '../sql/commonColumns.ts'
import { identityKey } from './storedRecord.ts'

/** Where imported records stand. */
export const importedTable = { schema: 'gateway', table: 'imported_record' } as const

const replacedAt = 'replaced_at'
/** Fields of a record that cannot be read: no field of the schema has such a name. */
const unread = '$unread'

/**
 * The layout of a kind of whose records some holders handed in files: each list is read from the one table of imported
 * records, with the columns that the convention gives. What reads a list reads it so, and cannot tell.
 */
export function importedLayout(layout: SourceLayout, holders: readonly string[]): SourceLayout {
  const lists = new Map<string, ListLayout>()
  for (const [name, list] of layout.lists)
    lists.set(name, { ...list, relation: relationOf(list, holders), replacedAt, unread })
  // Of its own name, since statements are called by it.
  return { ...layout, schema: `${layout.schema}_files`, lists, foreign: [tableRead] }
}

/** As `tablesOf` has it, for whoever looks whether everything is there. */
const tableRead: AgencyTable = {
  ...importedTable,
  primaryKey: [],
  indexes: [],
  columns: ['holder', 'list', 'fields', 'unread', replacedAt, ...Object.values(commonColumns)].map((name) => ({
    name,
    type: 'any',
  })),
}

function relationOf(list: ListLayout, holders: readonly string[]): string {
  // Every key is one of the common columns.
  const names = (Object.keys(list.common) as CommonColumn[]).filter((name) => name !== 'parent' || list.contract.parent)
  const columns = [
    ...names.map((name) => `${commonColumns[name]} as "${list.common[name]}"`),
    ...[...list.columns.values()].map((column) => `${fieldSql(column)} as "${column.column}"`),
    replacedAt,
    `unread as "${unread}"`,
  ]
  const place = `"${importedTable.schema}"."${importedTable.table}"`
  const held = `holder in (${holders.map(literal).join(', ')}) and list = ${literal(list.list)}${list.list === 'person' ? isSomebody : ''}`
  return `(select ${columns.join(', ')} from ${place} where ${held}) as "${list.table}"`
}

/**
 * A household, or an adult of whom the file says no more than to which child they matter, stands among the persons so
 * that the child is found: it is no record of anybody.
 */
const isSomebody = ` and (fields->'${identityKey}'->'child' is null or fields - '${identityKey}' <> '{}'::jsonb)`

/** What was stored was typed then: no cast of it can fail. */
function fieldSql({ field, kind }: ColumnLayout): string {
  const json = `fields->${literal(field)}`
  const text = `fields->>${literal(field)}`
  if (kind === 'text') return text
  if (kind === 'objects') return json
  if (kind === 'list')
    return `case when jsonb_typeof(${json}) = 'array' then array(select jsonb_array_elements_text(${json})) end`
  return `(${text})::${sqlTypes[kind]}`
}

const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
