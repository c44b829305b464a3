import type { Row, Value } from './contract.ts'
import { decodeNullable } from './decode.ts'
import type { Pseudonyms } from './pseudonyms.ts'
import { type Branch, headColumns, headPlaces } from './sqlPlan.ts'

/** A row of a list from the columns of a statement. */
export function recordOf(
  agency: string,
  branch: Branch,
  texts: readonly (string | null)[],
  pseudonyms: Pseudonyms,
): Row {
  const row: Record<string, Value> & { id: string; person: string } = {
    ...branch.blank,
    person: texts[headPlaces.person] ?? '',
  }
  if (branch.timed) row['eventAt'] = decodeNullable('instant', texts[headPlaces.eventAt] ?? null)
  let at = headColumns
  for (const cell of branch.cells) {
    const value = decodeNullable(cell.kind, texts[at++] ?? null)
    row[cell.key] = cell.pseudonym ? pseudonyms.of(cell.pseudonym, value) : value
  }
  row.id = `${agency}:${row.id}`
  if (typeof row['parent'] === 'string') row['parent'] = `${agency}:${row['parent']}`
  if (typeof row['provenance.supersedes'] === 'string')
    row['provenance.supersedes'] = `${agency}:${row['provenance.supersedes']}`
  return row
}
