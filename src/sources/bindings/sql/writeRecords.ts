import type { Knex } from 'knex'
import { tablesOf } from '../../layoutTables.ts'
import type { ListLayout, SourceLayout } from '../../sourceLayout.ts'
import { type CommonColumn, commonColumns } from './commonColumns.ts'

/** One record to be written, as a seed says it: common members, and the fields of its type. */
export interface StoredRecord {
  readonly id: string
  readonly person: string
  readonly recordedAt: string
  readonly [member: string]: unknown
}

/** How a record's own field is told apart from a common member of the same name. */
export type FieldReader<R extends StoredRecord> = (record: R, field: string) => unknown

const batchSize = 1000

/**
 * Writes an agency's records, for seeds and generated populations. Members that no column knows are refused by name, so
 * that a misspelt field is found at once.
 *
 * @returns how many records were written.
 */
export async function writeRecords<R extends StoredRecord>(
  knex: Knex,
  layout: SourceLayout,
  records: Readonly<Record<string, readonly R[]>>,
  fieldOf: FieldReader<R>,
  onProgress?: (written: number) => void,
): Promise<number> {
  let written = 0
  for (const [name, rows] of Object.entries(records)) {
    const list = layout.lists.get(name)
    if (!list) throw new Error(`${layout.contract.name} has no list ${name}.`)
    const types = columnTypes(layout, list)
    for (let start = 0; start < rows.length; start += batchSize) {
      const batch = rows.slice(start, start + batchSize).map((row) => columnsOf(list, row, fieldOf))
      await insert(knex, `"${layout.schema}"."${list.table}"`, types, batch)
      written += batch.length
      onProgress?.(written)
    }
  }
  return written
}

const columnTypes = (layout: SourceLayout, list: ListLayout): ReadonlyMap<string, string> =>
  new Map(
    tablesOf(layout)
      .find(({ table }) => table === list.table)
      ?.columns.map(({ name, type }) => [name, type]),
  )

const commonDefaults: Readonly<Partial<Record<CommonColumn, unknown>>> = {
  evidence: 'FACT',
  labels: [],
  handling: 'NONE',
  relevance: 'RELEVANT',
}

function columnsOf<R extends StoredRecord>(list: ListLayout, row: R, fieldOf: FieldReader<R>): Record<string, unknown> {
  const columns: Record<string, unknown> = {}
  // Every key is one of the common columns.
  for (const common of Object.keys(commonColumns) as CommonColumn[]) {
    if (common === 'parent' && !list.contract.parent) continue
    columns[list.common[common]] = row[common] ?? commonDefaults[common] ?? null
  }
  for (const { field, column } of list.columns.values()) {
    const value = fieldOf(row, field)
    if (value !== undefined) columns[column] = value
  }
  const known = new Set<string>([...Object.keys(commonColumns), ...list.columns.keys()])
  for (const member of Object.keys(row)) {
    const field = member.startsWith('field.') ? member.slice('field.'.length) : member
    if (!known.has(field)) throw new Error(`${list.type.name} has no stored field ${member}.`)
  }
  return columns
}

/** One statement a batch, the same on every store: values travel as JSON and are typed by the table's own columns. */
async function insert(
  knex: Knex,
  table: string,
  types: ReadonlyMap<string, string>,
  batch: readonly Record<string, unknown>[],
): Promise<void> {
  const columns = [...types.keys()]
  const names = columns.map((name) => `"${name}"`).join(', ')
  const shape = columns.map((name) => `"${name}" ${types.get(name)}`).join(', ')
  const rows = batch.map((row) => Object.fromEntries(columns.map((name) => [name, row[name] ?? null])))
  await knex.raw(
    `insert into ${table} (${names}) select ${names} from jsonb_to_recordset(?::jsonb) as rows(${shape})`,
    [JSON.stringify(rows)],
  )
}
