import { caseStatusLists } from '../facts/caseStatus.ts'
import { leadAgency } from '../foundation/agencies.ts'
import { tablesOf, type WatchedLists, watchedLists } from '../sources/layoutTables.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import type { AgencyTable } from '../store/agencyTables.ts'
import { isWatched, watch } from '../store/changeVersions.ts'
import type { Database } from '../store/database.ts'

/**
 * Changes are noted where facts come from: of the lead agency, to what case status is read from. Nothing is put into
 * tables that are somebody else's: there case status is read every time.
 */
export const watchedOf = (layout: SourceLayout): WatchedLists | null =>
  layout.contract.name === leadAgency && layout.foreign === null ? watchedLists(layout, caseStatusLists) : null

/** All tables of an agency that the gateway reads. */
export const readTablesOf = (layout: SourceLayout): readonly AgencyTable[] => {
  const watched = watchedOf(layout)
  return [...tablesOf(layout), ...(watched ? [watched.notes] : [])]
}

/**
 * Has an agency's database note changes where it does not yet.
 *
 * @returns a sentence when something was done. Where the tables are views, nothing can be noted and case status is read
 * every time.
 */
export async function watchAgency(database: Database, layout: SourceLayout): Promise<string[]> {
  const watched = watchedOf(layout)
  if (!watched || (await isWatched(database, watched.notes, watched.tables))) return []
  const { notes, tables } = watched
  const plain = await database.rows({
    name: 'plain_tables',
    text: `select relname::text from pg_class
      where relnamespace = to_regnamespace($1::text) and relname = any($2::text[]) and relkind = 'r'`,
    values: [notes.schema, tables.map(({ table }) => table)],
  })
  if (plain.length < new Set(tables.map(({ table }) => table)).size) return []
  await database.knex.transaction((trx) => watch(trx, notes, tables))
  return [`Changes of ${layout.contract.name} are noted in ${notes.schema}.${notes.table}.`]
}
