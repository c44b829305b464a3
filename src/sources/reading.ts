import type { JsonBytes } from '../execution/jsonBytes.ts'
import type { WireRow } from '../store/wireRow.ts'
import type { Row, Value } from './contract.ts'
import { isInstantAt, millisecondsAt } from './dateBytes.ts'
import { decodeNullable } from './decode.ts'
import type { ColumnKind } from './layout.ts'
import { type Branch, headColumns, headPlaces } from './sqlPlan.ts'

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

  static spanned<Result>(
    reading: StoredRow,
    place: number,
    read: (bytes: Buffer, from: number, to: number) => Result,
  ): Result | undefined {
    return reading.#row.spanned(place, read)
  }

  static agencyOf(reading: StoredRow): Buffer {
    return reading.#shape.agency
  }
}

/** What all records of one branch have in common. */
interface Shape {
  /** The agency's name and a colon, which stand before each id. */
  readonly agency: Buffer
  readonly cells: ReadonlyMap<string, Cell>
}

interface Cell {
  readonly place: number
  readonly kind: ColumnKind
}

const instantCell = (row: Row, field: string): Cell | undefined => {
  const cell = row instanceof StoredRow ? StoredRow.cell(row, field) : undefined
  return cell?.kind === 'instant' ? cell : undefined
}

/** Milliseconds of an instant of a row whose record lies as it was stored; undefined of any other: its text tells. */
export function storedMilliseconds(row: Row, field: string): number | undefined {
  const cell = instantCell(row, field)
  return cell && StoredRow.spanned(row as StoredRow, cell.place, millisecondsAt)
}

/** Writes such an instant. False, with nothing written, of any other. */
export function writeStoredInstant(row: Row, field: string, out: JsonBytes): boolean {
  const cell = instantCell(row, field)
  if (!cell) return false
  const write = (bytes: Buffer, from: number, to: number): boolean => {
    if (!isInstantAt(bytes, from, to)) return false
    out.instant(bytes, from)
    return true
  }
  return StoredRow.spanned(row as StoredRow, cell.place, write) ?? false
}

/** Writes the id of a row whose record lies as it was stored. False, with nothing written, of any other. */
export function writeStoredId(row: Row, out: JsonBytes): boolean {
  if (!(row instanceof StoredRow)) return false
  const write = (bytes: Buffer, from: number, to: number): boolean => {
    out.string(bytes, from, to, StoredRow.agencyOf(row))
    return true
  }
  return StoredRow.spanned(row, headColumns, write) ?? false
}

const readingClasses = new WeakMap<Branch, new (row: WireRow) => Row>()

/** A class for the records of one statement's branch: every field of theirs is a getter. */
export function readingOf(agency: string, branch: Branch): new (row: WireRow) => Row {
  const known = readingClasses.get(branch)
  if (known) return known
  const cells = new Map<string, Cell>()
  const shape: Shape = { agency: Buffer.from(`${agency}:`), cells }
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
  const define = (field: string, cell: Cell) => {
    const isOwn = field === 'parent' || field === 'provenance.supersedes'
    cells.set(field, cell)
    Object.defineProperty(Reading.prototype, field, {
      get(this: Reading) {
        const value = decodeNullable(cell.kind, StoredRow.text(this, cell.place))
        return isOwn && value !== null ? `${agency}:${String(value)}` : value
      },
    })
  }
  if (branch.timed) define('eventAt', { place: headPlaces.eventAt, kind: 'instant' })
  for (const [at, { key, kind }] of branch.cells.entries())
    if (key !== 'id') define(key, { place: headColumns + at, kind })
  readingClasses.set(branch, Reading)
  return Reading
}
