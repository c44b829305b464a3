import { Constant } from '../execution/constant.ts'
import type { JsonBytes } from '../execution/jsonBytes.ts'
import type { TextBytes } from '../execution/textBytes.ts'
import { type Branch, headColumns, headPlaces } from '../sources/bindings/sql/statement.ts'
import type { Row, Value } from '../sources/contract.ts'
import { decodeNullable } from '../sources/decode.ts'
import type { ColumnKind } from '../sources/layout.ts'
import { millisecondsAt } from './dateBytes.ts'
import type { WireRow } from './wireRow.ts'

/** A record as it is stored, looked at field by field. What is no field stands beside the class: a row has its fields alone. */
abstract class StoredRow implements Row {
  readonly [field: string]: Value | undefined
  abstract readonly id: string
  abstract readonly person: string
  readonly #row: WireRow
  readonly #shape: Shape

  constructor(row: WireRow, shape: Shape) {
    this.#row = row
    this.#shape = shape
  }

  static text(reading: StoredRow, place: number): string | null {
    return reading.#row.text(place)
  }

  static cell(reading: StoredRow, field: string): Cell | undefined {
    return reading.#shape.cells.get(field)
  }

  static value(reading: StoredRow, cell: Cell): Value {
    const value = decodeNullable(cell.kind, reading.#row.text(cell.place))
    return cell.isOwn && value !== null ? `${reading.#shape.agency}:${String(value)}` : value
  }

  static spanned<Result>(
    reading: StoredRow,
    place: number,
    read: (text: TextBytes, from: number, to: number) => Result,
  ): Result | undefined {
    return reading.#row.spanned(place, read)
  }

  static writeId(reading: StoredRow, out: JsonBytes): boolean {
    const { idInto } = reading.#shape
    return reading.#row.spannedInto(headColumns, out, idInto) ?? false
  }

  static writeInstant(reading: StoredRow, place: number, out: JsonBytes): boolean {
    return reading.#row.spannedInto(place, out, instantInto) ?? false
  }
}

/** What all records of one branch have in common. */
interface Shape {
  readonly agency: string
  /** Writes an id with the agency's name and a colon before it. */
  readonly idInto: (out: JsonBytes, text: TextBytes, from: number, to: number) => boolean
  readonly cells: ReadonlyMap<string, Cell>
}

interface Cell {
  readonly place: number
  readonly kind: ColumnKind
  /** Whether it names another record of the agency. */
  readonly isOwn: boolean
}

/** A field of a row, as the row gives it; found more quickly for who asks by many names. */
export function fieldOf(row: Row, field: string): Value | undefined {
  if (!(row instanceof StoredRow)) return row[field]
  const cell = StoredRow.cell(row, field)
  return cell ? StoredRow.value(row, cell) : row[field]
}

const instantCell = (row: Row, field: string): Cell | undefined => {
  const cell = row instanceof StoredRow ? StoredRow.cell(row, field) : undefined
  return cell?.kind === 'instant' ? cell : undefined
}

/** Milliseconds of an instant of a row whose record lies as it was stored; undefined of any other: its text tells. */
export function storedMilliseconds(row: Row, field: string): number | undefined {
  const cell = instantCell(row, field)
  return cell && StoredRow.spanned(row as StoredRow, cell.place, millisecondsIn)
}

const millisecondsIn = ({ bytes }: TextBytes, from: number, to: number): number | undefined =>
  millisecondsAt(bytes, from, to)

const instantInto = (out: JsonBytes, text: TextBytes, from: number): boolean => {
  out.instant(text, from)
  return true
}

/** Writes an instant whose milliseconds were read so: it is not looked at again. False, with nothing written, of any other row. */
export function writeStoredInstant(row: Row, field: string, out: JsonBytes): boolean {
  const cell = instantCell(row, field)
  return cell !== undefined && StoredRow.writeInstant(row as StoredRow, cell.place, out)
}

/** Writes the id of a row whose record lies as it was stored. False, with nothing written, of any other. */
export const writeStoredId = (row: Row, out: JsonBytes): boolean =>
  row instanceof StoredRow && StoredRow.writeId(row, out)

const readingClasses = new WeakMap<Branch, new (row: WireRow) => Row>()

/** A class for the records of one statement's branch: every field of theirs is a getter. */
export function readingOf(agency: string, branch: Branch): new (row: WireRow) => Row {
  const known = readingClasses.get(branch)
  if (known) return known
  const cells = new Map<string, Cell>()
  const before = new Constant(`"${agency}:`)
  const idInto: Shape['idInto'] = (out, text, from, to) => {
    out.string(text, from, to, before)
    return true
  }
  const shape: Shape = { agency, idInto, cells }
  class Reading extends StoredRow {
    constructor(row: WireRow) {
      super(row, shape)
    }
    get id(): string {
      return `${agency}:${StoredRow.text(this, headColumns) ?? ''}`
    }
    get person(): string {
      return StoredRow.text(this, headPlaces.person) ?? ''
    }
  }
  const define = (field: string, place: number, kind: ColumnKind) => {
    const cell: Cell = { place, kind, isOwn: field === 'parent' || field === 'provenance.supersedes' }
    cells.set(field, cell)
    Object.defineProperty(Reading.prototype, field, {
      get(this: Reading) {
        return StoredRow.value(this, cell)
      },
    })
  }
  if (branch.timed) define('eventAt', headPlaces.eventAt, 'instant')
  for (const [at, { key, kind }] of branch.cells.entries()) if (key !== 'id') define(key, headColumns + at, kind)
  readingClasses.set(branch, Reading)
  return Reading
}
