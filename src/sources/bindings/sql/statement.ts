import { createHash } from 'node:crypto'
import { opensList } from '../../../policy/admits.ts'
import type { Grant, RowsGrant } from '../../../policy/grant.ts'
import { labelsIn } from '../../../policy/labels.ts'
import { holderField } from '../../../policy/ownRowGrants.ts'
import type { AgencyTable } from '../../../store/agencyTables.ts'
import { keyOf, wholeTable } from '../../../store/changeVersions.ts'
import type { Clean } from '../../cleanValue.ts'
import { type ColumnKind, isCounted, type ListLayout, personKind, type SourceLayout } from '../../columnLayout.ts'
import type { Value } from '../../contract.ts'
import { holderReading, type Nouns, nounsByHolder, type Selected, selectedOf } from '../../fieldReading.ts'
import type { CommonField } from '../../row.ts'
import type { Served } from '../../servedHolders.ts'
import type { FieldSelection } from '../../source.ts'
import type { TimePage } from '../../timePage.ts'
import { countedFrom, countingText, ordinalOfPage, pagedFrom, pagesText, whose } from './paging.ts'
import {
  conditions,
  conditionsOf,
  isOwn,
  type Parameter,
  type Parameterised,
  parentOf,
  protectedPlace,
  quoted,
} from './rowConditions.ts'

/**
 * One statement for one agency: what it selects is what the grant permits of what was asked, and nothing else. Its rows
 * are in no order: a sort for each list costs the database more than the rest of a small statement.
 */
export interface SqlPlan {
  readonly name: string
  readonly text: string
  /** Those that read records, then those that count them. */
  readonly branches: readonly Branch[]
  /** List → place of the branch that reads its records. */
  readonly places: ReadonlyMap<string, number>
  /** Parameters, in order, for grants of this shape. */
  readonly values: (of: SqlValues) => readonly unknown[]
  /** Of a statement that reads pages: which column says for which a row was read, and what counts all that match. */
  readonly paged: PagedPlan | null
}

export interface PagedPlan extends Pick<SqlPlan, 'name' | 'text' | 'values'> {
  readonly at: number
}

/** What differs between executions of one statement. */
export interface SqlValues {
  readonly grant: Grant
  readonly persons: readonly string[]
  /** The same by whose they are; of a statement that tells holders apart. */
  readonly keys: readonly string[]
  /** Those whose link names no holder. */
  readonly anyones: readonly string[]
  readonly held: readonly string[]
  readonly ownHeld: readonly string[]
  readonly pages: readonly TimePage[]
}

/** Columns before a branch's own: which branch, whose record, and when it happened. */
export const headPlaces = { branch: 0, person: 1, eventAt: 2 } as const
export const headColumns = 3

/** One list within the statement. `cells[i]` says what column `headColumns + i` of its rows is. */
export interface Branch {
  readonly list: ListLayout
  /** The service that stands for the whole agency. */
  readonly service: string
  /** The kind of agency. */
  readonly kind: string
  /** Whether its rows are counts by service, and not records. */
  readonly holdings: boolean
  /** Whether its records are counted as holdings too. */
  readonly counted: boolean
  /** Whether the time of the record was asked for: it is read in any case, to order by. */
  readonly timed: boolean
  readonly cells: readonly Cell[]
  /** Place of the cell that says who holds a record, among a row's; null where it was not asked. */
  readonly holder: number | null
  /** A record with every field that it will have: a copy of it is filled in without growing. */
  readonly blank: Readonly<Record<string, Value>> & { readonly id: string; readonly person: string }
}

/** How the time of a record is read, which stands before its cells. */
export const eventAtOf = ({ list }: Pick<Branch, 'list'>): Pick<Cell, 'kind' | 'clean'> => ({
  kind: 'instant',
  clean: list.commonClean['eventAt'] ?? null,
})

