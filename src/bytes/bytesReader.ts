import type { RecordReader } from '../sources/bindings/sql/recordReader.ts'
import type { StoredRow } from '../store/database.ts'
import { BytesRecords } from './bytesRecords.ts'
import { bytesWire } from './bytesWire.ts'
import { GroupedRows } from './groupedRows.ts'
import { WireRow, wireRowOf } from './wireRow.ts'

/** Leaves every record as it lies in the bytes that PostgreSQL sent, and writes it from there. */
export const bytesReader: RecordReader = {
  wire: bytesWire,
  found: (layout, plan, grants, rows) => {
    const found = new GroupedRows(grants, plan.branches.length, rows.map(asItLies))
    return {
      of: (child, lists) => new BytesRecords(layout, plan, found, [child, grants[child]], lists),
      each: (child, branch, look) => found.each(child, branch, look),
    }
  },
}

/** An embedded database has no bytes: they are made of its texts. */
const asItLies = (row: StoredRow): WireRow => (row instanceof WireRow ? row : wireRowOf(row.texts()))
