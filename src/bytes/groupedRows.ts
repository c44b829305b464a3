import type { Grant } from '../policy/grant.ts'
import { headColumns, headPlaces } from '../sources/bindings/sql/recordsBranch.ts'
import type { WireRow } from './wireRow.ts'

/**
 * The rows of one statement by child and list, each list in order of time. All of them stand in one array: an array for
 * each list of each child would be a thousand small ones, which V8 takes for long-lived after a few requests and no
 * longer collects with them.
 */
export class GroupedRows {
  readonly #rows: WireRow[]
  /** Where each group begins, child by child; the last ends where there are no more rows. */
  readonly #starts: readonly number[]
  readonly #branches: number

  /** @param branches how many lists the statement has: the first column of a row says of which it is. */
  constructor(grants: readonly Grant[], branches: number, rows: readonly WireRow[]) {
    const placesOf = placesByPerson(grants)
    const found: WireRow[] = []
    const groups: number[] = []
    const ends = new Array<number>(grants.length * branches + 1).fill(0)
    for (const row of rows) {
      const branch = row.count(headPlaces.branch)
      if (!(branch < branches)) continue
      for (const place of placesOf(row)) {
        const group = place * branches + branch
        found.push(row)
        groups.push(group)
        ends[group] = (ends[group] ?? 0) + 1
      }
    }
    let end = 0
    for (let group = 0; group < ends.length; group += 1) {
      end += ends[group] ?? 0
      ends[group] = end
    }
    const inOrder = found.slice()
    // From the last, so that each end becomes its group's beginning and rows keep their order.
    for (let nth = found.length - 1; nth >= 0; nth -= 1) {
      const [row, group] = [found[nth], groups[nth] ?? 0]
      const at = (ends[group] ?? 0) - 1
      ends[group] = at
      if (row) inOrder[at] = row
    }
    for (let group = 0; group + 1 < ends.length; group += 1) putInTime(inOrder, ends[group] ?? 0, ends[group + 1] ?? 0)
    this.#rows = inOrder
    this.#starts = ends
    this.#branches = branches
  }

  /** One list of one child. */
  rowsOf(child: number, branch: number): readonly WireRow[] {
    const group = child * this.#branches + branch
    const [from, to] = [this.#starts[group] ?? 0, this.#starts[group + 1] ?? 0]
    return from === to ? none : this.#rows.slice(from, to)
  }

  /** Shows every row of one list of one child. */
  each(child: number, branch: number, look: (row: WireRow) => void): void {
    const group = child * this.#branches + branch
    this.#show(group, group + 1, look)
  }

  /** Shows every row of the first so many lists of one child, which stand side by side. */
  eachOfFirst(branches: number, child: number, look: (row: WireRow) => void): void {
    const group = child * this.#branches
    this.#show(group, group + Math.min(branches, this.#branches), look)
  }

  #show(from: number, to: number, look: (row: WireRow) => void): void {
    const end = this.#starts[to] ?? 0
    for (let at = this.#starts[from] ?? 0; at < end; at += 1) {
      const row = this.#rows[at]
      if (row) look(row)
    }
  }
}

const none: readonly WireRow[] = []

/** Of which of these grants a row is: a person may stand for several children. Of one grant alone, every row is. */
function placesByPerson(grants: readonly Grant[]): (row: WireRow) => readonly number[] {
  if (grants.length === 1) return () => theOnly
  const places = new Map<string, number[]>()
  for (const [place, grant] of grants.entries())
    for (const person of new Set(grant.persons)) {
      const known = places.get(person)
      if (known) known.push(place)
      else places.set(person, [place])
    }
  // A person's records mostly come one after another.
  let last: WireRow | undefined
  let lastPlaces: readonly number[] = []
  return (row) => {
    if (last?.compare(row, headPlaces.person) === 0) return lastPlaces
    last = row
    lastPlaces = places.get(row.copy(headPlaces.person) ?? '') ?? []
    return lastPlaces
  }
}

const theOnly: readonly number[] = [0]

/**
 * By the time of the record, then its id; what has no time stands last. Most lists are short, or come in order already.
 */
function putInTime(rows: WireRow[], from: number, to: number): void {
  for (let place = from + 1; place < to; place += 1) {
    const row = rows[place]
    if (!row || !isLater(rows[place - 1], row)) continue
    if (to - from > few) {
      const sorted = rows.slice(from, to).sort(compare)
      for (const [nth, each] of sorted.entries()) rows[from + nth] = each
      return
    }
    let at = place
    for (; at > from && isLater(rows[at - 1], row); at -= 1) rows[at] = rows[at - 1] ?? row
    rows[at] = row
  }
}

/** So many are put in their places one by one. */
const few = 32

const isLater = (row: WireRow | undefined, than: WireRow): boolean => row !== undefined && compare(row, than) > 0

/** Sessions write instants in UTC and in ISO 8601, where the order of text is that of time. */
const compare = (one: WireRow, other: WireRow): number =>
  one.compare(other, headPlaces.eventAt) || one.compare(other, headColumns)
