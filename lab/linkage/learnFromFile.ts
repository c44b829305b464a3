import { createHash } from 'node:crypto'
import { type MappingWish, mapColumns } from '../../src/identity/files/columns.ts'
import { type DataFile, readCsv } from '../../src/identity/files/csv.ts'
import { rowsOf } from '../../src/identity/files/dataset.ts'
import { DataFault } from '../../src/identity/files/fault.ts'
import type { LinkageModel } from '../../src/identity/linkageModel.ts'
import { fewestAnchors } from './fitShares.ts'
import { learn } from './learnModel.ts'
import { generator } from './seededRandom.ts'

/** Share of those asked about who are taken to be on file, until a clerical sample says better. */
const onFile = 0.97

/** A model from a file of people. Refuses a file without enough rows that agree on an NHS number. */
export function learnFromFile(
  { name, bytes }: DataFile,
  wish: Omit<MappingWish, 'truth'>,
): { model: LinkageModel; anchors: number } {
  const table = readCsv(bytes, name)
  const first = table.columns[0] ?? ''
  const mapping = mapColumns(table, { ...wish, truth: wish.id ?? first }, name)
  if (!mapping.byRole.nhsNumber)
    throw new DataFault(
      'COLUMN_MISSING',
      `${name} has no column of NHS numbers, and only they can teach. Say which one is: --map nhsNumber=…`,
    )
  const rows = rowsOf(table, { ...mapping, truth: first }, 0, 0, name)
  const seen = new Set<string>()
  const index = rows.filter(({ nhs }) => !nhs || (!seen.has(nhs) && seen.add(nhs)))
  const kept = new Set(index)
  const asked = rows.filter((row) => !kept.has(row))
  const version = `learnt-${createHash('sha256').update(bytes).digest('hex').slice(0, 12)}`
  const lesson = learn({ index, asked, version, onFile, random: generator(20_261_120) })
  if (lesson.anchors < fewestAnchors) {
    throw new DataFault(
      'TOO_FEW_ANCHORS',
      `${name} has ${lesson.anchors} pairs of rows that agree on a valid NHS number; at least ${fewestAnchors} are needed to learn from.`,
    )
  }
  return lesson
}
