import { LRUCache } from 'lru-cache'
import type { Grant, RowsGrant } from '../../../policy/grant.ts'
import type { AgencyTable } from '../../../store/agencyTables.ts'
import {
  type ChangeVersions,
  changeVersionFrom,
  isWatched,
  keyOf,
  readChangeVersions,
  wholeTable,
} from '../../../store/changeVersions.ts'
import type { Database, Statement, StoredRow } from '../../../store/database.ts'
import type { Stopping } from '../../../store/stopping.ts'
import { personKind, type SourceLayout, tablesOf, type WatchedLists } from '../../columnLayout.ts'
import { instantOf } from '../../decodeCell.ts'
import { noRecords } from '../../plainRecords.ts'
import {
  anyHolder,
  heldKeys,
  holderIn,
  ofOrganisation,
  personsByHolder,
  type Served,
  servingWhole,
} from '../../servedHolders.ts'
import { type AgencySource, type FieldSelection, type Holding, type SourceAnswer, shapeKey } from '../../source.ts'
import { countsOf, type PagedRows, pagedRows } from './pagedRows.ts'
import { plainReader } from './plainReader.ts'
import type { FoundRecords, RecordReader } from './recordReader.ts'
import {
  type Branch,
  headColumns,
  headPlaces,
  isSameShape,
  noteMark,
  planSql,
  type SqlPlan,
  type SqlValues,
  shapeOf,
} from './statement.ts'

type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>

/** One for each selection and shape of grant. */
const mostPlans = 256

/**
 * An agency's records in its own tables. One statement for every group of grants that share a shape, whatever the
 * number of children.
 */
export class SqlSource implements AgencySource {
  readonly agency: string
  readonly #layout: SourceLayout
  readonly #database: Database
  readonly #watched: WatchedLists | null
  readonly #reader: RecordReader
  readonly #served: Served
  readonly #plans = new LRUCache<string, { readonly plan: SqlPlan | undefined }>({ max: mostPlans })
  /** Names all that is ever read, and reads none of it: a table that is gone, or may not be read, is found. */
  readonly #everyColumn: Statement
  /** Looked up once; again where it could not be determined. */
  #isWatched: Promise<boolean> | undefined

  /**
   * @param watched lists whose changes are noted, where they are.
   * @param reader how records are held; plainly where nothing is said.
   * @param served whose records these are; everybody's of the kind where nothing is said.
   */
  constructor(
    layout: SourceLayout,
    database: Database,
    watched: WatchedLists | null = null,
    reader: RecordReader = plainReader,
    served: Served = servingWhole(layout.contract.name),
  ) {
    this.#served = served
    this.#reader = reader
    this.agency = layout.contract.name
    this.#layout = layout
    this.#database = database
    this.#watched = watched
    this.#everyColumn = everyColumnOf(layout)
  }

  readonly changeVersions = async (persons: readonly string[], signal: Stopping): Promise<ChangeVersions | null> => {
    const notes = await this.#notes(signal)
    const keys = [wholeTable, ...persons.map((person) => keyOf(personKind, person))]
    return notes && readChangeVersions(this.#database, notes, keys, signal)
  }

  /** Where changes are noted; null where not all of them are. */
  async #notes(signal: Stopping): Promise<AgencyTable | null> {
    if (!this.#watched) return null
    const { notes, tables } = this.#watched
    this.#isWatched ??= isWatched(this.#database, notes, tables, signal).catch((error: unknown) => {
      this.#isWatched = undefined
      throw error
    })
    return (await this.#isWatched) ? notes : null
  }

