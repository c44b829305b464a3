/** So many entries of a register about one child, behind one of them. */
export interface RegisterPage {
  readonly first: number
  readonly after: string | null
}

/** The most that a register gives at once. */
export const mostEntries = 200

/** From the first entry. */
export const firstEntries: RegisterPage = { first: mostEntries, after: null }

/**
 * Clause for what stands behind one entry in an order that only rises: columns that end with the id. Behind an entry
 * that the list does not have stands nothing.
 */
export const behindIn = (place: string, entry: string): string => `and (${place}) > (select ${place} from ${entry})`

/**
 * Clauses for what stands behind the entry $2 of the child $1, in order of a column from its highest, nothing last,
 * then of id. Behind an entry that there is not stands nothing.
 */
export function standingBehind(table: string, column: string): string {
  const last = (what: string) => `(select ${what} from ${table} where id = $2::text and child_id = $1::text)`
  const place = last(column)
  return `and exists ${last('')} and (${column} < ${place} or (${column} is null and ${place} is not null)
    or (${column} is not distinct from ${place} and id > $2::text))`
}
