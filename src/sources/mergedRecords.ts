import { type RecordIds, recordIds } from '../audit/recordIdsDigest.ts'
import type { SelectionPlan } from '../execution/answerPlan.ts'
import type { JsonBytes } from '../execution/jsonBytes.ts'
import type { Grant } from '../policy/grant.ts'
import { readApart } from '../policy/ownRowGrants.ts'
import type { Row } from './contract.ts'
import type { RecordSet } from './recordSet.ts'

/** What one binding gave under one decision. */
export interface RecordPart {
  readonly records: RecordSet
  /** The decision, where it is not the one of the whole kind. */
  readonly apart: Grant | null
}

/** The records of several bindings as one: each list in order of time, then id. */
class MergedRecords implements RecordSet {
  readonly lists: readonly string[]
  readonly #parts: readonly RecordPart[]
  readonly #rows = new Map<string, readonly Row[]>()
  readonly #ids: RecordIds

  constructor(parts: readonly RecordPart[]) {
    this.#parts = parts
    this.lists = [...new Set(parts.flatMap(({ records }) => records.lists))]
    this.#ids = { count: 0, digest: null }
  }

  has(list: string): boolean {
    return this.#parts.some(({ records }) => records.has(list))
  }

  rows(list: string): readonly Row[] {
    const known = this.#rows.get(list)
    if (known) return known
    const rows = merged(this.#parts.map((part) => marked(part, part.records.rows(list))))
    this.#rows.set(list, rows)
    return rows
  }

  readings(list: string): readonly Row[] {
    return merged(this.#parts.map((part) => marked(part, part.records.readings(list))))
  }

  /** Where one binding alone has records of the list, it writes them. */
  write(list: string, selection: SelectionPlan, grant: Grant, out: JsonBytes): boolean {
    const having = this.#parts.filter(({ records }) => records.readings(list).length > 0)
    const [first = this.#parts[0]] = having
    if (!first || having.length > 1) return false
    return first.records.write(list, selection, first.apart ?? grant, out)
  }

  unread(list: string, fields: readonly string[]): boolean {
    return this.#parts.some(({ records }) => records.unread(list, fields))
  }

  ids(): RecordIds {
    const asked = this.#parts.map(({ records }) => records.ids()).filter(({ count }) => count > 0)
    if (asked.length <= 1) return asked[0] ?? this.#ids
    return recordIds(this.#parts.flatMap(({ records }) => records.lists.flatMap((list) => idsOf(records, list))))
  }

  release(): void {
    this.#rows.clear()
    for (const { records } of this.#parts) records.release()
  }
}

export const mergedRecords = (parts: readonly RecordPart[]): RecordSet => {
  const [only] = parts
  return only && parts.length === 1 && only.apart === null ? only.records : new MergedRecords(parts)
}

const idsOf = (records: RecordSet, list: string): readonly string[] => records.readings(list).map(({ id }) => id)

function marked({ apart }: RecordPart, rows: readonly Row[]): readonly Row[] {
  if (apart) for (const row of rows) readApart(row, apart)
  return rows
}

function merged(lists: readonly (readonly Row[])[]): readonly Row[] {
  const having = lists.filter(({ length }) => length > 0)
  const [only = []] = having
  return having.length <= 1 ? only : having.flat().sort(byTime)
}

/**
 * What has no time stands last. Sources write instants in UTC and ISO 8601, where the order of text is that of time.
 */
const byTime = (one: Row, other: Row): number =>
  compared(textIn(one, 'eventAt'), textIn(other, 'eventAt')) || compared(one.id, other.id)

const textIn = (row: Row, field: string): string | null => {
  const value = row[field]
  return typeof value === 'string' ? value : null
}

const compared = (one: string | null, other: string | null): number => {
  if (one === other) return 0
  if (one === null || other === null) return one === null ? 1 : -1
  return one < other ? -1 : 1
}
