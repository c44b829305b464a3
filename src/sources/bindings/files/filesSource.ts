import type { Database } from '../../../store/database.ts'
import type { SourceLayout } from '../../layout.ts'
import type { AgencySource } from '../../source.ts'
import type { RecordReader } from '../sql/recordReader.ts'
import { SqlSource } from '../sql/source.ts'
import { importedLayout } from './importedLayout.ts'

/**
 * Records that holders of one kind handed in as files, in the gateway's own store: read by the same statement as tables
 * are, so that the same grant admits the same rows.
 *
 * @param holders their ids. @param gateway closed by whoever opened it.
 */
export function filesSource(
  layout: SourceLayout,
  holders: readonly string[],
  gateway: Database,
  reader?: RecordReader,
): AgencySource {
  return new SqlSource(importedLayout(layout, holders), borrowed(gateway), null, reader)
}

/** The same database, which is not closed with the source. */
const borrowed = (database: Database): Database => ({
  kind: database.kind,
  knex: database.knex,
  rows: (statement, signal) => database.rows(statement, signal),
  wireRows: (statement, signal) => database.wireRows(statement, signal),
  close: async () => {},
})
