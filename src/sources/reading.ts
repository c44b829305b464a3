import type { WireRow } from '../store/wireRow.ts'
import type { Row, Value } from './contract.ts'
import { millisecondsAt } from './dateBytes.ts'
import { decodeNullable } from './decode.ts'
import type { ColumnKind } from './layout.ts'
import { type Branch, headColumns, headPlaces } from './sqlPlan.ts'

/** A record as it is stored, looked at field by field. What is no field stands beside the class: a row has its fields alone. */
abstract class StoredRow implements Row {
  readonly [field: string]: Value | undefined
  abstract readonly id: string
  abstract readonly person: string
  readonly #row: WireRow
  readonly #places: Places

  constructor(row: WireRow, places: Places) {
    this.#row = row
    this.#places = places
  }

  static text(reading: StoredRow, place: number): string | null {
    return reading.#row.text(place)
  }

  /** Undefined where the field is no instant to the second: whoever asks reads its text. */
  static milliseconds(reading: StoredRow, field: string): number | undefined {
    const place = reading.#places.get(field)
    return place === undefined ? undefined : reading.#row.spanned(place, millisecondsAt)
  }
}

/** Where the instants of a record stand, by field. */
type Places = ReadonlyMap<string, number>

/** Milliseconds of an instant of a row whose record lies as it was stored; undefined of any other: its text tells. */
export const storedMilliseconds = (row: Row, field: string): number | undefined =>
  row instanceof StoredRow ? StoredRow.milliseconds(row, field) : undefined

const readingClasses = new WeakMap<Branch, new (row: WireRow) => Row>()

/** A class for the records of one statement's branch: every field of theirs is a getter. */
export function readingOf(agency: string, branch: Branch): new (row: WireRow) => Row {
  const known = readingClasses.get(branch)
  if (known) return known
  const instants = new Map<string, number>()
  class Reading extends StoredRow {
    constructor(row: WireRow) {
      super(row, instants)
    }
    get id(): string {
      return `${agency}:${StoredRow.text(this, headColumns) ?? ''}`
    }
    get person(): string {
      return StoredRow.text(this, headPlaces.person) ?? ''
    }
  }
  const define = (field: string, get: (reading: Reading) => Value) =>
    Object.defineProperty(Reading.prototype, field, {
      get(this: Reading) {
        return get(this)
      },
    })
  const read = (reading: Reading, place: number, kind: ColumnKind): Value =>
    decodeNullable(kind, StoredRow.text(reading, place))
  if (branch.timed) {
    define('eventAt', (reading) => read(reading, headPlaces.eventAt, 'instant'))
    instants.set('eventAt', headPlaces.eventAt)
  }
  for (const [at, { key, kind }] of branch.cells.entries()) {
    if (kind === 'instant') instants.set(key, headColumns + at)
    const isOwn = key === 'parent' || key === 'provenance.supersedes'
    if (key !== 'id')
      define(key, (reading) => {
        const value = read(reading, headColumns + at, kind)
        return isOwn && value !== null ? `${agency}:${String(value)}` : value
      })
  }
  readingClasses.set(branch, Reading)
  return Reading
}
