import type { Knex } from 'knex'
import type { AgencyName } from '../../src/foundation/agencies.ts'
import { type CommonColumn, commonColumns } from '../../src/sources/bindings/sql/commonColumns.ts'
import { writeRecords } from '../../src/sources/bindings/sql/writeRecords.ts'
import type { ColumnKind } from '../../src/sources/columnLayout.ts'
import type { ListLayout, SourceLayout } from '../../src/sources/sourceLayout.ts'
import type { Stores } from '../../src/store/stores.ts'
import { fieldOf, type SeedRow } from '../seedRecord.ts'
import { arrayText, type CopyBatch, copyInto, copyText } from './copy.ts'
import { type GatewayRows, gatewayColumns } from './gateway.ts'

/** Writes batches where they belong: copied on real PostgreSQL, inserted on the embedded database. */
export interface StoreWriter {
  agency(name: AgencyName, records: Readonly<Record<string, readonly SeedRow[]>>): Promise<void>
  gateway(rows: GatewayRows): Promise<void>
  /** Refreshes the planner's statistics, which so much new data leaves behind. */
  finish(): Promise<void>
}

export function storeWriter(
  stores: Stores,
  names: readonly AgencyName[],
  layouts: Readonly<Record<AgencyName, SourceLayout>>,
): StoreWriter {
  const encoders = new Map<ListLayout, Encoder>()
  return {
    agency: async (name, records) => {
      const { kind, knex } = stores.owner(name)
      const layout = layouts[name]
      if (kind === 'embedded') {
        await writeRecords(knex, layout, records, fieldOf)
        return
      }
      const batches = Object.entries(records).map(([list, rows]) =>
        copyBatch(layout, layout.lists.get(list), rows, encoders),
      )
      await copyInto(knex, batches)
    },
    gateway: async (rows) => {
      const { kind, knex } = stores.gateway
      const tables: readonly (keyof GatewayRows)[] = ['child', 'link', 'identifier', 'relationship']
      if (kind === 'embedded') for (const table of tables) await insertRows(knex, table, rows[table])
      else
        await copyInto(
          knex,
          tables.map((table) => ({
            table: `"gateway"."${table}"`,
            columns: gatewayColumns[table].map(([column]) => column),
            chunks: chunked(rows[table].map((row) => `${row.map(copyText).join('\t')}\n`)),
          })),
        )
    },
    finish: async () => {
      for (const table of Object.keys(gatewayColumns)) await stores.gateway.knex.raw(`analyze gateway."${table}"`)
      for (const name of names)
        for (const { table } of layouts[name].lists.values())
          await stores.owner(name).knex.raw(`analyze "${layouts[name].schema}"."${table}"`)
    },
  }
}

interface Encoder {
  readonly columns: readonly string[]
  readonly encode: (row: SeedRow) => string
}

function copyBatch(
  layout: SourceLayout,
  list: ListLayout | undefined,
  rows: readonly SeedRow[],
  known: Map<ListLayout, Encoder>,
): CopyBatch {
  if (!list) throw new Error(`${layout.contract.name} has no such list.`)
  const encoder = known.get(list) ?? encoderOf(list)
  known.set(list, encoder)
  return {
    table: `"${layout.schema}"."${list.table}"`,
    columns: encoder.columns,
    chunks: chunked(rows.map(encoder.encode)),
  }
}

/** What a common column holds when a record says nothing, as the tables' own defaults say. */
const defaults: Readonly<Partial<Record<CommonColumn, string>>> = {
  evidence: 'FACT',
  labels: '{}',
  handling: 'NONE',
  relevance: 'RELEVANT',
}

function encoderOf(list: ListLayout): Encoder {
  const parts: { readonly column: string; readonly read: (row: SeedRow) => string }[] = []
  // Every key is one of the common columns.
  for (const common of Object.keys(commonColumns) as CommonColumn[]) {
    if (common === 'parent' && !list.contract.parent) continue
    const fallback = defaults[common] ?? '\\N'
    parts.push({
      column: list.common[common],
      read: (row) => {
        const value = row[common]
        return value === undefined || value === null
          ? fallback
          : Array.isArray(value)
            ? copyText(arrayText(value))
            : copyText(value)
      },
    })
  }
  for (const { field, column, kind } of list.columns.values())
    parts.push({ column, read: (row) => encoded(kind, fieldOf(row, field)) })
  return {
    columns: parts.map(({ column }) => column),
    encode: (row) => {
      let line = ''
      for (const { read } of parts) line += line === '' ? read(row) : `\t${read(row)}`
      return `${line}\n`
    },
  }
}

const encoded = (kind: ColumnKind, value: unknown): string => {
  if (kind === 'list' && Array.isArray(value)) return copyText(arrayText(value))
  if (kind === 'objects' && value !== null && value !== undefined) return copyText(JSON.stringify(value))
  return copyText(value)
}

/** Lines joined into messages of some hundred kilobytes. */
function chunked(lines: readonly string[]): string[] {
  const chunks: string[] = []
  for (let start = 0; start < lines.length; start += 1000) chunks.push(lines.slice(start, start + 1000).join(''))
  return chunks
}

async function insertRows(
  knex: Knex,
  table: keyof GatewayRows,
  rows: readonly (readonly (string | null)[])[],
): Promise<void> {
  const columns = gatewayColumns[table]
  const names = columns.map(([name]) => `"${name}"`).join(', ')
  const shape = columns.map(([name, type]) => `"${name}" ${type}`).join(', ')
  const objects = rows.map((row) => Object.fromEntries(columns.map(([name], place) => [name, row[place] ?? null])))
  await knex.raw(
    `insert into gateway."${table}" (${names}) select ${names} from jsonb_to_recordset(?::jsonb) as rows(${shape})`,
    [JSON.stringify(objects)],
  )
}
