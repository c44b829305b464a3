import type { WireRow } from '../store/wireRow.ts'
import type { Row, Value } from './contract.ts'
import { decodeNullable } from './decode.ts'
import type { ColumnKind } from './layout.ts'
import { type Branch, headColumns, headPlaces } from './sqlPlan.ts'

const readingClasses = new WeakMap<Branch, new (row: WireRow) => Row>()

/** A class for the records of one statement's branch: every field of theirs is a getter. */
export function readingOf(agency: string, branch: Branch): new (row: WireRow) => Row {
  const known = readingClasses.get(branch)
  if (known) return known
  class Reading implements Row {
    readonly [field: string]: Value | undefined
    readonly #row: WireRow

    constructor(row: WireRow) {
      this.#row = row
    }
    get id(): string {
      return `${agency}:${this.#row.text(headColumns) ?? ''}`
    }
    get person(): string {
      return this.#row.text(headPlaces.person) ?? ''
    }
    static read(reading: Reading, place: number, kind: ColumnKind): Value {
      return decodeNullable(kind, reading.#row.text(place))
    }
  }
  const define = (field: string, get: (reading: Reading) => Value) =>
    Object.defineProperty(Reading.prototype, field, {
      get(this: Reading) {
        return get(this)
      },
    })
  if (branch.timed) define('eventAt', (reading) => Reading.read(reading, headPlaces.eventAt, 'instant'))
  for (const [at, { key, kind }] of branch.cells.entries()) {
    const isOwn = key === 'parent' || key === 'provenance.supersedes'
    if (key !== 'id')
      define(key, (reading) => {
        const value = Reading.read(reading, headColumns + at, kind)
        return isOwn && value !== null ? `${agency}:${String(value)}` : value
      })
  }
  readingClasses.set(branch, Reading)
  return Reading
}
