import type { Grant } from '../policy/grant.ts'
import type { Database } from '../store/database.ts'
import type { Stopping } from '../store/stopping.ts'
import type { Row, Value } from './contract.ts'
import type { ColumnKind, SourceLayout } from './layout.ts'
import { Pseudonyms } from './pseudonyms.ts'
import { type AgencySource, type Holding, type SourceAnswer, type Want, wantKey } from './source.ts'
import { type Branch, headColumns, planSql, type SqlPlan, shapeOf } from './sqlPlan.ts'

type Answered = Extract<SourceAnswer, { state: 'ANSWERED' }>

type Cells = readonly (string | null)[]

/** An agency's records in its own tables. One statement for every group of grants that share a shape, whatever the number of children. */
export class SqlSource implements AgencySource {
  readonly agency: string
  readonly #layout: SourceLayout
  readonly #database: Database
  readonly #plans = new Map<string, SqlPlan | undefined>()

  constructor(layout: SourceLayout, database: Database) {
    this.agency = layout.contract.name
    this.#layout = layout
    this.#database = database
  }

  async fetch(grants: readonly Grant[], want: Want, signal: Stopping): Promise<ReadonlyMap<string, Answered>> {
    if (grants.length === 1) return new Map(await this.#fetchGroup(grants, want, signal))
    const groups = new Map<string, Grant[]>()
    for (const grant of grants) {
      const key = `${shapeOf(grant)}|${grant.organisation}|${grant.asOf}`
      groups.set(key, [...(groups.get(key) ?? []), grant])
    }
    const answers = await Promise.all([...groups.values()].map((group) => this.#fetchGroup(group, want, signal)))
    return new Map(answers.flat())
  }

  async #fetchGroup(grants: readonly Grant[], want: Want, signal: Stopping): Promise<[string, Answered][]> {
    const first = grants[0]
    const persons = [...new Set(grants.flatMap((grant) => grant.persons))]
    // Asked also for nobody: an agency without a link must cost what one costs whose every record is hidden.
    const plan = first && this.#plan(want, first)
    if (!first || !plan) return grants.map((grant) => [grant.childId, emptyAnswer(want)])
    const held = [...new Set(grants.flatMap((grant) => grant.heldRecords))]
    const rows = await this.#database.rows(
      { name: plan.name, text: plan.text, values: plan.values(persons, first, held) },
      signal,
    )
    const ofPerson = byPerson(rows)
    return grants.map((grant) => [grant.childId, this.#answer(grant, want, plan, ofPerson)])
  }

  /** Plans are bounded; operations are the caller's to write. */
  #plan(want: Want, grant: Grant): SqlPlan | undefined {
    const key = `${shapeOf(grant)}#${wantKey(want)}`
    if (!this.#plans.has(key)) {
      if (this.#plans.size >= 512) this.#plans.clear()
      this.#plans.set(key, planSql(this.#layout, want, grant))
    }
    return this.#plans.get(key)
  }

  /** Over all persons of the child, list by list, in order of time. */
  #answer(grant: Grant, want: Want, plan: SqlPlan, ofPerson: ReadonlyMap<string, readonly Cells[]>): Answered {
    const lists: Record<string, Row[]> = Object.fromEntries([...want.lists.keys()].map((list) => [list, []]))
    const holdings = new Map<string, Holding>()
    const pseudonyms = new Pseudonyms()
    const found: Cells[][] = plan.branches.map(() => [])
    for (const person of new Set(grant.persons))
      for (const cells of ofPerson.get(person) ?? []) found[Number(cells[0])]?.push(cells)
    for (const [place, branch] of plan.branches.entries())
      for (const cells of inTime(found[place] ?? [])) {
        if (branch.holdings) {
          add(holdings, holdingOf(branch, cells))
          continue
        }
        const row = this.#row(branch, cells, pseudonyms)
        lists[branch.list.list]?.push(row)
        if (branch.counted) add(holdings, oneRecord(branch, row))
      }
    return { state: 'ANSWERED', lists, holdings: inOrder(holdings) }
  }

  #row(branch: Branch, cells: Cells, pseudonyms: Pseudonyms): Row {
    const row: Record<string, Value> & { id: string; person: string } = { ...branch.blank, person: cells[1] ?? '' }
    if (branch.timed) row['eventAt'] = decodeNullable('instant', cells[2] ?? null)
    let at = headColumns
    for (const cell of branch.cells) {
      const value = decodeNullable(cell.kind, cells[at++] ?? null)
      row[cell.key] = cell.pseudonym ? pseudonyms.of(cell.pseudonym, value) : value
    }
    row.id = `${this.agency}:${row.id}`
    if (typeof row['parent'] === 'string') row['parent'] = `${this.agency}:${row['parent']}`
    if (typeof row['provenance.supersedes'] === 'string')
      row['provenance.supersedes'] = `${this.agency}:${row['provenance.supersedes']}`
    return row
  }

  async health(): Promise<{ ok: boolean; detail: string }> {
    try {
      await this.#database.rows({ name: 'health', text: 'select 1::text', values: [] }, AbortSignal.timeout(2000))
      return { ok: true, detail: 'answers' }
    } catch (error) {
      return { ok: false, detail: error instanceof Error ? error.message : String(error) }
    }
  }

  close(): Promise<void> {
    return this.#database.close()
  }
}

function byPerson(rows: readonly Cells[]): ReadonlyMap<string, readonly Cells[]> {
  const found = new Map<string, Cells[]>()
  for (const cells of rows) {
    const person = cells[1] ?? ''
    const known = found.get(person)
    if (known) known.push(cells)
    else found.set(person, [cells])
  }
  return found
}

/** By the time of the record, then its id; what has no time stands last. Most lists come in order already. */
const inTime = (rows: Cells[]): readonly Cells[] =>
  rows.some((cells, place) => place > 0 && compare(rows[place - 1] ?? cells, cells) > 0) ? rows.sort(compare) : rows

/** Sessions write instants in UTC and in ISO 8601, where the order of text is that of time. */
const compare = (one: Cells, other: Cells): number =>
  compareText(one[2] ?? last, other[2] ?? last) || compareText(one[headColumns] ?? '', other[headColumns] ?? '')

const last = '\uffff'

const compareText = (one: string, other: string): number => (one < other ? -1 : one > other ? 1 : 0)

const emptyAnswer = (want: Want): Answered => ({
  state: 'ANSWERED',
  lists: Object.fromEntries([...want.lists.keys()].map((list) => [list, []])),
  holdings: [],
})

const holdingOf = (branch: Branch, cells: Cells): Holding => ({
  list: branch.list.list,
  service: cells[headColumns] ?? '',
  count: Number(cells[headColumns + 1]),
  latest: cells[headColumns + 2] ? instant(cells[headColumns + 2] ?? '') : null,
})

/** A record that was read, as a count of one. */
const oneRecord = (branch: Branch, row: Row): Holding => ({
  list: branch.list.list,
  service: String(row['provenance.agency'] ?? ''),
  count: 1,
  latest: typeof row['provenance.recordedAt'] === 'string' ? row['provenance.recordedAt'] : null,
})

/** Several persons of one child in one agency count together. */
function add(holdings: Map<string, Holding>, { list, service, count, latest }: Holding): void {
  const key = `${list}|${service}`
  const known = holdings.get(key)
  const later = known?.latest != null && (latest === null || known.latest > latest) ? known.latest : latest
  holdings.set(key, { list, service, count: (known?.count ?? 0) + count, latest: later })
}

const inOrder = (holdings: ReadonlyMap<string, Holding>): Holding[] =>
  [...holdings].sort(([one], [other]) => (one < other ? -1 : 1)).map(([, holding]) => holding)

/** `2026-03-02 09:00:00+00` → `2026-03-02T09:00:00Z`. Sessions are in UTC. */
const instant = (text: string): string => `${text.slice(0, 10)}T${text.slice(11).replace(/\+00(:?00)?$/u, '')}Z`

const decodeNullable = (kind: ColumnKind, text: string | null): Value => (text === null ? null : decode(kind, text))

function decode(kind: ColumnKind, text: string): Value {
  switch (kind) {
    case 'integer':
    case 'number':
      return Number(text)
    case 'boolean':
      return text === 'true' || text === 't'
    case 'instant':
      return instant(text)
    case 'list':
    case 'objects':
      return JSON.parse(text)
    default:
      return text
  }
}