export interface Cell {
  readonly key: string
  readonly kind: ColumnKind
  /** What its type lets through; absent where that is everything. */
  readonly clean?: Clean | null
  /**
   * Nouns of the pseudonyms that are read in its place, of others' rows and of own ones; null where all are read as
   * they are.
   */
  readonly nouns: Nouns | null
  /** Key of the cell whose `false` says that whom this one names is no child. */
  readonly adultUnless?: string
  /**
   * What is selected of rows that others hold, and of the caller's own organisation's; absent: the column, of every
   * row.
   */
  readonly select?: { readonly others: Selected; readonly own: Selected }
}

/** All of a grant that shapes the text of a statement. */
const shaping = ['headline', 'content', 'redact'] as const
const gates = ['ncnd', 'conditions', 'undecided', 'notRelevant'] as const

/** Grants that give the same statement share it: this is its key. */
export const shapeOf = (grant: Grant): string =>
  [grant.callerType, shapeOfRows(grant), grant.own && shapeOfRows(grant.own)].join('|')

const shapeOfRows = (grant: RowsGrant): string =>
  [grant.places, grant.names, ...shaping.map((member) => grant[member]), ...gates.map((gate) => grant.rows[gate])].join(
    '|',
  )

/** Whether two grants give the same statement. */
export const isSameShape = (one: Grant, other: Grant): boolean =>
  one.callerType === other.callerType && isSameRows(one, other) && isSameRows(one.own, other.own)

const isSameRows = (one: RowsGrant | null, other: RowsGrant | null): boolean =>
  one === null || other === null
    ? one === other
    : one.places === other.places &&
      one.names === other.names &&
      shaping.every((member) => one[member] === other[member]) &&
      (one.rows === other.rows || gates.every((gate) => one.rows[gate] === other.rows[gate]))

/**
 * Builds the statement for grants of one shape. Undefined when nothing that was asked may be read.
 *
 * @param served whose records these are.
 * @param isKeyed whether persons and records are told apart by who holds them.
 * @param notes where changes are noted, when what is noted of them is asked for too.
 */
export function planSql(
  layout: SourceLayout,
  selection: FieldSelection,
  grant: Grant,
  { served, isKeyed, notes = null }: PlanOptions,
): SqlPlan | undefined {
  const { parameter, values } = parametersFor(layout, grant)
  const holderOf = (branch: Branch): string | null => holderSql(layout, branch, grant, served, parameter)
  const open = [...layout.lists.values()].filter((list) => opensList(grant, list) && underOpenList(layout, list, grant))
  const branches: Branch[] = [
    ...open
      .filter((list) => selection.lists.has(list.list))
      .map((list) => recordsBranch(layout, list, grant, selection)),
    // What is read anyway is counted where it is read.
    ...(selection.holdings
      ? open
          .filter((list) => isCounted(list) && !selection.lists.has(list.list))
          .map((list) => holdingsBranch(layout, list))
      : []),
  ]
  if (branches.length === 0) return undefined
  const width = Math.max(noteCells.length, ...branches.map((branch) => branch.cells.length))
  const noted = notes ? [noteBranch(notes, width, parameter('persons', 'text[]'))] : []
  const text = [
    ...branches.map((branch, index) => {
      const from = selection.pages
        ? pagedFrom(
            pagedListOf(layout, branch.list, grant, parameter, isKeyed),
            recordName(branch, branch.list.common.id, holderOf),
          )
        : `from ${branch.list.relation} where ${conditions(layout, branch.list, grant, parameter, isKeyed)}`
      const person = quoted(branch.list.common.person)
      // Of its own type in every branch: PostgreSQL writes it as the same text, once instead of twice.
      const when = branch.holdings ? 'null::timestamptz' : quoted(branch.list.common.eventAt)
      const head = `select '${index}'::text, ${person}, ${when}`
      const holder = holderOf(branch)
      const cells = pad(
        branch.cells.map((cell) => expression(branch, cell, parameter, holderOf)),
        width,
      )
      return branch.holdings
        ? `(${head}, ${cells} ${from} group by ${person}, ${quoted(branch.list.common.service)}${holder === null || isConstantText(holder) ? '' : `, ${holder}`})`
        : `(${head}, ${cells}${selection.pages ? `, ${ordinalOfPage}::text` : ''} ${from})`
    }),
    ...noted,
  ].join('\nunion all\n')
  return {
    name: nameOf(layout, text),
    text,
    branches,
    places: new Map(branches.flatMap(({ holdings, list }, place) => (holdings ? [] : [[list.list, place] as const]))),
    values,
    paged: selection.pages ? { at: headColumns + width, ...counting(layout, branches, grant, isKeyed) } : null,
  }
}

