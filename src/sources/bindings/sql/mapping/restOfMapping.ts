import type { Refused } from '../../../../foundation/yamlFile.ts'
import { commonCells, type MappingFile, mappingFile } from './mapping.ts'

/** Stand for a cell and a table that are none. */
const standInCell = { constant: 'STANDS-IN' }
const standInTable = 'stands_in'

/**
 * A mapping with stand-ins for what its shape refuses: what else is wrong with it is then found with it, not one start
 * later. Null where nothing is left that could be looked at.
 */
export function restOfMapping({ written, places }: Refused): MappingFile | null {
  const copy: unknown = structuredClone(written)
  for (const place of places) mend(copy, memberOf(place))
  const read = mappingFile.safeParse(copy)
  return read.success ? read.data : null
}

/** `lists.<list>.<source>.<member>` or `….fields.<field>`, of whatever is wrong within it. */
const memberOf = (place: readonly PropertyKey[]): readonly PropertyKey[] =>
  place[0] === 'lists' ? place.slice(0, place[3] === 'fields' ? 5 : 4) : place

function mend(whole: unknown, place: readonly PropertyKey[]): void {
  let around = whole
  for (const step of place.slice(0, -1)) around = isEntry(around) ? around[step] : null
  const key = place.at(-1)
  if (!isEntry(around) || key === undefined) return
  if (place.length === 5 || (place.length === 4 && isCell(key))) around[key] = standInCell
  else if (place.length === 4 && key === 'table') around[key] = standInTable
  else delete around[key]
}

const isCell = (key: PropertyKey): boolean => commonCells.some((cell) => cell === key)

const isEntry = (value: unknown): value is Record<PropertyKey, unknown> => typeof value === 'object' && value !== null
