import { DataFault } from './fault.ts'

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
  const { text, separator, line } = withoutSeparatorLine(decoded(bytes, name))
  const [header, ...rows] = recordsOf(text, name, separator, line)
  if (!header)
    throw new DataFault('FILE_EMPTY', `${name} is empty. Give a CSV file whose first line names its columns.`)
  if (rows.length === 0) throw new DataFault('FILE_EMPTY', `${name} has a header and no rows.`)
  const columns = withoutTrailing(header.cells.map((cell) => cell.trim()))
  checkHeader(columns, name)
  for (const row of rows) {
    if (row.cells.length > columns.length && row.cells.slice(columns.length).every((cell) => cell.trim() === ''))
      row.cells.length = columns.length
    if (row.cells.length === columns.length) continue
    throw new DataFault(
      'CSV_BROKEN',
      `${name}, line ${row.line}: the row has ${row.cells.length} cells and the header has ${columns.length}. Every row must have as many as the header.`,
    )
  }
  for (const { cells } of rows) for (let at = 0; at < cells.length; at += 1) cells[at] = (cells[at] ?? '').trim()
  return { columns, rows: rows.map(({ cells }) => cells) }
}

/** Excel writes what stands between cells into a line of its own before the header: `sep=;`. */
function withoutSeparatorLine(text: string): {
  readonly text: string
  readonly separator: Separator | null
  readonly line: number
} {
  const found = /^"?sep=(.)"?[,;\t|]*\r?\n/i.exec(text)
  const separator = separators.find((one) => one === found?.[1]) ?? null
  return found && separator
    ? { text: text.slice(found[0].length), separator, line: 2 }
    : { text, separator: null, line: 1 }
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
  readonly cells: string[]
  readonly line: number
}

/** What stands between cells, by the header alone: a comma if there is one outside quotation marks. */
function separatorOf(text: string): Separator {
  const header = (/^[^\n\r]*/.exec(text)?.[0] ?? '').replace(/"[^"]*"/g, '')
  return separators.find((separator) => header.includes(separator)) ?? ','
}

const separators = [',', ';', '\t', '|'] as const
type Separator = (typeof separators)[number]

/** Takes the text apart. Lines that are wholly blank are passed over. */
function recordsOf(text: string, name: string, given: Separator | null, from: number): Line[] {
  const separator = given ?? separatorOf(text)
  const found: Line[] = []
  let cells: string[] = []
  let line = from
  let startedAt = from
  let at = 0
  const end = () => {
    if (cells.length > 1 || cells[0] !== '') found.push({ cells, line: startedAt })
    if (found.length > largest.rows)
      throw new DataFault('FILE_TOO_LARGE', `${name} has more than ${largest.rows} rows.`)
    cells = []
    startedAt = line
  }
  while (at < text.length) {
    const start = afterSpaces(text, at)
    const cell =
      text[start] === '"' ? quotedCell(text, start, name, line, separator) : plainCell(text, at, name, line, separator)
    if (cell.value.length > largest.cell) {
      throw new DataFault('CELL_TOO_LARGE', `${name}, line ${line}: a cell holds more than ${largest.cell / 1024} KB.`)
    }
    cells.push(cell.value)
    line += cell.lines
    at = cell.next
    if (text[at] === separator) {
      at += 1
      if (at === text.length) cells.push('')
      continue
    }
    if (text[at] === '\r') at += 1
    if (text[at] === '\n') at += 1
    line += 1
    end()
  }
  if (cells.length > 0) end()
  return found
}

interface Cell {
  readonly value: string
  readonly next: number
  /** Line breaks inside the quotes. */
  readonly lines: number
}

/** Where a cell begins whose comma is followed by spaces. */
function afterSpaces(text: string, at: number): number {
  let start = at
  while (text[start] === ' ') start += 1
  return start
}

function plainCell(text: string, at: number, name: string, line: number, separator: Separator): Cell {
  let next = at
  while (next < text.length && text[next] !== separator && text[next] !== '\n' && text[next] !== '\r') {
    if (text[next] === '"')
      throw new DataFault(
        'CSV_BROKEN',
        `${name}, line ${line}: a quotation mark stands inside a cell that does not begin with one.`,
      )
    next += 1
  }
  return { value: text.slice(at, next), next, lines: 0 }
}

function quotedCell(text: string, at: number, name: string, line: number, separator: Separator): Cell {
  let from = at + 1
  for (;;) {
    const close = text.indexOf('"', from)
    if (close < 0)
      throw new DataFault('CSV_BROKEN', `${name}, line ${line}: a quotation mark is opened and never closed.`)
    if (text[close + 1] === '"') {
      from = close + 2
      continue
    }
    const after = text[close + 1]
    if (after !== undefined && after !== separator && after !== '\n' && after !== '\r') {
      throw new DataFault('CSV_BROKEN', `${name}, line ${line}: text follows a closed quotation mark.`)
    }
    const value = text.slice(at + 1, close).replaceAll('""', '"')
    return { value, next: close + 1, lines: value.split('\n').length - 1 }
  }
}
