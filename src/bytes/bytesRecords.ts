import { type RecordIds, recordIds } from '../audit/recordIdsDigest.ts'
import type { SelectionPlan } from '../execution/answerPlan.ts'
import type { JsonBytes } from '../execution/jsonBytes.ts'
import type { Grant } from '../policy/grant.ts'
import { recordOf } from '../sources/bindings/sql/record.ts'
import { type Branch, fieldsIn, headColumns } from '../sources/bindings/sql/recordsBranch.ts'
import type { SqlPlan } from '../sources/bindings/sql/statement.ts'
import type { Row } from '../sources/contract.ts'
import { isRefused } from '../sources/decodeCell.ts'
import { Pseudonyms } from '../sources/pseudonyms.ts'
import type { RecordSet } from '../sources/recordSet.ts'
import type { SourceLayout } from '../sources/sourceLayout.ts'
import { GroupedRows } from './groupedRows.ts'
import { readingOf } from './lazyRecord.ts'
import type { WireRow } from './wireRow.ts'
import { writeRecords } from './writeRecordsAsJson.ts'

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
  /** Whether a value is refused that stands there, by list and place. */
  readonly #refused = new Map<string, boolean>()
  /** Fields that came and cannot be read, by list. */
  readonly #unread = new Map<string, ReadonlySet<string>>()

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

  has(list: string): boolean {
    return this.#recordsOf(list).length > 0
  }

  rows(list: string): readonly Row[] {
    const branch = this.#branchOf(list)
    if (!branch) return none
    if (!this.#rows.has(list)) this.#make(branch)
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

  unread(list: string, fields: readonly string[]): boolean {
    const branch = this.#branchOf(list)
    if (!branch) return false
    const unread = this.#unreadIn(list, branch)
    return fields.some((field) => {
      if (unread.has(field)) return true
      const at = branch.cells.findIndex(({ key, clean }) => key === field && clean)
      const cell = branch.cells[at]
      return cell !== undefined && this.#isRefused(list, headColumns + at, cell)
    })
  }

  #unreadIn(list: string, { unread: place }: Branch): ReadonlySet<string> {
    if (place === null) return nothingUnread
    const known = this.#unread.get(list)
    if (known) return known
    const unread = new Set(this.#recordsOf(list).flatMap((row) => fieldsIn(row.text(place))))
    this.#unread.set(list, unread)
    return unread
  }

  #isRefused(list: string, place: number, cell: Branch['cells'][number]): boolean {
    const key = `${list} ${place}`
    const known = this.#refused.get(key)
    if (known !== undefined) return known
    const isRefusedIn = this.#recordsOf(list).some((row) => isRefused(cell, row.text(place)))
    this.#refused.set(key, isRefusedIn)
    return isRefusedIn
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

  #make(branch: Branch): void {
    const making = {
      organisation: this.#grant?.organisation ?? '',
      pseudonyms: new Pseudonyms(this.#grant?.pseudonymKey ?? ''),
    }
    const { list } = branch.list
    this.#rows.set(
      list,
      this.#recordsOf(list).map((row) => recordOf(making, branch, row.texts())),
    )
  }
}

const hasPseudonym = ({ holdings, cells }: Branch): boolean => !holdings && cells.some(({ nouns }) => nouns !== null)

const none: readonly Row[] = []
const nothingUnread: ReadonlySet<string> = new Set()
const nothingFound = new GroupedRows([], 0, [])