  async fetch(
    grants: readonly Grant[],
    selection: FieldSelection,
    signal: Stopping,
  ): Promise<ReadonlyMap<string, Answered>> {
    const notes = selection.withVersions ? await this.#notes(signal) : null
    const answers = new Map<string, Answered>()
    await Promise.all(
      groupsOf(grants, this.#served).map((group) => this.#fetchGroup(group, selection, notes, signal, answers)),
    )
    return answers
  }

  async #fetchGroup(
    { grants, whose }: Group,
    selection: FieldSelection,
    notes: AgencyTable | null,
    signal: Stopping,
    answers: Map<string, Answered>,
  ): Promise<void> {
    const [first] = grants
    const isKeyed = whose !== null
    const plan = this.#plan(selection, first, notes, isKeyed)
    if (!plan) {
      for (const { childId } of grants) answers.set(childId, emptyAnswer(selection))
      return
    }
    // Asked also for nobody: an agency without a link must cost what one costs whose every record is hidden.
    const persons = [...new Set(grants.flatMap((grant) => grant.persons))]
    const heldOf = (rows: RowsGrant) => (isKeyed ? heldKeys(rows) : rows.heldRecords)
    const held = [...new Set(grants.flatMap(heldOf))]
    const ownHeld = [...new Set(grants.flatMap(({ own }) => (own ? heldOf(own) : [])))]
    const { pages = [] } = selection
    const of: SqlValues = { grant: first, persons, ...keysOf(whose ?? new Map()), held, ownHeld, pages }
    const read = await this.#database.wireRows({ name: plan.name, text: plan.text, values: plan.values(of) }, signal)
    const paged = plan.paged && pagedRows(plan.paged, pages, read)
    const rows = paged?.rows ?? read
    const matching = paged && selection.counted ? await this.#matching(plan, of, paged, grants, signal) : undefined
    const found = this.#reader.found(this.#layout, plan, grants, rows)
    const changeVersions = notes ? stampsIn(rows) : undefined
    const lists = [...selection.lists.keys()]
    for (const [place, { childId }] of grants.entries()) {
      const holdings = selection.holdings ? holdingsOf(plan, found, place, this.agency) : []
      answers.set(childId, {
        ...{ state: 'ANSWERED', records: found.of(place, lists), holdings, changeVersions },
        ...(matching ? { matching: matching(place) } : {}),
      })
    }
  }

  /**
   * How many records match each page, of each child: by a statement of its own, where a page does not hold them all.
   */
  async #matching(
    { paged: counting }: SqlPlan,
    of: SqlValues,
    paged: PagedRows,
    grants: readonly Grant[],
    signal: Stopping,
  ): Promise<(child: number) => ReadonlyMap<string, number>> {
    const isLacking = ({ persons }: Pick<Grant, 'persons'>): boolean =>
      of.pages.some(({ after }, page) => after !== null || persons.some((person) => paged.isCut(person, page)))
    const persons = [...new Set(grants.filter(isLacking).flatMap((grant) => grant.persons))]
    if (!counting || persons.length === 0) return () => new Map()
    const { name, text } = counting
    const counts = countsOf(
      await this.#database.rows({ name, text, values: counting.values({ ...of, persons }) }, signal),
    )
    return (child) => {
      const grant = grants[child]
      if (!grant || !isLacking(grant)) return new Map()
      const count = (page: number) =>
        [...new Set(grant.persons)].reduce((sum, person) => sum + (counts.get(`${page} ${person}`) ?? 0), 0)
      return new Map(of.pages.map(({ key }, page) => [key, count(page)]))
    }
  }

  /** Plans are bounded; operations are the caller's to write. */
  #plan(selection: FieldSelection, grant: Grant, notes: AgencyTable | null, isKeyed: boolean): SqlPlan | undefined {
    const key = `${shapeOf(grant)}#${isKeyed}#${shapeKey(selection)}`
    const known = this.#plans.get(key)
    if (known) return known.plan
    const plan = planSql(this.#layout, selection, grant, { served: this.#served, isKeyed, notes })
    this.#plans.set(key, { plan })
    return plan
  }

  async health(): Promise<{ ok: boolean; detail: string }> {
    try {
      await this.#database.rows(this.#everyColumn, AbortSignal.timeout(2000))
      return { ok: true, detail: 'answers' }
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) }
    }
  }

  close(): Promise<void> {
    return this.#database.close()
  }
}

const everyColumnOf = (layout: SourceLayout): Statement => ({
  name: `health_${layout.schema}`,
  text: tablesOf(layout)
    .map(({ schema, table, columns }) => {
      const named = columns.map(({ name }) => `"${name}"`).join(', ')
      return `(select '1'::text from (select ${named} from "${schema}"."${table}" where false) as part)`
    })
    .join(' union all '),
  values: [],
})

/** Grants that one statement answers. */
interface Group {
  readonly grants: readonly [Grant, ...Grant[]]
  /** Persons by whose they are; null where they are not told apart. */
  readonly whose: ReadonlyMap<string, string> | null
}

/**
 * A row is its child's by the person alone, so that in one group an id is that of the same holders' person wherever it
 * stands.
 */
