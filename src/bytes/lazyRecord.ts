import { type Branch, type Cell, eventAtOf, headColumns, headPlaces } from '../sources/bindings/sql/recordsBranch.ts'
import type { Row, Value } from '../sources/contract.ts'
import { cellValue } from '../sources/decodeCell.ts'
import type { WireRow } from './wireRow.ts'

/**
 * A record as it is stored, of which each field is read when it is looked at. What is no field stands beside the class.
 */
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
export function readingOf(branch: Branch): new (row: WireRow) => Row {
  const known = readingClasses.get(branch)
  if (known) return known
  class BranchReading extends Reading {
    get id(): string {
      return Reading.text(this, headColumns) ?? ''
    }
    get person(): string {
      return Reading.text(this, headPlaces.person) ?? ''
    }
  }
  const define = (field: string, place: number, cell: Pick<Cell, 'kind' | 'clean'>) => {
    Object.defineProperty(BranchReading.prototype, field, {
      get(this: BranchReading): Value {
        return cellValue(cell, Reading.text(this, place))
      },
    })
  }
  if (branch.timed) define('eventAt', headPlaces.eventAt, eventAtOf(branch))
  for (const [at, cell] of branch.cells.entries()) if (cell.key !== 'id') define(cell.key, headColumns + at, cell)
  readingClasses.set(branch, BranchReading)
  return BranchReading
}
