import type { Row, Value } from '../../contract.ts'
import { cellValue } from '../../decodeCell.ts'
import { nounIn } from '../../fieldReading.ts'
import type { Pseudonyms } from '../../pseudonyms.ts'
import { type Branch, eventAtOf, headColumns, headPlaces } from './recordsBranch.ts'

/** Whose record a row becomes, and for whom. */
export interface Making {
  /** The caller's: rows that it holds have no pseudonyms where own rows are read in full. */
  readonly organisation: string
  readonly pseudonyms: Pseudonyms
}

/** A row of a list from the columns of a statement. */
export function recordOf({ organisation, pseudonyms }: Making, branch: Branch, texts: readonly (string | null)[]): Row {
  const isOwnRow = branch.holder !== null && texts[branch.holder] === organisation
  const row: Record<string, Value> & { id: string; person: string } = {
    ...branch.blank,
    person: texts[headPlaces.person] ?? '',
  }
  if (branch.timed) row['eventAt'] = cellValue(eventAtOf(branch), texts[headPlaces.eventAt] ?? null)
  let at = headColumns
  for (const cell of branch.cells) {
    const value = cellValue(cell, texts[at++] ?? null)
    row[cell.key] = value
  }
  for (const cell of branch.cells) {
    if (cell.nouns === null) continue
    const isAdult = cell.adultUnless !== undefined && row[cell.adultUnless] === false
    const noun = nounIn(cell.nouns, isOwnRow, isAdult)
    if (noun) row[cell.key] = pseudonyms.of(noun, row[cell.key] ?? null)
  }
  return row
}