function groupsOf(grants: readonly Grant[], served: Served): readonly Group[] {
  const groups: { readonly grants: [Grant, ...Grant[]]; whose: ReadonlyMap<string, string> | null }[] = []
  for (const grant of grants) {
    const whose = personsByHolder(grant, served)
    const group = groups.find(
      ({ grants: [first], whose: known }) => isReadAlike(first, grant) && isWithoutClash(known, whose),
    )
    if (!group) groups.push({ grants: [grant], whose })
    else {
      group.grants.push(grant)
      if (group.whose && whose) group.whose = new Map([...group.whose, ...whose])
    }
  }
  return groups
}

/** As a statement takes them: those of named holders, and those of whichever. */
const keysOf = (whose: ReadonlyMap<string, string>): Pick<SqlValues, 'keys' | 'anyones'> => ({
  keys: [...whose].flatMap(([person, of]) => of.split(' ').map((organisation) => ofOrganisation(organisation, person))),
  anyones: [...whose].flatMap(([person, of]) => (of === anyHolder ? person : [])),
})

const isWithoutClash = (one: ReadonlyMap<string, string> | null, other: ReadonlyMap<string, string> | null): boolean =>
  one === null || other === null ? one === other : [...other].every(([person, of]) => (one.get(person) ?? of) === of)

/**
 * Whether two grants are read by one statement with the same parameters but for the persons. They may be of several
 * callers, so what is held back from one must not be held back from another.
 */
const isReadAlike = (one: Grant, other: Grant): boolean =>
  isSameShape(one, other) &&
  one.organisation === other.organisation &&
  one.asOf === other.asOf &&
  one.keeper === other.keeper &&
  isSameList(one.heldRecords, other.heldRecords) &&
  isSameList(one.own?.heldRecords ?? [], other.own?.heldRecords ?? [])

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, place) => id === other[place])

const stampsIn = (rows: readonly StoredRow[]): ChangeVersions =>
  new Map(
    rows
      .filter((row) => row.text(headPlaces.branch) === noteMark)
      .map((row) => [
        row.copy(headPlaces.person) ?? '',
        changeVersionFrom(row.copy(headColumns), row.text(headColumns + 1)),
      ]),
  )

const emptyAnswer = ({ lists }: FieldSelection): Answered => ({
  state: 'ANSWERED',
  records: noRecords([...lists.keys()]),
  holdings: [],
})

/** Counts that were read as counts, and records that were read and are counted here. */
function holdingsOf(plan: SqlPlan, found: FoundRecords, child: number, kind: string): Holding[] {
  const holdings = new Map<string, Holding>()
  for (const [place, branch] of plan.branches.entries())
    if (branch.holdings || branch.counted)
      found.each(child, place, (row) =>
        add(holdings, branch.holdings ? holdingOf(branch, row) : oneRecord(branch, row, kind)),
      )
  return [...holdings].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, holding]) => holding)
}

function holdingOf(branch: Branch, row: StoredRow): Holding {
  const latest = row.text(headColumns + 2)
  return {
    list: branch.list.list,
    service: row.text(headColumns) ?? '',
    count: Number(row.text(headColumns + 1)),
    latest: latest && instantOf(latest),
    holder: row.text(headColumns + 3) ?? undefined,
  }
}

/** A record that was read, as a count of one. */
function oneRecord(branch: Branch, row: StoredRow, kind: string): Holding {
  const recordedAt = cellOf(branch, row, 'provenance.recordedAt')
  return {
    list: branch.list.list,
    service: cellOf(branch, row, 'provenance.agency') ?? '',
    count: 1,
    latest: recordedAt === null ? null : instantOf(recordedAt),
    holder: holderIn(row.text(headColumns) ?? '', kind) ?? undefined,
  }
}

const cellOf = (branch: Branch, row: StoredRow, key: string): string | null => {
  const place = branch.cells.findIndex((cell) => cell.key === key)
  return place < 0 ? null : row.text(headColumns + place)
}

/** Several persons of one child in one agency count together. */
function add(holdings: Map<string, Holding>, { list, service, count, latest, holder }: Holding): void {
  const key = `${list}|${service}|${holder ?? ''}`
  const known = holdings.get(key)
  const later = known?.latest != null && (latest === null || known.latest > latest) ? known.latest : latest
  holdings.set(key, { list, service, count: (known?.count ?? 0) + count, latest: later, holder })
}
