import { isEnumType } from 'graphql'
import { StartupError } from '../../../../foundation/errors.ts'
import type { AgencyTable } from '../../../../store/agencyTables.ts'
import type { ColumnLayout } from '../../../columnLayout.ts'
import { sqlTypes } from '../../../layoutTables.ts'
import { publishedCodes } from '../../../publishedCodes.ts'
import type { ListLayout, SourceLayout } from '../../../sourceLayout.ts'
import type { CommonColumn } from '../commonColumns.ts'
import { badSql, type CellPlace, type ColumnTarget, cellSql, columnSql, filterSql, literal } from './mappedCell.ts'
import { findingFacts, type MappedCell, type MappedSource, type Mapping } from './mapping.ts'
import { columnsRead } from './readColumns.ts'

/**
 * Fields of a row of which something is stored that the mapping cannot read: no field of the schema has such a name.
 */
const unread = '$unread'

/**
 * The layout of a kind whose records are in somebody else's tables. Each list is read from what the mapping makes of
 * them, which has the columns that the convention gives: whatever reads a list reads it so, and cannot tell.
 *
 * @throws StartupError naming each list and field of the mapping that the kind has not.
 */
export function mappedLayout(layout: SourceLayout, mapping: Mapping): SourceLayout {
  const problems = problemsIn(layout, mapping)
  if (problems.length > 0) throw new StartupError(problems)
  const lists = new Map<string, ListLayout>()
  for (const [name, list] of layout.lists)
    lists.set(name, { ...list, relation: relationOf(list, mapping.lists[name] ?? [], mapping), unread })
  return { ...layout, lists, foreign: tablesRead(mapping) }
}

/** Each list and field of the mapping that the kind has not. */
export function problemsIn(layout: SourceLayout, { file, lists }: Mapping): string[] {
  return Object.entries(lists).flatMap(([name, sources]) => {
    const list = layout.lists.get(name)
    if (!list) return [`${file}: lists.${name} is no list of ${layout.contract.name}.`]
    return sources.flatMap(({ fields, finds, parent }, at) => [
      ...(finds && name !== 'person'
        ? [`${file}: lists.${name}.${at}.finds: a child is found by a person alone.`]
        : []),
      ...Object.keys(fields)
        .filter((field) => !list.columns.has(field))
        .map((field) => `${file}: lists.${name}.${at}.fields.${field} is no stored field of ${list.type.name}.`),
      ...(list.contract.parent && !parent ? [`${file}: lists.${name}.${at} has no parent, and stands under one.`] : []),
    ])
  })
}

const tablesRead = (mapping: Mapping): readonly AgencyTable[] =>
  [...columnsRead(mapping)].map(([table, columns]) => ({
    schema: mapping.schema,
    table,
    primaryKey: [],
    indexes: [],
    // Of whatever type they are: a mapping reads every column as text.
    columns: [...columns].map((name) => ({ name, type: 'any' })),
  }))

function relationOf(list: ListLayout, sources: readonly MappedSource[], mapping: Mapping): string {
  if (sources.length === 0) return `(${nothing(list)}) as "${list.table}"`
  const isOne = sources.length === 1
  return `(${sources.map((source) => `(${sourceSql(list, source, mapping, isOne)})`).join(' union all ')}) as "${list.table}"`
}

/**
 * By what a mapping has children found beside the fields of the kind, in SQL: a person of `$1`, a JSON list, in the
 * first column and each fact in its own. One statement a source that says any.
 */
export const findingStatements = ({ lists, ...mapping }: Mapping): readonly string[] =>
  (lists['person'] ?? []).flatMap((source) => {
    const { finds } = source
    if (!finds || Object.keys(finds).length === 0) return []
    const place = placeOf(source, mapping)
    const facts = findingFacts.map((fact) => {
      const cell = finds[fact]
      const kind = fact === 'nhsNumberVerified' ? 'boolean' : 'text'
      return cell ? `(${cellSql(cell, { kind, names: null }, place)})::text` : 'null::text'
    })
    const person = keySql(source.person, place)
    const where = [...conditionsOf(source, place), `${person} = any(array(select json_array_elements_text($1::json)))`]
    return [
      `select ${[person, ...facts].join(', ')} ${fromSql(source, { ...mapping, lists })} where ${where.join(' and ')}`,
    ]
  })

/** A list that the mapping does not name: these tables know nothing of it. */
const nothing = (list: ListLayout): string =>
  `select ${[...membersOf(list), { column: unread, type: 'text[]' }]
    .map(({ column, type }) => `null::${type} as "${column}"`)
    .join(', ')} where false`

