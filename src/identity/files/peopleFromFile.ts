import type { Person } from '../person.ts'
import { isYes, type MappingWish, mapColumns } from './columns.ts'
import { type DataFile, quoted, readCsv } from './csv.ts'
import { checkIds, type DateFaults, dateFaults, rowsOf } from './dataset.ts'
import { DataFault } from './fault.ts'

/** One row of a file of people. */
export interface PersonOfFile {
  readonly id: string
  readonly person: Person
  readonly isProtected: boolean
  readonly child: string | null
}

/**
 * People of a file under the ids that the file gives them, checked as a whole before anyone is answered. Their NHS
 * numbers count as verified where a column of the file says so, or all of them when whoever gives the file says that
 * the source traced them: a number that is not links nobody by itself.
 */
export function peopleFromFile(
  { name, bytes }: DataFile,
  wish: Omit<MappingWish, 'truth'> & { readonly id: string },
  nhsVerified: boolean,
  childColumn: string | null = null,
): readonly PersonOfFile[] {
  const table = readCsv(bytes, name)
  const beside = childColumn === null ? {} : { ignore: [...(wish.ignore ?? []), childColumn] }
  const mapping = mapColumns(table, { ...wish, ...beside, truth: wish.id }, name)
  const columnAt = (column: string | undefined) => (column === undefined ? -1 : table.columns.indexOf(column))
  const [childAt, protectedAt] = [columnAt(childColumn ?? undefined), columnAt(mapping.byRole.protected)]
  const at = columnAt(wish.id)
  checkIds(table, at, wish.id, name)
  refuseDates(dateFaults(table, mapping), name, mapping.byRole.birth ?? '')
  const isByRow = mapping.byRole.verified !== undefined
  return rowsOf(table, mapping, 0, 0, name).map(
    ({ at: place, file: _file, extra: _extra, truth: _truth, ...person }) => ({
      id: table.rows[place]?.[at] ?? '',
      person: { ...person, nhsVerified: isByRow ? person.nhsVerified : nhsVerified },
      isProtected: isYes(table.rows[place]?.[protectedAt] ?? ''),
      child: table.rows[place]?.[childAt] || null,
    }),
  )
}

/** A date that is not read would be taken in as though none were known, and nobody would look for it. */
function refuseDates(
  { impossible, unreadable, firstImpossible, firstUnreadable }: DateFaults,
  name: string,
  column: string,
): void {
  const forms = 'Write dates as 2014-07-03, 03/07/2014 or 3 July 2014; leave the cell empty where none is known.'
  if (unreadable > 0)
    throw new DataFault(
      'DATE_UNREADABLE',
      `${name}, row ${firstUnreadable}: the date in ${quoted(column)} cannot be read, nor can ${unreadable - 1} others. ${forms}`,
    )
  if (impossible > 0)
    throw new DataFault(
      'DATE_IMPOSSIBLE',
      `${name}, row ${firstImpossible}: no calendar has the date in ${quoted(column)}, nor ${impossible - 1} others. ${forms}`,
    )
}
