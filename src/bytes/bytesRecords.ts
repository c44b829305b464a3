import { type RecordIds, recordIds } from '../audit/recordIds.ts'
import type { SelectionPlan } from '../execution/answerPlan.ts'
import type { JsonBytes } from '../execution/jsonBytes.ts'
import type { Grant } from '../policy/grant.ts'
import { recordOf } from '../sources/bindings/sql/record.ts'
import { type Branch, headColumns, nounOf, type SqlPlan } from '../sources/bindings/sql/statement.ts'
import type { Row } from '../sources/contract.ts'
import type { SourceLayout } from '../sources/layout.ts'
import { Pseudonyms, pseudonymsOf } from '../sources/pseudonyms.ts'
import type { RecordSet } from '../sources/recordSet.ts'
import { GroupedRows } from './groupedRows.ts'
import { readingOf } from './reading.ts'
import { writeRecords } from './recordText.ts'
import type { WireRow } from './wireRow.ts'

/**
 * What one agency's statement gave about one child, as it came. Most of it is written into an answer and never looked
 * at by anyone here, so rows are made of it only when someone asks for them.
 */
export class BytesRecords implements RecordSet {
  readonly lists: readonly string[]
  readonly #layout: SourceLayout
  readonly #plan: SqlPlan
  /** What the statement found of all children, and the place of this one among them. */
  #found: GroupedRows
  readonly #child: number
  /** Under which it was read. */
  readonly #grant: Grant | undefined
  /** Rows that were made, by list. */
  readonly #rows = new Map<string, readonly Row[]>()

  constructor(
    layout: SourceLayout,
    plan: SqlPlan,
    found: GroupedRows,
    [child, grant]: readonly [child: number, grant: Grant | undefined],
    lists: readonly string[],
  ) {
    this.#layout = layout
    this.#plan = plan
    this.#found = found
    this.#child = child
    this.#grant = grant
    this.lists = lists
  }

  rows(list: string): readonly Row[] {
    const branch = this.#branchOf(list)
    if (!branch) return none
    if (!this.#rows.has(list)) this.#make(hasPseudonym(branch) ? this.#plan.branches.filter(hasPseudonym) : [branch])
    return this.#rows.get(list) ?? none
  }

  readings(list: string): readonly Row[] {
    const branch = this.#branchOf(list)
    if (!branch) return none
    if (hasPseudonym(branch)) return this.rows(list)
    const Reading = readingOf(branch)
    return this.#recordsOf(list).map((row) => new Reading(row))
  }

  write(list: string, selection: SelectionPlan, grant: Grant, out: JsonBytes): boolean {
    const branch = this.#branchOf(list)
    if (branch) return writeRecords(this.#layout, branch, selection, grant, this.#recordsOf(list), out)
    out.json('[]')
    return true
  }

  ids(): RecordIds {
    const ids: string[] = []
    // Lists of records stand before those that are merely counted.
    this.#found.eachOfFirst(this.#plan.places.size, this.#child, (row) => {
      ids.push(row.text(headColumns) ?? '')
    })
    return recordIds(ids)
  }

  release(): void {
    this.#found = nothingFound
    this.#rows.clear()
  }

  /** How the records of a list were read; undefined where the statement had no such list. */
  #branchOf(list: string): Branch | undefined {
    return this.#plan.branches[this.#placeOf(list)]
  }

  #recordsOf(list: string): readonly WireRow[] {
    const place = this.#placeOf(list)
    return place < 0 ? [] : this.#found.rowsOf(this.#child, place)
  }

  #placeOf(list: string): number {
    return this.#plan.places.get(list) ?? -1
  }

  /** Pseudonyms are numbered over all lists that have any, so those are made together. */
  #make(branches: readonly Branch[]): void {
    const grant = this.#grant
    const making = {
      organisation: grant?.organisation ?? '',
      pseudonyms: grant ? pseudonymsOf(grant) : new Pseudonyms(),
    }
    for (const branch of branches) {
      const records = this.#recordsOf(branch.list.list)
      this.#rows.set(
        branch.list.list,
        records.map((row) => recordOf(making, branch, row.texts())),
      )
    }
  }
}

const hasPseudonym = ({ holdings, cells }: Branch): boolean =>
  !holdings && cells.some((cell) => nounOf(cell, false) !== null || nounOf(cell, true) !== null)

const none: readonly Row[] = []
const nothingFound = new GroupedRows([], 0, [])
