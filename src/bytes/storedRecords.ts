import type { TextBytes } from '../execution/textBytes.ts'
import { type Branch, headColumns, headPlaces, nounOf, type SqlPlan } from '../sources/bindings/sql/statement.ts'
import type { Row, Value } from '../sources/contract.ts'
import { decodeNullable } from '../sources/decode.ts'
import { Pseudonyms } from '../sources/pseudonyms.ts'
import type { FieldSelection, Holding, SourceAnswer } from '../sources/source.ts'
import type { ChangeVersions } from '../store/changes.ts'
import { GroupedRows } from './groupedRows.ts'
import { readingOf } from './reading.ts'
import type { WireRow } from './wireRow.ts'

type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>

/**
 * What one agency's statement gave about one child, as it came. Most of it is written into an answer and never looked at by
 * anyone here, so rows are made of it only when someone asks for them.
 */
export class StoredRecords {
  readonly agency: string
  readonly #plan: SqlPlan
  /** What the statement found of all children, and the place of this one among them. */
  #found: GroupedRows
  readonly #child: number
  /** The caller's organisation: rows that it holds have no pseudonyms where own rows are read in full. */
  readonly #organisation: string
  /** Lists whose rows have more than their records. */
  readonly #extended: ReadonlySet<string>
  #named: Record<string, readonly Row[]> | undefined

  constructor(
    agency: string,
    plan: SqlPlan,
    found: GroupedRows,
    child: number,
    organisation: string,
    extended: ReadonlySet<string> = noLists,
  ) {
    this.agency = agency
    this.#plan = plan
    this.#found = found
    this.#child = child
    this.#organisation = organisation
    this.#extended = extended
  }