/** By its text, which alone says what it reads. */
const nameOf = ({ schema }: SourceLayout, text: string): string =>
  `${schema}_${createHash('sha256').update(text).digest('hex').slice(0, 24)}`

function counting(
  layout: SourceLayout,
  branches: readonly Branch[],
  grant: Grant,
  isKeyed: boolean,
): Pick<SqlPlan, 'name' | 'text' | 'values'> {
  const { parameter, values } = parametersFor(layout, grant)
  const text = countingText(
    branches.map(({ list }) => countedFrom(pagedListOf(layout, list, grant, parameter, isKeyed))),
  )
  return { name: nameOf(layout, text), text, values }
}

const pagedListOf = (...[layout, list, grant, parameter, isKeyed]: Parameters<typeof conditions>) => ({
  list,
  conditions: conditionsOf(whose, layout, list, grant, parameter, isKeyed === true),
  persons: parameter('persons', 'text[]'),
  pages: parameter('pages', 'json'),
})

/** The parameters of one statement, numbered as its text comes to name them. */
function parametersFor(layout: SourceLayout, grant: Grant): Pick<SqlPlan, 'values'> & { parameter: Parameterised } {
  const parameters: Parameter[] = []
  const labels = labelsIn(grant.content)
  const ownLabels = labelsIn(grant.own?.content ?? 0)
  return {
    parameter: (name, type) => {
      if (!parameters.includes(name)) parameters.push(name)
      return `$${parameters.indexOf(name) + 1}::${type}`
    },
    values: ({ grant: of, persons, keys, anyones, held, ownHeld, pages }) =>
      parameters.map((name) => {
        if (name === 'pages') return pagesText(pages)
        if (name === 'persons') return persons
        if (name === 'keys') return keys
        if (name === 'anyones') return anyones
        if (name === 'asOf') return of.asOf
        if (name === 'labels') return labels
        if (name === 'ownLabels') return ownLabels
        if (name === 'held') return held
        if (name === 'ownHeld') return ownHeld
        if (name === 'organisation') return of.organisation
        if (name === 'keeper') return of.keeper
        return layout.speakers[of.callerType] ?? []
      }),
  }
}

/** First column of rows that tell what is noted of changes: no branch has this number. */
export const noteMark = 'note'
const noteCells = ['stamp::text', 'extract(epoch from latest)::text'] as const

const noteBranch = ({ schema, table }: AgencyTable, width: number, persons: string): string =>
  `(select '${noteMark}', whose, null::timestamptz, ${pad(noteCells, width)} from "${schema}"."${table}" where whose = any(array_prepend('${wholeTable}', array(select '${keyOf(personKind, '')}' || person from unnest(${persons}) as person))))`

/** What a count is made by: the service that holds a record, and when it was recorded. */
const countingFields = ['provenance.agency', 'provenance.recordedAt'] as const

