import { badCounts } from '../sources/bindings/sql/mapping/mappedLayout.ts'
import type { Mapping } from '../sources/bindings/sql/mapping/mapping.ts'
import { storedSql } from '../sources/bindings/sql/storedValue.ts'
import type { ColumnLayout } from '../sources/columnLayout.ts'
import { decode } from '../sources/decodeCell.ts'
import type { ListLayout, SourceLayout } from '../sources/sourceLayout.ts'
import type { Database } from '../store/database.ts'

/** So many different values of a column are looked at. */
const mostLookedAt = 50_000

/**
 * What of an agency's records cannot be read as what it should be, counted: a sentence for each table and column, and
 * no value.
 */
export async function badValuesOf(
  database: Database,
  layout: SourceLayout,
  mapping: Mapping | undefined,
): Promise<readonly string[]> {
  const found: string[] = []
  for (const { list, table, fields, text, apart } of mapping ? badCounts(layout, mapping) : []) {
    const [counts] = await database.rows({ name: `bad_${list}_${table}`, text, values: [] })
    for (const [at, field] of fields.entries()) found.push(...sentence(list, field, table, Number(counts?.[at] ?? 0)))
    const [[ids = null] = []] = await database.rows({ name: `apart_${list}_${table}`, text: apart, values: [] })
    if (Number(ids ?? 0) > 0)
      found.push(
        `${list}.id: ${ids} in ${table} ${ids === '1' ? 'stands' : 'stand'} in rows that do not say the same, of which one is read`,
      )
  }
  for (const list of layout.lists.values())
    for (const column of list.columns.values()) {
      const { bad, isCut } = await badIn(database, layout, list, column)
      found.push(...sentence(list.list, column.field, list.table, bad))
      if (isCut)
        found.push(`${list.list}.${column.field}: of ${list.table} ${mostLookedAt} different values were looked at`)
    }
  return found
}

const sentence = (list: string, field: string, table: string, count: number): readonly string[] =>
  count === 0
    ? []
    : [`${list}.${field}: ${count} in ${table} cannot be read and ${count === 1 ? 'is' : 'are'} not known`]

/** Values that their type refuses, each as often as it stands there, and whether there were more to look at. */
async function badIn(
  database: Database,
  layout: SourceLayout,
  list: ListLayout,
  read: ColumnLayout,
): Promise<{ readonly bad: number; readonly isCut: boolean }> {
  const { field, kind, clean } = read
  const column = storedSql(read)
  if (!clean || kind === 'date' || kind === 'instant' || kind === 'objects') return { bad: 0, isCut: false }
  const value = kind === 'list' ? `array_to_json(${column})::text` : `(${column})::text`
  const rows = await database.rows({
    name: `bad_${layout.schema}_${list.list}_${field}`,
    text: `select ${value}, count(*)::text from ${list.relation} where ${column} is not null
      group by 1 limit ${mostLookedAt}`,
    values: [],
  })
  const bad = rows.reduce((sum, [text, count]) => {
    const stored = decode(kind, text ?? '')
    const cleaned = clean(stored)
    const isWhole =
      cleaned === stored || (Array.isArray(cleaned) && Array.isArray(stored) && cleaned.length === stored.length)
    return isWhole ? sum : sum + Number(count)
  }, 0)
  return { bad, isCut: rows.length === mostLookedAt }
}
