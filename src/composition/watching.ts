import { type AgencyName, leadAgency } from '../agencies.ts'
import { standingNeeds } from '../consent/standing.ts'
import { tablesOf, type WatchedLists, watchedLists } from '../sources/layout.ts'
import type { AgencyTable } from '../store/agency-tables.ts'
import { isWatched, watch } from '../store/changes.ts'
import type { Database } from '../store/database.ts'
import type { Blueprint } from './blueprint.ts'

/** Changes are noted where facts come from: of the lead agency, to what standing is read from. */
export const watchedOf = (name: AgencyName, { model }: Blueprint): WatchedLists | null =>
  name === leadAgency ? watchedLists(model.layouts[name], Object.keys(standingNeeds)) : null

/** All tables of an agency that the gateway reads. */
export const readTablesOf = (name: AgencyName, blueprint: Blueprint): readonly AgencyTable[] => {
  const watched = watchedOf(name, blueprint)
  return [...tablesOf(blueprint.model.layouts[name]), ...(watched ? [watched.notes] : [])]
}

/**
 * Has an agency's database note changes where it does not yet.
 *
 * @returns a sentence when something was done. Where the tables are views, nothing can be noted and standing is read every time.
 */
export async function watchAgency(database: Database, name: AgencyName, blueprint: Blueprint): Promise<string[]> {
  const watched = watchedOf(name, blueprint)
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
  return [`Changes of ${name} are noted in ${notes.schema}.${notes.table}.`]
}
