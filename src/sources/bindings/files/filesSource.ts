import type { Holder } from '../../../foundation/holder.ts'
import type { Database } from '../../../store/database.ts'
import { serving } from '../../servedHolders.ts'
import type { AgencySource } from '../../source.ts'
import type { SourceLayout } from '../../sourceLayout.ts'
import type { RecordReader } from '../sql/recordReader.ts'
import { SqlSource } from '../sql/source.ts'
import { importedLayout } from './importedLayout.ts'

/**
 * Records that holders of one kind handed in as files, in the gateway's own store: read by the same statement as tables
 * are, so that the same grant admits the same rows.
 *
 * @param gateway closed by whoever opened it.
 */
export function filesSource(
  layout: SourceLayout,
  holders: readonly Holder[],
  gateway: Database,
  reader?: RecordReader,
): AgencySource {
  const ids = holders.map(({ id }) => id)
  const served = serving(layout.contract.name, holders)
  return new SqlSource(importedLayout(layout, ids), borrowed(gateway), null, reader, served)
}

/** The same database, which is not closed with the source. */
const borrowed = (database: Database): Database => ({
  kind: database.kind,
  knex: database.knex,
  rows: (statement, signal) => database.rows(statement, signal),
  wireRows: (statement, signal) => database.wireRows(statement, signal),
  close: async () => {},
})
