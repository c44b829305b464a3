import { opensList } from '../../../policy/admits.ts'
import type { Grant } from '../../../policy/grant.ts'
import { holderField } from '../../../policy/ownRowGrants.ts'
import type { Clean } from '../../cleanValue.ts'
import type { ColumnKind, ColumnLayout } from '../../columnLayout.ts'
import type { CommonField } from '../../commonRowFields.ts'
import type { Value } from '../../contract.ts'
import { holderReading, type Nouns, nounsByHolder, type Selected, selectedOf } from '../../fieldReading.ts'
import type { Served } from '../../servedHolders.ts'
import type { FieldSelection } from '../../source.ts'
import { isCounted, type ListLayout, type SourceLayout } from '../../sourceLayout.ts'
import { isOwn, type Parameterised, parentOf, protectedPlace, quoted } from './rowConditions.ts'
import { storedSql } from './storedValue.ts'

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
  /**
   * Place of the column, behind the cells, that names which of them cannot be read, as `fieldsIn` reads it; null where
   * the relation does not say.
   */
  readonly unread: number | null
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

/** What a count is made by: the service that holds a record, and when it was recorded. */
const countingFields = ['provenance.agency', 'provenance.recordedAt'] as const

export function recordsBranch(layout: SourceLayout, list: ListLayout, grant: Grant, selection: FieldSelection): Branch {
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
    unread: list.unread === undefined ? null : headColumns + cells.length,
    blank: blankOf(cells, timed),
  }
}

const blankOf = (cells: readonly Cell[], timed: boolean): Branch['blank'] => ({
  id: '',
  person: '',
  ...(timed ? { eventAt: null } : {}),
  ...Object.fromEntries(cells.map(({ key }) => [key, key === 'id' ? '' : null])),
})

export const holdingsBranch = ({ contract }: SourceLayout, list: ListLayout): Branch => ({
  list,
  service: contract.agency,
  kind: contract.name,
  holdings: true,
  counted: false,
  timed: false,
  holder: null,
  unread: null,
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

export function expression(
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
  const stored = columns.get(cell.key)
  const column = shared ? quoted(common[shared.column]) : stored ? asOfDay(branch.list, stored, parameter) : quoted('')
  const value =
    cell.kind === 'list' ? `array_to_json(${column})::text` : cell.kind === 'text' ? column : `(${column})::text`
  return selectedSql(branch, cell, value, parameter)
}

/** The value of a column as it was known on the day as of which is read. */
function asOfDay({ columns }: ListLayout, column: ColumnLayout, parameter: Parameterised): string {
  const date = column.datedBy === null ? undefined : columns.get(column.datedBy)
  if (!date) return storedSql(column)
  const instant = parameter('asOf', 'timestamptz')
  const limit = date.kind === 'date' ? `(${instant} at time zone 'Europe/London')::date` : instant
  const at = quoted(date.column)
  // What is beyond every calendar is a bad value, which is counted as one.
  return `case when isfinite(${at}) and ${at} > ${limit} then null else ${storedSql(column)} end`
}

/** What is selected of a cell, of rows of whom it may be. */
function selectedSql(branch: Branch, cell: Pick<Cell, 'select'>, value: string, parameter: Parameterised): string {
  if (!cell.select) return value
  const { others, own } = cell.select
  const otherwise = selection(branch, others, value, parameter)
  if (own === others) return otherwise
  return `case when ${isOwn(branch.list, parameter)} then ${selection(branch, own, value, parameter)} else ${otherwise} end`
}

/**
 * Names of the fields of a row that came and cannot be read, of those that are selected of it: of no other it is told
 * that anything came. Null where all can be.
 */
export function unreadSql(branch: Branch, unread: string, parameter: Parameterised): string {
  const column = quoted(unread)
  const read: readonly Pick<Cell, 'key' | 'select'>[] = [
    ...(branch.timed ? [{ key: 'eventAt' }] : []),
    ...branch.cells.filter(({ key }) => branch.list.columns.has(key)),
  ]
  const names = read.map((cell) =>
    selectedSql(branch, cell, `case when '${cell.key}' = any(${column}) then '${cell.key}' end`, parameter),
  )
  if (names.length === 0) return 'null::text'
  return `case when cardinality(${column}) > 0 then nullif(array_to_string(array[${names.join(', ')}]::text[], ','), '') end`
}

/** The fields that such a column names. */
export const fieldsIn = (text: string | null): readonly string[] => text?.split(',') ?? []

/** What is the same for every row, by which nothing is grouped. */
export const isConstantText = (sql: string): boolean => sql === 'null' || sql.startsWith("'")

export function selection(
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

export const underOpenList = (layout: SourceLayout, list: ListLayout, grant: Grant): boolean => {
  const parent = parentOf(layout, list)
  return parent === undefined || (opensList(grant, parent) && underOpenList(layout, parent, grant))
}

/**
 * A record's id among those of all holders. Who holds it is told in it where that may be told; else the kind of agency.
 */
export function recordName(branch: Branch, column: string, holderOf: (branch: Branch) => string | null): string {
  const holder = holderOf(branch)
  return `${holder === null ? '' : `coalesce(${holder}, '${branch.kind}') || `}'${holder === null ? branch.kind : ''}:' || ${quoted(column)}`
}

/** The holder of a row, where it may be told; null: no holder is told apart. */
export function holderSql(
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

/** Codes of the registry have neither quotes nor backslashes. */
const literal = (code: string): string => `'${code.replaceAll("'", "''")}'`
