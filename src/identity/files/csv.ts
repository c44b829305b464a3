import { CsvError, type CsvErrorCode, parse } from 'csv-parse/sync'
import { fromHeader, type Separator } from '../../foundation/csvSeparator.ts'
import { DataFault, type FaultCode } from './fault.ts'

/** A file of people may be hostile or broken; beyond these sizes it is refused before it is taken apart. */
export const largest = { bytes: 256 * 1024 * 1024, cell: 64 * 1024, columns: 500, rows: 5_000_000 } as const

/** A file with its name, as a person gave it. */
export interface DataFile {
  readonly name: string
  readonly bytes: Uint8Array
}

export interface Table {
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
}

/**
 * Bytes as a table by RFC 4180, UTF-8, with a header; semicolons, tabs or bars may stand for the commas. Anything
 * else is refused as a whole, with the line where it breaks.
 */
export function readCsv(bytes: Uint8Array, name: string): Table {
  const { body, separator, skipped } = fromHeader(decoded(bytes, name))
  const [header, ...rows] = recordsOf(body, name, separator, skipped + 1)
  if (!header)
    throw new DataFault('FILE_EMPTY', `${name} is empty. Give a CSV file whose first line names its columns.`)
  if (rows.length === 0) throw new DataFault('FILE_EMPTY', `${name} has a header and no rows.`)
  const columns = withoutTrailing(header.cells)
  checkHeader(columns, name)
  return { columns, rows: rows.map((row) => fittingCells(row, columns.length, name)) }
}

/** The cells of a row, one for each column; empty ones beyond the columns are a spreadsheet's trailing commas. */
function fittingCells({ cells, line }: Line, columns: number, name: string): readonly string[] {
  const isLong = cells.some((cell) => cell.length > largest.cell)
  if (isLong)
    throw new DataFault('CELL_TOO_LARGE', `${name}, line ${line}: a cell holds more than ${largest.cell / 1024} KB.`)
  if (cells.length === columns) return cells
  if (cells.length > columns && cells.slice(columns).every((cell) => cell === '')) return cells.slice(0, columns)
  throw new DataFault(
    'CSV_BROKEN',
    `${name}, line ${line}: the row has ${cells.length} cells and the header has ${columns}. Every row must have as many as the header.`,
  )
}

/**
 * A comma at the end of every line, as spreadsheets leave it, makes no column: rows may then hold nothing there
 * either.
 */
const withoutTrailing = (columns: readonly string[]): readonly string[] => {
  let length = columns.length
  while (length > 1 && columns[length - 1] === '') length -= 1
  return columns.slice(0, length)
}

function decoded(bytes: Uint8Array, name: string): string {
  if (bytes.length > largest.bytes)
    throw new DataFault('FILE_TOO_LARGE', `${name} is larger than ${largest.bytes >> 20} MB.`)
  if ((bytes[0] === 0xff && bytes[1] === 0xfe) || (bytes[0] === 0xfe && bytes[1] === 0xff)) {
    throw new DataFault('NOT_UTF8', `${name} is written in UTF-16. Save it as UTF-8 and try again.`)
  }
  const nul = bytes.indexOf(0)
  if (nul >= 0) throw new DataFault('NOT_TEXT', `${name} holds a NUL byte at byte ${nul}, so it is not a text file.`)
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes)
  } catch {
    throw new DataFault(
      'NOT_UTF8',
      `${name} is not UTF-8, and guessing would misspell names. Save it as UTF-8 and try again.`,
    )
  }
}

function checkHeader(columns: readonly string[], name: string): void {
  if (columns.length > largest.columns)
    throw new DataFault('FILE_TOO_LARGE', `${name} has more than ${largest.columns} columns.`)
  const empty = columns.indexOf('')
  if (empty >= 0) throw new DataFault('CSV_BROKEN', `${name}: column ${empty + 1} of the header has no name.`)
  const twice = columns.find((column, at) => columns.indexOf(column) !== at)
  if (twice !== undefined)
    throw new DataFault('CSV_BROKEN', `${name}: the column ${quoted(twice)} stands twice in the header.`)
}

/** A name of a column as it may be shown on a terminal: no control characters, not endless. */
export const quoted = (column: string): string => `"${column.replace(/[^\p{L}\p{N} _.-]/gu, '?').slice(0, 60)}"`

interface Line {
  readonly cells: readonly string[]
  /** Where the row begins. */
  readonly line: number
}

/** Takes the text apart, each cell without blanks around it. Lines that are wholly blank are passed over. */
function recordsOf(text: string, name: string, delimiter: Separator, from: number): readonly Line[] {
  const found: Line[] = []
  let ended = from - 1
  try {
    parse(text, {
      ...{ delimiter, trim: true, relax_column_count: true, skip_empty_lines: true },
      ...{ max_record_size: largest.columns * largest.cell, to: largest.rows + 2 },
      on_record: (cells: string[], { lines }) => {
        ended = from - 1 + lines
        found.push({ cells, line: ended - cells.reduce((sum, cell) => sum + (cell.match(/\n/g)?.length ?? 0), 0) })
        return null
      },
    })
  } catch (error) {
    if (!(error instanceof CsvError)) throw error
    // The library's own sentences quote the file.
    const [code, broken] = faults[error.code] ?? ['CSV_BROKEN', 'the file is not CSV']
    const line = error.code === 'CSV_QUOTE_NOT_CLOSED' ? ended + 1 : from - 1 + Number(error['lines'])
    throw new DataFault(code, `${name}, line ${line}: ${broken}.`)
  }
  if (found.length > largest.rows + 1)
    throw new DataFault('FILE_TOO_LARGE', `${name} has more than ${largest.rows} rows.`)
  return found
}

const faults: Readonly<Partial<Record<CsvErrorCode, readonly [code: FaultCode, broken: string]>>> = {
  CSV_MAX_RECORD_SIZE: ['CELL_TOO_LARGE', `a cell holds more than ${largest.cell / 1024} KB`],
  CSV_QUOTE_NOT_CLOSED: ['CSV_BROKEN', 'a quotation mark is opened and never closed'],
  CSV_INVALID_CLOSING_QUOTE: ['CSV_BROKEN', 'text follows a closed quotation mark'],
  INVALID_OPENING_QUOTE: ['CSV_BROKEN', 'a quotation mark stands inside a cell that does not begin with one'],
}
