import type { Knex } from 'knex'
import type { Database } from './database.ts'

/**
 * Statements inside a transaction, written as those outside of one are. Columns of one statement have names that
 * differ.
 */
export const rowsIn =
  (trx: Knex.Transaction): Pick<Database, 'rows'>['rows'] =>
  async ({ text, values }) => {
    const bindings: Knex.RawBinding[] = []
    const placed = text.replace(/\$(\d+)/g, (_, place: string) => {
      // What a statement is given is text, numbers and lists of them.
      bindings.push((values[Number(place) - 1] ?? null) as Knex.RawBinding)
      return '?'
    })
    const result: unknown = await trx.raw(placed, bindings)
    if (typeof result !== 'object' || result === null || !('rows' in result) || !Array.isArray(result.rows)) return []
    return result.rows.map((row: Record<string, unknown>) =>
      Object.values(row).map((value) => (value == null ? null : String(value))),
    )
  }