function recordsBranch(layout: SourceLayout, list: ListLayout, grant: Grant, selection: FieldSelection): Branch {
  const cells: Cell[] = [{ key: 'id', kind: 'text', nouns: null }]
  if (list.contract.parent) cells.push({ key: 'parent', kind: 'text', nouns: null })
  const counted = selection.holdings && isCounted(list)
  const asked = selection.lists.get(list.list) ?? new Set<string>()
  const holder = grant.own === null ? [] : [holderField]
  const ages = [...asked].flatMap((field) => list.columns.get(field)?.label.adultUnless ?? [])
  for (const field of new Set([...asked, ...ages, ...holder, ...(counted ? countingFields : [])])) {
    if (field === 'eventAt') continue
    const common = commonCells[field]
    if (common) {
      const clean = list.commonClean[field] ?? null
      cells.push({ key: field, kind: common.kind, clean, nouns: null, ...placed(layout, field, grant) })
    }
    const column = list.columns.get(field)
    if (!column) continue
    const others = selectedOf(list, column, grant)
    const own = grant.own ? selectedOf(list, column, grant.own) : others
    if (others === 'NOTHING' && own === 'NOTHING') continue
    const { adultUnless } = column.label
    cells.push({
      key: field,
      kind: column.kind,
      clean: column.clean,
      nouns: nounsByHolder(grant, column.label),
      ...(adultUnless === null ? {} : { adultUnless }),
      ...(others === 'VALUE' && own === 'VALUE' ? {} : { select: { others, own } }),
    })
  }
  const timed = asked.has('eventAt')
  const place = cells.findIndex(({ key }) => key === holderField)
  return {
    list,
    service: layout.contract.agency,
    kind: layout.contract.name,
    holdings: false,
    counted,
    timed,
    cells,
    holder: place < 0 ? null : headColumns + place,
    blank: blankOf(cells, timed),
  }
}

const blankOf = (cells: readonly Cell[], timed: boolean): Branch['blank'] => ({
  id: '',
  person: '',
  ...(timed ? { eventAt: null } : {}),
  ...Object.fromEntries(cells.map(({ key }) => [key, key === 'id' ? '' : null])),
})

const holdingsBranch = ({ contract }: SourceLayout, list: ListLayout): Branch => ({
  list,
  service: contract.agency,
  kind: contract.name,
  holdings: true,
  counted: false,
  timed: false,
  holder: null,
  blank: { id: '', person: '' },
  cells: [
    { key: 'service', kind: 'text', nouns: null },
    { key: 'count', kind: 'integer', nouns: null },
    { key: 'latest', kind: 'instant', nouns: null },
    { key: 'holder', kind: 'text', nouns: null },
  ],
})

interface CommonCell {
  readonly column: keyof ListLayout['common']
  readonly kind: ColumnKind
}

/** What is selected of who holds a row, where not every row tells it. */
function placed(layout: SourceLayout, field: string, grant: Grant): Pick<Cell, 'select'> {
  const { others, own } = holderReading(layout, field, grant)
  return others === 'VALUE' && own === 'VALUE' ? {} : { select: { others, own } }
}

/** Fields of a row that stand in common columns. */
const commonCells: Readonly<Partial<Record<string, CommonCell>>> = {
  sensitivity: { column: 'labels', kind: 'list' },
  'provenance.agency': { column: 'service', kind: 'text' },
  'provenance.la': { column: 'la', kind: 'text' },
  'provenance.force': { column: 'force', kind: 'text' },
  'provenance.organisation': { column: 'organisation', kind: 'text' },
  'provenance.recordedBy': { column: 'recordedBy', kind: 'text' },
  'provenance.recordedAt': { column: 'recordedAt', kind: 'instant' },
  'provenance.evidence': { column: 'evidence', kind: 'text' },
  'provenance.supersedes': { column: 'supersedes', kind: 'text' },
} satisfies Record<Exclude<CommonField, 'eventAt'>, CommonCell>

