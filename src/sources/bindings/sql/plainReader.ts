import type { Grant } from '../../../policy/grant.ts'
import type { StoredRow } from '../../../store/database.ts'
import { plainWire } from '../../../store/plainWire.ts'
import type { Row } from '../../contract.ts'
import { isRefused } from '../../decodeCell.ts'
import { plainRecords } from '../../plainRecords.ts'
import { Pseudonyms } from '../../pseudonyms.ts'
import { type Making, recordOf } from './record.ts'
import type { FoundRecords, RecordReader } from './recordReader.ts'
import { type Branch, fieldsIn, headColumns, headPlaces } from './recordsBranch.ts'
import type { SqlPlan } from './statement.ts'

/** Makes a plain row of every record. */
export const plainReader: RecordReader = {
  wire: plainWire,
  found: (_layout, plan, grants, rows) => new PlainFound(plan, grants, rows),
}

type Texts = readonly (string | null)[]

class PlainFound implements FoundRecords {
  readonly #plan: SqlPlan
  readonly #grants: readonly Grant[]
  /** Rows of each branch of each child. */
  readonly #rows: readonly (readonly (readonly StoredRow[])[])[]

  constructor(plan: SqlPlan, grants: readonly Grant[], rows: readonly StoredRow[]) {
    this.#plan = plan
    this.#grants = grants
    // A person may stand for several children.
    this.#rows = grants.map(({ persons }) => {
      const own = rows.filter((row) => persons.includes(row.text(headPlaces.person) ?? ''))
      return plan.branches.map((_, nth) => own.filter((row) => row.text(headPlaces.branch) === String(nth)))
    })
  }

  of(child: number, lists: readonly string[]) {
    const rows = new Map<string, readonly Row[]>(lists.map((list) => [list, []]))
    const { organisation = '', pseudonymKey = '' } = this.#grants[child] ?? {}
    const making = { organisation, pseudonyms: new Pseudonyms(pseudonymKey) }
    const unread = new Map<string, ReadonlySet<string>>()
    for (const [nth, branch] of this.#plan.branches.entries())
      if (!branch.holdings) {
        rows.set(branch.list.list, this.#rowsOf(child, nth, branch, making))
        unread.set(branch.list.list, this.#refusedIn(child, nth, branch))
      }
    return plainRecords(Object.fromEntries(rows), unread)
  }

  each(child: number, branch: number, look: (row: StoredRow) => void): void {
    for (const row of this.#rows[child]?.[branch] ?? []) look(row)
  }

  #refusedIn(child: number, nth: number, { cells, unread }: Branch): ReadonlySet<string> {
    const rows = this.#rows[child]?.[nth] ?? []
    return new Set([
      ...cells.flatMap((cell, at) => (rows.some((row) => isRefused(cell, row.text(headColumns + at))) ? cell.key : [])),
      ...(unread === null ? [] : rows.flatMap((row) => fieldsIn(row.text(unread)))),
    ])
  }

  #rowsOf(child: number, nth: number, branch: Branch, making: Making): readonly Row[] {
    const found = (this.#rows[child]?.[nth] ?? []).map((row) => row.texts())
    return found.toSorted(byTime).map((texts) => recordOf(making, branch, texts))
  }
}

/**
 * By the time of the record, then its id; what has no time stands last. Text in UTC and ISO 8601 has the order of time.
 */
const byTime = (one: Texts, other: Texts): number =>
  compared(one[headPlaces.eventAt] ?? null, other[headPlaces.eventAt] ?? null) ||
  compared(one[headColumns] ?? null, other[headColumns] ?? null)

/** By their bytes, since a database compares ids so; null is last. */
const compared = (one: string | null, other: string | null): number => {
  if (one === null || other === null) return one === other ? 0 : one === null ? 1 : -1
  return one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other))
}
