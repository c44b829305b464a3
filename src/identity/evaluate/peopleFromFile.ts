import type { Person } from '../person.ts'
import { type MappingWish, mapColumns } from './columns.ts'
import { readCsv } from './csv.ts'
import { rowsOf } from './dataset.ts'
import type { EvaluatedFile } from './evaluate.ts'

/** People of a file under the ids that the file gives them. The file is checked as a whole before anyone is answered. */
export function peopleFromFile(
  { name, bytes }: EvaluatedFile,
  wish: Omit<MappingWish, 'truth'> & { readonly id: string },
): readonly { readonly id: string; readonly person: Person }[] {
  const table = readCsv(bytes, name)
  const mapping = mapColumns(table, { ...wish, truth: wish.id }, name)
  return rowsOf(table, mapping, 0, 0, name).map(({ truth, at: _at, file: _file, extra: _extra, ...person }) => ({
    id: truth,
    person,
  }))
}