/** The same row twice is one: what these tables repeat must not be counted twice. */
function sourceSql(list: ListLayout, source: MappedSource, mapping: Mapping, isOne: boolean): string {
  const place = placeOf(source, mapping)
  const { common } = list
  const selected = membersOf(list).map(
    ({ column, ...member }) => `${memberSql(member, list, source, mapping, isOne)} as "${column}"`,
  )
  const key = [keySql(source.person, place), idSql(source, place, isOne)]
  return [
    `select distinct on (${key.join(', ')}) ${[...selected, `${unreadIn(list, source, place)} as "${unread}"`].join(', ')}`,
    fromSql(source, mapping),
    `where ${[...conditionsOf(source, place), ...key.map((sql) => `${sql} is not null`)].join(' and ')}`,
    // Of two that say something else under one id always the same is read, and an ended one before an open one.
    `order by ${key.join(', ')}, "${common.eventAt}" desc nulls last, ${fieldsIn(list).join(', ')}`,
  ].join(' ')
}

const fieldsIn = (list: ListLayout): readonly string[] =>
  membersOf(list).map(({ column }) => `"${column}" desc nulls last`)

/** Which fields of a row cannot be read. */
function unreadIn(list: ListLayout, source: MappedSource, place: CellPlace): string {
  const names = badCells(list, source, place).map(({ field, sql }) => `case when ${sql} then ${literal(field)} end`)
  return names.length === 0 ? 'null::text[]' : `array_remove(array[${names.join(', ')}]::text[], null)`
}

function fromSql({ table, join = [] }: MappedSource, { schema }: Mapping): string {
  const joined = join.map(({ table: other, as = other, on, unlike = {} }) => {
    const same = Object.entries(on).map(([theirs, ours]) => `"${as}"."${theirs}" = ${columnSql(ours, { table })}`)
    const others = Object.entries(unlike).map(
      ([theirs, ours]) => `"${as}"."${theirs}" is distinct from ${columnSql(ours, { table })}`,
    )
    return `join "${schema}"."${other}" as "${as}" on ${[...same, ...others].join(' and ')}`
  })
  return [`from "${schema}"."${table}" as "${table}"`, ...joined].join(' ')
}

const placeOf = ({ table }: MappedSource, { schema, timeZone }: Pick<Mapping, 'schema' | 'timeZone'>): CellPlace => ({
  schema,
  table,
  timeZone,
})

/** By the column itself where it can be: what is looked for then reaches an index of theirs. */
const keySql = (cell: MappedCell, place: CellPlace): string =>
  cell.column !== undefined && !cell.from ? `${columnSql(cell.column, place)}::text` : cellSql(cell, text, place)

/** Which rows are read at all. */
const conditionsOf = ({ where = {}, adults }: MappedSource, place: CellPlace): readonly string[] => {
  if (!adults) return filterSql(where, place)
  const born = cellSql({ column: adults.born }, { kind: 'date', names: null }, place)
  const isAdult = `coalesce(${born} <= (now() - interval '26 years')::date, true)`
  const all = [...filterSql(adults.where, place), isAdult].join(' and ')
  return [...filterSql(where, place), `not coalesce(${all}, false)`]
}

/** Records of several tables in one list are told apart by their table. */
const idSql = (source: MappedSource, place: CellPlace, isOne: boolean): string =>
  isOne ? ownId(source, place) : `${literal(`${source.table}/`)} || ${ownId(source, place)}`

/** A row without an id is a record all the same, and is named by what it says. */
function ownId(source: MappedSource, place: CellPlace): string {
  const id = keySql(source.id, place)
  if (source.join || source.id.column === source.person.column) return id
  const said = [source.person, source.eventAt, ...Object.values(source.fields)].flatMap((cell) =>
    cell?.column === undefined || ('from' in cell && cell.from) ? [] : [cell.column],
  )
  const columns = [...new Set(said)].map((column) => `${columnSql(column, place)}::text`)
  return `coalesce(nullif(${id}, ''), 'row-' || md5(concat_ws('|', ${columns.join(', ')})))`
}

const text: ColumnTarget = { kind: 'text', names: null }
const instant: ColumnTarget = { kind: 'instant', names: null }

interface Member {
  readonly name: CommonColumn | string
  readonly field: ColumnLayout | null
  readonly type: string
}

/** Everything that a row of a list has, as tables of ours have it. */
function membersOf(list: ListLayout): readonly (Member & { readonly column: string })[] {
  const { common } = list
  const typeOf = (name: CommonColumn): string =>
    name === 'labels' ? 'text[]' : name === 'eventAt' || name === 'recordedAt' ? 'timestamptz' : 'text'
  // Every key is one of the common columns.
  const names = (Object.keys(common) as CommonColumn[]).filter((name) => name !== 'parent' || list.contract.parent)
  return [
    ...names.map((name) => ({ name, column: common[name], field: null, type: typeOf(name) })),
    ...[...list.columns.values()].map((field) => ({
      name: field.field,
      column: field.column,
      field,
      type: sqlTypes[field.kind],
    })),
  ]
}

