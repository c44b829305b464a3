import { type Branch, headColumns, headPlaces } from '../sources/bindings/sql/statement.ts'
import type { Row, Value } from '../sources/contract.ts'
import { decodeNullable } from '../sources/decode.ts'
import type { ColumnKind } from '../sources/layout.ts'
import type { WireRow } from './wireRow.ts'

/** A record as it is stored, of which each field is read when it is looked at. What is no field stands beside the class. */
abstract class Reading implements Row {
  readonly [field: string]: Value | undefined
  abstract readonly id: string
  abstract readonly person: string
  readonly #row: WireRow

  constructor(row: WireRow) {
    this.#row = row
  }

  static text(reading: Reading, place: number): string | null {
    return reading.#row.text(place)
  }
}

const readingClasses = new WeakMap<Branch, new (row: WireRow) => Row>()

/** A class for the records of one statement's branch: every field of theirs is a getter. */
export function readingOf(agency: string, branch: Branch): new (row: WireRow) => Row {
  const known = readingClasses.get(branch)
  if (known) return known
  class BranchReading extends Reading {
    get id(): string {
      return `${agency}:${Reading.text(this, headColumns) ?? ''}`
    }
    get person(): string {
      return Reading.text(this, headPlaces.person) ?? ''
    }
  }
  const define = (field: string, place: number, kind: ColumnKind) => {
    /** Whether it names another record of the agency. */
    const isOwn = field === 'parent' || field === 'provenance.supersedes'
    Object.defineProperty(BranchReading.prototype, field, {
      get(this: BranchReading): Value {
        const value = decodeNullable(kind, Reading.text(this, place))
        return isOwn && value !== null ? `${agency}:${String(value)}` : value
      },
    })
  }
  if (branch.timed) define('eventAt', headPlaces.eventAt, 'instant')
  for (const [at, { key, kind }] of branch.cells.entries()) if (key !== 'id') define(key, headColumns + at, kind)
  readingClasses.set(branch, BranchReading)
  return BranchReading
}
