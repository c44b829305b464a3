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
import { tablesOf, type WatchedLists } from '../../layoutTables.ts'
import { noRecords } from '../../plainRecords.ts'
import { heldKeys, type Served, servingWhole } from '../../servedHolders.ts'
import { type AgencySource, type FieldSelection, type SourceAnswer, shapeKey } from '../../source.ts'
import { personKind, type SourceLayout } from '../../sourceLayout.ts'
import { oneStretch, type TimePage } from '../../timePage.ts'
import { holdingsOf } from './countedRows.ts'
import { type Group, groupsOf, keysOf } from './grantGroups.ts'
import { shapeOf } from './grantShape.ts'
import { countsOf, type PagedRows, pagedRows, wholeRows } from './pagedRows.ts'
import { plainReader } from './plainReader.ts'
import type { RecordReader } from './recordReader.ts'
import { headColumns, headPlaces } from './recordsBranch.ts'
import { noteMark, type PlanOptions, planSql, type SqlPlan, type SqlValues } from './statement.ts'

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
    const planFor = (isStretch: boolean) =>
      this.#plan(selection, first, { served: this.#served, isKeyed, notes, isStretch })
    const inOrder = planFor(false)
    if (!inOrder) {
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
    const read = async (plan: SqlPlan, some: readonly TimePage[]) => {
      const { name, text } = plan
      const rows = await this.#database.wireRows({ name, text, values: plan.values({ ...of, pages: some }) }, signal)
      return { plan, paged: plan.paged ? pagedRows(plan.paged, some, rows) : wholeRows(rows) }
    }
    const stretch = oneStretch(pages)
    const together = stretch && (await read(planFor(true) ?? inOrder, [stretch]))
    const { plan, paged } = together && !together.paged.isAnyCut ? together : await read(inOrder, pages)
    const { rows } = paged
    const matching = plan.paged && selection.counted ? await this.#matching(plan, of, paged, grants, signal) : undefined
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
  #plan(selection: FieldSelection, grant: Grant, options: PlanOptions): SqlPlan | undefined {
    const key = `${shapeOf(grant)}#${options.isKeyed}#${options.isStretch}#${shapeKey(selection)}`
    const known = this.#plans.get(key)
    if (known) return known.plan
    const plan = planSql(this.#layout, selection, grant, options)
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