function expression(
  branch: Branch,
  cell: Cell,
  parameter: Parameterised,
  holderOf: (branch: Branch) => string | null,
): string {
  const { common, columns } = branch.list
  if (branch.holdings) {
    if (cell.key === 'service') return quoted(common.service)
    if (cell.key === 'holder') return holderOf(branch) ?? 'null'
    return cell.key === 'count' ? 'count(*)::text' : `max(${quoted(common.recordedAt)})::text`
  }
  if (cell.key === 'id') return recordName(branch, common.id, holderOf)
  if (cell.key === 'parent') return recordName(branch, common.parent, holderOf)
  if (cell.key === 'provenance.supersedes') return recordName(branch, common.supersedes, holderOf)
  const shared = commonCells[cell.key]
  const column = quoted(shared ? common[shared.column] : (columns.get(cell.key)?.column ?? ''))
  const value =
    cell.kind === 'list' ? `array_to_json(${column})::text` : cell.kind === 'text' ? column : `${column}::text`
  if (!cell.select) return value
  const { others, own } = cell.select
  const otherwise = selection(branch, others, value, parameter)
  if (own === others) return otherwise
  return `case when ${isOwn(branch.list, parameter)} then ${selection(branch, own, value, parameter)} else ${otherwise} end`
}

/** What one statement is built for, beside the grant and what is asked. */
export interface PlanOptions {
  readonly served: Served
  readonly isKeyed: boolean
  readonly notes?: AgencyTable | null
}

/**
 * A record's id among those of all holders. Who holds it is told in it where that may be told; else the kind of agency.
 */
function recordName(branch: Branch, column: string, holderOf: (branch: Branch) => string | null): string {
  const holder = holderOf(branch)
  return `${holder === null ? '' : `coalesce(${holder}, '${branch.kind}') || `}'${holder === null ? branch.kind : ''}:' || ${quoted(column)}`
}

/** The holder of a row, where it may be told; null: no holder is told apart. */
function holderSql(
  layout: SourceLayout,
  branch: Branch,
  grant: Grant,
  { holders }: Served,
  parameter: Parameterised,
): string | null {
  const [first] = holders ?? []
  if (!holders || !first) return null
  const organisation = quoted(branch.list.common.organisation)
  const named = isConstant({ holders }) ? literal(first.id) : idOfHolder(organisation, holders)
  const { select } = placed(layout, holderField, grant)
  if (!select) return named
  const others = selection(branch, select.others, named, parameter)
  const own = selection(branch, select.own, named, parameter)
  return own === others ? others : `case when ${isOwn(branch.list, parameter)} then ${own} else ${others} end`
}

const isConstant = ({ holders }: Pick<Served, 'holders'>): boolean => holders?.length === 1

/** Where each has its organisation's code for an id, as most have, that is the id. */
const idOfHolder = (organisation: string, holders: NonNullable<Served['holders']>): string => {
  const others = holders.filter((holder) => holder.id !== holder.organisation)
  if (others.length === 0) return organisation
  const cases = others.map((holder) => `when ${literal(holder.organisation)} then ${literal(holder.id)}`)
  return `case ${organisation} ${cases.join(' ')} else ${organisation} end`
}

/** What is the same for every row, by which nothing is grouped. */
const isConstantText = (sql: string): boolean => sql === 'null' || sql.startsWith("'")

/** Codes of the registry have neither quotes nor backslashes. */
const literal = (code: string): string => `'${code.replaceAll("'", "''")}'`

function selection(
  { list: { common }, service }: Branch,
  selected: Selected,
  value: string,
  parameter: Parameterised,
): string {
  if (selected === 'VALUE') return value
  if (selected === 'IF_KEEPERS')
    return `case when ${quoted(common.la)} = ${parameter('keeper', 'text')} and ${quoted(common.service)} = '${service}' then ${value} end`
  return selected === 'NOTHING'
    ? 'null'
    : `case when ${protectedPlace} <> all(${quoted(common.labels)}) then ${value} end`
}

const underOpenList = (layout: SourceLayout, list: ListLayout, grant: Grant): boolean => {
  const parent = parentOf(layout, list)
  return parent === undefined || (opensList(grant, parent) && underOpenList(layout, parent, grant))
}

const pad = (cells: readonly string[], width: number): string =>
  [...cells, ...Array.from({ length: width - cells.length }, () => 'null::text')].join(', ')
