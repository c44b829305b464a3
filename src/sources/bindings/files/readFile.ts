import { placeInJson } from '../../../foundation/jsonFile.ts'
import type { SourceLayout } from '../../sourceLayout.ts'
import type { CsvMapping } from './csvMapping.ts'
import { csvRows } from './csvRows.ts'
import { textOfFile } from './fileText.ts'
import { isCinCensus, readCinCensus } from './formats/cinCensus.ts'
import { isCommonTransferFile, readCommonTransferFile } from './formats/commonTransferFile.ts'
import { readMappedCsv } from './formats/mappedCsv.ts'
import { readRecordJson } from './formats/recordJson.ts'
import { isSsda903, readSsda903Table, readSsda903Xml, tableOf } from './formats/ssda903.ts'
import { FileFault, type ImportFile, type ReadRecords } from './incoming.ts'
import type { RecordOwner } from './storedRecord.ts'
import { documentElement } from './xmlElements.ts'

/** Formats that are read, by the word of the command line. */
export const formats = ['json', 'csv', 'cin', '903', 'ctf'] as const
export type Format = (typeof formats)[number]

export interface ReadOptions {
  readonly layout: SourceLayout
  readonly owner: RecordOwner
  /** What the file is, whatever it looks like. */
  readonly format?: Format | undefined
  /** For CSV of any other make. */
  readonly mapping?: CsvMapping | undefined
}

export interface ReadFile extends ReadRecords {
  readonly format: Format
}

/**
 * Reads a file by what it is, which its content tells.
 *
 * @throws FileFault where it is nothing that can be read; then nothing of it is taken.
 */
export function readFile(file: ImportFile, { layout, owner, format, mapping }: ReadOptions): ReadFile {
  const { text, encoding } = textOfFile(file)
  const note =
    encoding === 'Windows-1252'
      ? [`${file.name} is no UTF-8 and was read as Windows-1252: look whether names are right.`]
      : []
  const read = readText(text.replace(/^\uFEFF/, ''), file, { layout, owner, format, mapping })
  return { ...read, notes: [...note, ...read.notes] }
}

function readText(text: string, file: ImportFile, { layout, owner, format, mapping }: ReadOptions): ReadFile {
  const { name } = file
  const start = text.trimStart()
  if (start === '') throw new FileFault(`${name} is empty.`)
  if (start.startsWith('<')) return readXml(text, file, layout, format)
  // Said by its name, it is that, or broken.
  const isCalled = (ending: string) => format === undefined && name.toLowerCase().endsWith(ending)
  if (isCalled('.xml')) throw new FileFault(`${name} is no well-formed XML.`)
  if (start.startsWith('{') || start.startsWith('[') || isCalled('.json')) {
    demand(format, ['json'], name)
    return { format: 'json', ...readRecordJson(parsed(text, name), text, file, layout, owner.id) }
  }
  demand(format, ['csv', '903'], name)
  const csv = csvRows(text, name)
  const table = mapping || format === 'csv' ? undefined : tableOf(csv.columns)
  if (table !== undefined) {
    demandKind(layout, 'socialCare', name)
    const rows = csv.rows.map(({ line, cells }) => ({ line, cells: byUpperCase(cells) }))
    const read = readSsda903Table(table, rows, name)
    return { format: '903', ...read, refused: [...csv.refused, ...read.refused] }
  }
  if (format === '903') throw new FileFault(`${name} has not the columns of any table of the return.`)
  if (!mapping)
    throw new FileFault(`${name} is a CSV file of no return that is known here. Give its mapping with --mapping.`)
  return { format: 'csv', ...readMappedCsv(csv, mapping, name) }
}

function readXml(
  text: string,
  { name, bytes }: ImportFile,
  layout: SourceLayout,
  format: Format | undefined,
): ReadFile {
  const root = documentElement(text, name)
  const found: Format | null = isCinCensus(root)
    ? 'cin'
    : isSsda903(root)
      ? '903'
      : isCommonTransferFile(root)
        ? 'ctf'
        : null
  const chosen = format ?? found
  if (chosen === null || chosen === 'json' || chosen === 'csv')
    throw new FileFault(`${name} is XML, and neither a CIN census, an SSDA903 return nor a common transfer file.`)
  demandKind(layout, chosen === 'ctf' ? 'education' : 'socialCare', name)
  if (chosen === 'cin') return { format: chosen, ...readCinCensus(root, { name, bytes }) }
  return { format: chosen, ...(chosen === '903' ? readSsda903Xml(root, name) : readCommonTransferFile(root, name)) }
}

/** In a longer text the place of the fault is not looked for. */
const searched = 4 * 1024 * 1024

function parsed(text: string, name: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    // The parser's own sentence quotes the text.
    const place = text.length < searched ? placeInJson(text) : ''
    throw new FileFault(`${name} is no JSON${place}. Nothing of the file is taken.`)
  }
}

function demand(format: Format | undefined, read: readonly Format[], name: string): void {
  if (format && !read.includes(format)) throw new FileFault(`${name} is not of the format ${format}.`)
}

function demandKind({ contract }: SourceLayout, kind: string, name: string): void {
  if (contract.name !== kind)
    throw new FileFault(`${name} is a file of ${kind}, and the holder is of ${contract.name}.`)
}

const byUpperCase = (cells: Readonly<Record<string, string>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(cells).map(([name, value]) => [name.toUpperCase(), value]))