  /** The same, but for lists whose rows are now others. */
  without(lists: ReadonlySet<string>): StoredRecords {
    return new StoredRecords(this.agency, this.#plan, this.#found, this.#child, this.#organisation, lists)
  }

  /** Has no records from now on. */
  release(): void {
    this.#found = nothingFound
    this.#named = undefined
  }

  /** Whether the rows of a list are what its records say, and no more. */
  tellsAllOf(list: string): boolean {
    return !this.#extended.has(list)
  }

  /** How the records of a list were read; undefined where the statement had no such list. */
  branchOf(list: string): Branch | undefined {
    return this.#plan.branches[this.#placeOf(list)]
  }

  recordsOf(list: string): readonly WireRow[] {
    const place = this.#placeOf(list)
    return place < 0 ? [] : this.#found.rowsOf(this.#child, place)
  }

  /** Names of the lists that the statement had. */
  lists(): Iterable<string> {
    return this.#plan.places.keys()
  }

  /** Hands over the id of every record where it lies: rows have the agency's name and a colon before it. */
  eachId(take: (text: TextBytes, from: number, to: number) => void): void {
    // Lists of records stand before those that are merely counted.
    this.#found.eachOfFirst(this.#plan.places.size, this.#child, (row) => row.spanned(headColumns, take))
  }

  /** Rows of every list that was read. */
  rows(): Record<string, readonly Row[]> {
    return { ...this.#rowsOf((branch) => !hasPseudonym(branch)), ...this.#pseudonymous }
  }

  /** Rows of lists of which something is read as a pseudonym: those are numbered over all of them, so they are made together. */
  get #pseudonymous(): Record<string, readonly Row[]> {
    this.#named ??= this.#rowsOf(hasPseudonym)
    return this.#named
  }

  #rowsOf(isWanted: (branch: Branch) => boolean): Record<string, readonly Row[]> {
    const pseudonyms = new Pseudonyms()
    const lists: Record<string, readonly Row[]> = {}
    for (const [place, branch] of this.#plan.branches.entries())
      if (!branch.holdings && isWanted(branch))
        lists[branch.list.list] = this.#found
          .rowsOf(this.#child, place)
          .map((row) =>
            rowOf({ agency: this.agency, organisation: this.#organisation, branch, pseudonyms }, row.texts()),
          )
    return lists
  }

  /**
   * The records of one list, of which a field is read each time that it is looked at: for who looks at few. Undefined where the
   * rows have more than their records.
   */
  readings(list: string): readonly Row[] | undefined {
    if (!this.tellsAllOf(list)) return undefined
    const branch = this.branchOf(list)
    if (!branch) return []
    if (hasPseudonym(branch)) return this.#pseudonymous[list]
    const Reading = readingOf(this.agency, branch)
    return this.recordsOf(list).map((row) => new Reading(row))
  }

  #placeOf(list: string): number {
    return this.#plan.places.get(list) ?? -1
  }
}

const hasPseudonym = (branch: Branch): boolean =>
  branch.cells.some((cell) => nounOf(cell, false) !== null || nounOf(cell, true) !== null)

const noLists: ReadonlySet<string> = new Set()
const nothingFound = new GroupedRows([], 0, [])

/**
 * An answer whose rows are made when they are first asked for. A class, since an object that is written with a getter of its own gets a hidden
 * class of its own: that lives until the whole heap is collected, and until then keeps alive all that the getter sees.
 */
class StoredAnswer implements Answered {
  readonly state = 'ANSWERED'
  readonly holdings: readonly Holding[]
  readonly changeVersions: ChangeVersions | undefined
  readonly #stored: StoredRecords | undefined
  #make: () => Answered['lists']
  #lists: Answered['lists'] | undefined

  constructor(
    holdings: readonly Holding[],
    stored: StoredRecords | undefined,
    make: () => Answered['lists'],
    changeVersions?: ChangeVersions,
  ) {
    this.holdings = holdings
    this.changeVersions = changeVersions
    this.#stored = stored
    this.#make = make
  }

  get lists(): Answered['lists'] {
    this.#lists ??= this.#make()
    return this.#lists
  }

  release(): void {
    this.#stored?.release()
    this.#lists = undefined
    this.#make = nothing
  }

  static recordsOf(answer: StoredAnswer): StoredRecords | undefined {
    return answer.#stored
  }
}

export const storedAnswer = (
  stored: StoredRecords,
  want: FieldSelection,
  holdings: readonly Holding[],
  changeVersions?: ChangeVersions,
): Answered => new StoredAnswer(holdings, stored, () => ({ ...noRows(want), ...stored.rows() }), changeVersions)

const nothing = (): Answered['lists'] => ({})

/**
 * Lets go of the records of an answer that nobody reads any more. What held them on the way may be garbage of the kind that V8 collects late, and
 * thousands of records with it.
 */
export function release(answer: SourceAnswer): void {
  if (answer instanceof StoredAnswer) answer.release()
}

/** An answer with the rows of some lists exchanged; the records of the others are still its own. */
export const withLists = (answer: Answered, lists: Answered['lists']): Answered =>
  new StoredAnswer(answer.holdings, storedIn(answer)?.without(new Set(Object.keys(lists))), () => ({
    ...answer.lists,
    ...lists,
  }))

/** The records that an answer was made of; undefined where its rows came otherwise. */
export const storedIn = (answer: Answered): StoredRecords | undefined =>
  answer instanceof StoredAnswer ? StoredAnswer.recordsOf(answer) : undefined

/** Every list of an answer, for who only looks at its rows. */
export function readingsIn(answer: Answered): Answered['lists'] {
  const stored = storedIn(answer)
  if (!stored) return answer.lists
  const lists: Record<string, readonly Row[]> = {}
  for (const list of stored.lists()) lists[list] = stored.readings(list) ?? answer.lists[list] ?? []
  return lists
}

/** Every list that was asked for, with nothing in it. */
export const noRows = (want: FieldSelection): Record<string, readonly Row[]> =>
  Object.fromEntries([...want.lists.keys()].map((list) => [list, []]))

interface Making {
  readonly agency: string
  /** The caller's. */
  readonly organisation: string
  readonly branch: Branch
  readonly pseudonyms: Pseudonyms
}

function rowOf({ agency, organisation, branch, pseudonyms }: Making, texts: readonly (string | null)[]): Row {
  const isOwnRow = branch.holder !== null && texts[branch.holder] === organisation
  const row: Record<string, Value> & { id: string; person: string } = {
    ...branch.blank,
    person: texts[headPlaces.person] ?? '',
  }
  if (branch.timed) row['eventAt'] = decodeNullable('instant', texts[headPlaces.eventAt] ?? null)
  let at = headColumns
  for (const cell of branch.cells) {
    const value = decodeNullable(cell.kind, texts[at++] ?? null)
    const noun = nounOf(cell, isOwnRow)
    row[cell.key] = noun ? pseudonyms.of(noun, value) : value
  }
  row.id = `${agency}:${row.id}`
  if (typeof row['parent'] === 'string') row['parent'] = `${agency}:${row['parent']}`
  if (typeof row['provenance.supersedes'] === 'string')
    row['provenance.supersedes'] = `${agency}:${row['provenance.supersedes']}`
  return row
}
