import type { Person } from '../person.ts'
import { type MappingWish, mapColumns } from './columns.ts'
import { type DataFile, readCsv } from './csv.ts'
import { checkIds, rowsOf } from './dataset.ts'

/**
 * People of a file under the ids that the file gives them, checked as a whole before anyone is answered. Their NHS numbers
 * count as verified only when whoever gives the file says that the source traced them: a number that is not links nobody by itself.
 */
export function peopleFromFile(
  { name, bytes }: DataFile,
  wish: Omit<MappingWish, 'truth'> & { readonly id: string },
  nhsVerified: boolean,
  childColumn: string | null = null,
): readonly { readonly id: string; readonly person: Person; readonly child: string | null }[] {
  const table = readCsv(bytes, name)
  const beside = childColumn === null ? {} : { ignore: [...(wish.ignore ?? []), childColumn] }
  const mapping = mapColumns(table, { ...wish, ...beside, truth: wish.id }, name)
  const childAt = childColumn === null ? -1 : table.columns.indexOf(childColumn)
  const at = table.columns.indexOf(wish.id)
  checkIds(table, at, wish.id, name)
  return rowsOf(table, mapping, 0, 0, name).map(
    ({ at: place, file: _file, extra: _extra, truth: _truth, ...person }) => ({
      id: table.rows[place]?.[at] ?? '',
      person: { ...person, nhsVerified },
      child: table.rows[place]?.[childAt] || null,
    }),
  )
}
