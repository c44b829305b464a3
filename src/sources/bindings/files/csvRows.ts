import { CsvError, parse } from 'csv-parse/sync'
import { fromHeader, type Separator } from '../../../foundation/csvSeparator.ts'
import { FileFault, type RefusedLine } from './incoming.ts'

/** One row by the names of its columns. */
export interface CsvRow {
  readonly line: number
  readonly cells: Readonly<Record<string, string>>
}

/** A CSV file: columns as the header names them, rows, and rows that are none. */
export interface CsvFile {
  readonly columns: readonly string[]
  readonly rows: readonly CsvRow[]
  readonly refused: readonly RefusedLine[]
}

/** Columns of a header; more are no table. */
const mostColumns = 1000

/**
 * Rows of a CSV file as spreadsheets save it: commas, semicolons, tabs or bars, a line `sep=;` before the header,
 * commas at the end of every line, numbers kept as text by `="0123"` or an apostrophe. A row of another length costs
 * itself.
 *
 * @throws FileFault where there is no header, or no end of a row.
 */
export function csvRows(text: string, file: string): CsvFile {
  const { body, separator, skipped } = fromHeader(text.replace(/^\uFEFF/, ''))
  const refused: RefusedLine[] = []
  const refuse = (line: number, fault: RefusedLine['fault']) => refused.push({ file, line, fault, where: '' })
  const [header, ...rest] = recordsOf(body, separator, file, skipped)
  if (!header) throw new FileFault(`${file} is empty, or its first line is no CSV.`)
  const columns = columnsOf(header.record, file)
  const rows = rest.flatMap(({ info, record }): readonly CsvRow[] => {
    const cells = record.map(cellText)
    // Nothing, or the header again, where files were put one after another.
    if (cells.every((cell) => cell === '') || cells.every((cell, at) => cell === (columns[at] ?? ''))) return []
    const isLonger = cells.slice(columns.length).some((cell) => cell !== '')
    if (cells.length < columns.length || isLonger) {
      refuse(info.lines + skipped, 'CELLS')
      return []
    }
    return [
      { line: info.lines + skipped, cells: Object.fromEntries(columns.map((name, at) => [name, cells[at] ?? ''])) },
    ]
  })
  return { columns, rows, refused }
}

interface Parsed {
  readonly info: { readonly lines: number }
  readonly record: readonly string[]
}

/**
 * Marks inside a cell are text. One that is opened and never closed ends the file: where rows end is not known from
 * there.
 */
function recordsOf(body: string, separator: Separator, file: string, skipped: number): readonly Parsed[] {
  try {
    const lenient = { relax_column_count: true, relax_quotes: true, skip_empty_lines: true, trim: true }
    const parsed: unknown = parse(body, { ...lenient, delimiter: separator, info: true })
    // With `info`, the library gives each record so.
    return parsed as readonly Parsed[]
  } catch (error) {
    const at = error instanceof CsvError ? Number(error['lines'] ?? 0) + skipped : 0
    throw new FileFault(
      `${file}, by line ${at}: a quotation mark is opened and never closed. Nothing of the file is taken.`,
    )
  }
}

function columnsOf(header: readonly string[], file: string): readonly string[] {
  const columns = header.map(cellText)
  while (columns.at(-1) === '') columns.pop()
  if (columns.length === 0 || columns.length > mostColumns)
    throw new FileFault(`${file} has a header of ${columns.length} columns.`)
  if (columns.includes('')) throw new FileFault(`${file}: column ${columns.indexOf('') + 1} of the header has no name.`)
  const twice = columns.findIndex((name, at) => columns.indexOf(name) !== at)
  if (twice >= 0) throw new FileFault(`${file}: column ${twice + 1} of the header has the name of another.`)
  return columns
}

/** `="0123"` and `'0123` are how a spreadsheet is kept from making a number of it. */
const cellText = (cell: string): string => {
  const text = cell.trim()
  const kept = /^="(.*)"$/.exec(text)
  return kept ? (kept[1] ?? '') : text.startsWith("'") && /^'[\d+-]/.test(text) ? text.slice(1) : text
}