function memberSql(
  { name, field, type }: Omit<Member, 'column'>,
  list: ListLayout,
  source: MappedSource,
  mapping: Mapping,
  isOne: boolean,
): string {
  const place = placeOf(source, mapping)
  if (field) {
    const cell = source.fields[field.field]
    if (!cell) return `null::${type}`
    const sql = cellSql(cell, targetOf(field, list), place)
    const above = aboveWholeSql(field.field, list, source, place)
    return above === null ? sql : `case when not ${above} then ${sql} end`
  }
  if (name === 'id') return idSql(source, place, isOne)
  if (name === 'person') return keySql(source.person, place)
  if (name === 'labels') return `array[${(source.labels ?? []).map(literal).join(', ')}]::text[]`
  if (name === 'handling') return literal(source.handling ?? 'NONE')
  if (name === 'relevance') return literal('RELEVANT')
  if (name === 'eventAt') return source.eventAt ? cellSql(source.eventAt, instant, place) : 'null::timestamptz'
  if (name === 'recordedAt') return recordedSql(source, place)
  const said = source[name as 'recordedBy']
  if (said) return cellSql(said, text, place)
  const constant = mapping.constants[name as 'service'] ?? (name === 'evidence' ? 'FACT' : undefined)
  return constant === undefined ? 'null::text' : literal(constant)
}

/**
 * When the agency knew. Where its tables do not say, by the day of the event at the latest that has been; where nothing
 * is dated, today: nobody can say that it was known before.
 */
function recordedSql(source: MappedSource, place: CellPlace): string {
  const said = source.recordedAt ?? source.eventAt
  const today = `date_trunc('day', now())`
  return said ? `least(${cellSql(said, instant, place)}, ${today})` : today
}

/** Words of the schema, else codes of the set that the contract names. */
const targetOf = ({ kind, leaf, field }: ColumnLayout, { contract }: ListLayout): ColumnTarget => {
  const set = contract.codes?.[field]
  const codes = set ? publishedCodes(set) : null
  return { kind, names: isEnumType(leaf) ? leaf.getValues().map(({ name }) => name) : codes }
}

/** Codes beyond those that the mapping knows are no fault of a row, and may be one of the mapping. */
const told = (source: MappedSource): MappedSource => ({
  ...source,
  fields: Object.fromEntries(
    Object.entries(source.fields).map(([field, cell]) => {
      if (!('others' in cell) || cell.others !== 'counted') return [field, cell]
      const { others: _counted, ...rest } = cell
      return [field, rest]
    }),
  ),
})

/** The SQL that tells whether a part is above its whole; null where that is no question. */
function aboveWholeSql(field: string, list: ListLayout, { fields }: MappedSource, place: CellPlace): string | null {
  const whole = list.contract.parts?.[field]
  const [part, all] = [field, whole ?? ''].map((name) => {
    const [cell, column] = [fields[name], list.columns.get(name)]
    return cell && column && cellSql(cell, targetOf(column, list), place)
  })
  return part && all ? `coalesce((${all}) >= 0 and (${part}) > (${all}), false)` : null
}

/** Cells that can hold what nobody can read, with what tells it. */
function badCells(
  list: ListLayout,
  source: MappedSource,
  place: CellPlace,
): readonly { readonly field: string; readonly sql: string }[] {
  const bad = Object.entries(source.fields).flatMap(([field, cell]) => {
    const column = list.columns.get(field)
    const sql = [
      column && badSql(cell, targetOf(column, list), place),
      aboveWholeSql(field, list, source, place),
    ].filter(Boolean)
    return sql.length > 0 ? [{ field, sql: sql.join(' or ') }] : []
  })
  const dated = source.eventAt && badSql(source.eventAt, instant, place)
  return [...bad, ...(dated ? [{ field: 'eventAt', sql: dated }] : [])]
}

/** One statement a source: how many rows each field has that nobody can read. */
export interface BadCount {
  readonly list: string
  readonly table: string
  readonly fields: readonly string[]
  readonly text: string
  /** What tells how many ids stand for rows that do not say the same. */
  readonly apart: string
}

/** What tells how many values the mapping cannot read, field by field. */
export function badCounts(layout: SourceLayout, mapping: Mapping): readonly BadCount[] {
  return [...layout.lists].flatMap(([name, list]) =>
    (mapping.lists[name] ?? []).flatMap((source) => {
      const place = placeOf(source, mapping)
      const keys = (['id', 'person'] as const).map((field) => ({
        field,
        sql: `nullif(${keySql(source[field], place)}, '') is null`,
      }))
      const all = [...keys, ...badCells(list, told(source), place)]
      const where = conditionsOf(source, place)
      const counted = all.map(({ sql }) => `count(*) filter (where ${sql})::text`)
      const condition = where.length === 0 ? '' : ` where ${where.join(' and ')}`
      const key = [keySql(source.person, place), idSql(source, place, true)]
      const said = `row(${membersOf(list)
        .map((member) => memberSql(member, list, source, mapping, true))
        .join(', ')})::text`
      return [
        {
          list: name,
          table: source.table,
          fields: all.map(({ field }) => field),
          text: `select ${counted.join(', ')} ${fromSql(source, mapping)}${condition}`,
          apart: `select count(*)::text from (select ${key[0]} ${fromSql(source, mapping)}
            where ${[...where, ...key.map((sql) => `${sql} is not null`)].join(' and ')}
            group by ${key.join(', ')} having count(distinct ${said}) > 1) as found`,
        },
      ]
    }),
  )
}
