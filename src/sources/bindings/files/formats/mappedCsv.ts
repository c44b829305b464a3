import type { FindingFact } from '../../sql/mapping/mapping.ts'
import type { CsvCell, CsvFilter, CsvMapping, CsvSource } from '../csvMapping.ts'
import type { CsvFile, CsvRow } from '../csvRows.ts'
import { FileFault, type IdentityFacts, type IncomingRecord, type Raw, type ReadRecords } from '../incoming.ts'
import { yesOrNo } from '../typedValue.ts'

/** A value that no code stands for: read as what it should be, it is none. */
const unreadable = Object.freeze({})

/** Cells of every record beside its fields. */
const commonCells = [
  ...(['id', 'person', 'parent', 'eventAt', 'recordedAt', 'recordedBy', 'service', 'la', 'force'] as const),
  ...(['evidence', 'supersedes'] as const),
]

/**
 * Records of a CSV file by a mapping. Only those sources are read whose columns the file has: one mapping may tell of
 * several files.
 *
 * @throws FileFault where it has those of none.
 */
export function readMappedCsv(csv: CsvFile, mapping: CsvMapping, file: string): ReadRecords {
  const there = new Set(csv.columns)
  const sources = Object.entries(mapping.lists).flatMap(([list, all]) =>
    all.filter((source) => columnsOf(source).every((column) => there.has(column))).map((source) => ({ list, source })),
  )
  if (sources.length === 0) {
    const missing = Object.values(mapping.lists)
      .flat()
      .map((source) => columnsOf(source).filter((column) => !there.has(column)))
      .sort((one, other) => one.length - other.length)[0]
    throw new FileFault(
      `${file} has not the columns of any list of the mapping. Missing: ${(missing ?? []).join(', ')}.`,
    )
  }
  const records = sources.flatMap(({ list, source }) =>
    csv.rows.filter((row) => passes(row, source.where ?? {})).map((row) => recordOf(row, list, source, mapping, file)),
  )
  return { records, refused: csv.refused, notes: [] }
}

function columnsOf(source: CsvSource): readonly string[] {
  const cells: readonly CsvCell[] = [
    ...commonCells.flatMap((name) => source[name] ?? []),
    ...Object.values(source.fields),
    ...Object.values(source.finds ?? {}),
  ]
  return [
    ...Object.keys(source.where ?? {}),
    ...cells.flatMap(({ column, first, flags }) => [
      ...(first ?? (column === undefined ? [] : [column])),
      ...Object.keys(flags ?? {}),
    ]),
  ]
}

const passes = ({ cells }: CsvRow, filter: CsvFilter): boolean =>
  Object.entries(filter).every(([column, wanted]) => {
    const text = cells[column] ?? ''
    if (wanted === 'present') return text !== ''
    return wanted === 'absent' ? text === '' : wanted.some((one) => isSameWord(one, text))
  })

/** Whether two words are one but for the case of their letters. */
const isSameWord = (one: string, other: string): boolean => one.toUpperCase() === other.toUpperCase()

function recordOf(row: CsvRow, list: string, source: CsvSource, mapping: CsvMapping, file: string): IncomingRecord {
  const common = Object.fromEntries(
    commonCells.flatMap((name) => {
      const cell = source[name]
      const constant = name in (mapping.constants ?? {}) ? mapping.constants?.[name as 'service'] : undefined
      return cell ? [[name, cellOf(cell, row)]] : constant === undefined ? [] : [[name, constant]]
    }),
  )
  return {
    ...{ file, line: row.line, row: row.line, list, id: undefined, person: undefined, ...common },
    ...(source.labels ? { labels: source.labels } : {}),
    ...(source.handling ? { handling: source.handling } : {}),
    ...(source.finds ? { identity: identityOf(source.finds, row), unread: unreadOf(source.finds, row) } : {}),
    fields: Object.fromEntries(Object.entries(source.fields).map(([field, cell]) => [field, cellOf(cell, row)])),
  }
}

/** Whether a number was verified can be said and not be readable. */
function unreadOf({ nhsNumberVerified: cell }: NonNullable<CsvSource['finds']>, row: CsvRow): readonly string[] {
  const read = cell && cellOf(cell, row)
  return typeof read === 'string' && read !== '' && yesOrNo(read) === null ? ['nhsNumberVerified'] : []
}

function identityOf(finds: NonNullable<CsvSource['finds']>, row: CsvRow): IdentityFacts {
  const textOf = (fact: FindingFact): string | undefined => {
    const cell = finds[fact]
    const read = cell && cellOf(cell, row)
    return typeof read === 'string' && read !== '' ? read : undefined
  }
  const [nhsNumber, upn, middleName, family, postcode] = [
    textOf('nhsNumber'),
    textOf('upn'),
    textOf('middleName'),
    textOf('otherFamilyName'),
    textOf('postcode'),
  ]
  return {
    ...(nhsNumber === undefined ? {} : { nhsNumber }),
    ...(yesOrNo(textOf('nhsNumberVerified') ?? '') === true ? { nhsNumberVerified: true } : {}),
    ...(upn === undefined ? {} : { upn }),
    ...(middleName === undefined ? {} : { middleName }),
    ...(family === undefined ? {} : { otherFamilyNames: [family] }),
    ...(postcode === undefined ? {} : { postcode }),
  }
}

/** What a cell of a mapping makes of a row. */
function cellOf(cell: CsvCell, { cells }: CsvRow): Raw {
  if (cell.constant !== undefined) return cell.constant
  if (cell.flags) {
    const isYes = (column: string) => yesOrNo(cells[column] ?? '') === true
    return Object.entries(cell.flags).flatMap(([column, word]) => (isYes(column) ? [word] : []))
  }
  const text = (cell.first ?? [cell.column ?? '']).map((column) => cells[column] ?? '').find((each) => each !== '')
  if (text === undefined) return undefined
  if (cell.matches !== undefined) return [...text.matchAll(new RegExp(cell.matches, 'g'))].map(([, found]) => found)
  const parts = cell.split === undefined ? [text] : text.split(cell.split).map((part) => part.trim())
  const read = cell.codes ? parts.flatMap((part) => codeOf(part, cell)) : parts
  return cell.split === undefined ? read[0] : read
}

const codeOf = (text: string, { codes = {}, others }: CsvCell): readonly Raw[] => {
  if (Object.hasOwn(codes, text)) return [codes[text]]
  const inAnyCase = Object.keys(codes).filter((code) => isSameWord(code, text))
  const words = new Set(inAnyCase.map((code) => codes[code]))
  if (words.size === 1) return [...words]
  return others === 'unknown' ? [] : [unreadable]
}
