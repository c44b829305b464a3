import type { ColumnKind } from '../../../columnLayout.ts'
import { sqlTypes } from '../../../layoutTables.ts'
import { publishedCodes } from '../../../publishedCodes.ts'
import type { Filter, LookUp, MappedCell } from './mapping.ts'

/** Where the columns of a cell stand. */
export interface CellPlace {
  readonly schema: string
  /** The source's own table. */
  readonly table: string
  readonly timeZone: string
}

/** What a cell is to become. */
export interface ColumnTarget {
  readonly kind: ColumnKind
  /** Names of its enum; null where any text is one. */
  readonly names: readonly string[] | null
}

/**
 * The SQL of one cell. No value of any row makes it fail: what cannot be read as what it should be is null, since one
 * bad value must not cost a child's whole record.
 */
export function cellSql(cell: MappedCell, target: ColumnTarget, place: CellPlace): string {
  if (cell.constant !== undefined) return typed(literal(cell.constant), target.kind)
  if (cell.flags) return flagsSql(cell.flags, target, place)
  const raws = rawsOf(cell, place)
  const values = raws.map((raw) => convertedSql(raw, cell, target, place))
  const [only] = values
  return values.length === 1 && only ? only : `coalesce(${values.join(', ')})`
}

/** The SQL that tells whether something is stored that `cellSql` cannot read; null where that is no question. */
export function badSql(cell: MappedCell, target: ColumnTarget, place: CellPlace): string | null {
  if (cell.constant !== undefined || cell.flags || cell.others) return null
  if (cell.matches !== undefined) return target.kind === 'list' ? badListSql(cell, cell.matches, place) : null
  const raws = rawsOf(cell, place)
  // Of a code that the mapping does not know an empty list is made.
  if (cell.codes && target.kind === 'list') return badSql(cell, { kind: 'text', names: null }, place)
  return raws.map((raw) => `(${raw} is not null and (${convertedSql(raw, cell, target, place)}) is null)`).join(' or ')
}

/** Text of what is stored, without blanks around it; null where there is none. */
function rawsOf({ column, from, first, words, set, matches }: MappedCell, place: CellPlace): readonly string[] {
  if (words) return [from ? foundIn(from, wordsOf(words, 'found'), 'max', place) : wordsOf(words, place.table)]
  // Of several rows a list has room for all; of anything else one is taken.
  if (matches !== undefined && column !== undefined && from)
    return [foundIn(from, rawText(`found."${column}"`), 'all', place)]
  const parts = first ?? [{ column: column ?? '', ...(from ? { from } : {}) }]
  const raws = parts.map((part) =>
    typeof part === 'string'
      ? rawText(columnSql(part, place))
      : part.from
        ? foundIn(part.from, rawText(`found."${part.column}"`), 'max', place)
        : rawText(columnSql(part.column, place)),
  )
  // An older value does not stand for one that is no code.
  return set && raws.length > 1 ? [`coalesce(${raws.join(', ')})`] : raws
}

const rawText = (sql: string): string => `nullif(btrim(${sql}::text), '')`

const wordsOf = (words: readonly string[], table: string): string =>
  `nullif(concat_ws(' ', ${words.map((word) => rawText(`"${table}"."${word}"`)).join(', ')}), '')`

/** What the rows that a cell looks up say, as one text. */
function foundIn(from: LookUp, sql: string, how: 'max' | 'all', place: CellPlace): string {
  const one = how === 'max' ? `max(${sql})` : `string_agg(distinct ${sql}, ' ')`
  return `(select ${one} ${foundSql(from, place)})`
}

function foundSql(from: LookUp, place: CellPlace): string {
  const on = Object.entries(from.on).map(([theirs, ours]) => `found."${theirs}" = ${columnSql(ours, place)}`)
  const conditions = [...on, ...filterSql(from.where ?? {}, { table: 'found' })]
  return `from "${place.schema}"."${from.table}" as found where ${conditions.join(' and ')}`
}

export const columnSql = (column: string, { table }: Pick<CellPlace, 'table'>): string => {
  const [first = '', second] = column.split('.')
  return second === undefined ? `"${table}"."${first}"` : `"${first}"."${second}"`
}

/** Conditions of which all must hold. */
export const filterSql = (filter: Filter, place: Pick<CellPlace, 'table'>): readonly string[] =>
  Object.entries(filter).map(([column, target]) => {
    const raw = rawText(columnSql(column, place))
    if (target === 'present') return `${raw} is not null`
    return target === 'absent' ? `${raw} is null` : `upper(${raw}) in (${inCapitals(target)})`
  })

function convertedSql(raw: string, cell: MappedCell, target: ColumnTarget, place: CellPlace): string {
  const { kind } = target
  const { timeZone } = place
  if (cell.yearOf) {
    const end = `(${convertedSql(raw, { ...cell, yearOf: undefined }, { kind: 'date', names: null }, place)}) + interval '9 months'`
    return typed(`extract(year from ${end})::integer::text`, kind)
  }
  if (cell.matches !== undefined) return matched(raw, cell, cell.matches, kind)
  if (cell.codes) {
    const ours = codedSql(raw, cell.codes)
    return kind === 'list'
      ? `case when ${raw} is not null then array_remove(array[${ours}], null) end`
      : typed(ours, kind)
  }
  switch (kind) {
    case 'boolean':
      return `case when ${isSaid(raw, yes)} then true when ${isSaid(raw, no)} then false end`
    case 'integer':
      return `case when ${raw} ~ '^-?[0-9]{1,9}([.]0+)?$' then trunc(${raw}::numeric)::integer end`
    case 'number':
      return `case when ${raw} ~ '^-?[0-9]{1,15}([.][0-9]{1,15})?$' then ${raw}::double precision end`
    case 'date':
      return cell.written === 'DD/MM/YYYY'
        ? `case when ${turned(raw)} ~ '^${day}$' then ${turned(raw)}::date end`
        : `case when ${raw} ~ '^${day}([T ].*)?$' then left(${raw}, 10)::date end`
    case 'instant':
      return instantSql(cell.written === 'DD/MM/YYYY' ? turned(raw) : raw, timeZone)
    case 'list':
      return `case when ${raw} is not null then array[${raw}] end`
    case 'objects':
      return 'null::jsonb'
    default:
      return isOneOf(raw, target.names ?? (cell.set ? publishedCodes(cell.set) : null))
  }
}

/**
 * The word that a code stands for, in whichever case it was written: `y` is Y. Where a mapping tells two codes apart by
 * their case alone, each is as it is written.
 */
function codedSql(raw: string, codes: Readonly<Record<string, string>>): string {
  const arms = flagged(Object.entries(codes))
  const ofCapitals = new Map(arms.map(([theirs, ours]) => [theirs.toUpperCase(), ours]))
  const isOneByCapitals = arms.every(([theirs, ours]) => ofCapitals.get(theirs.toUpperCase()) === ours)
  const [key, all] = isOneByCapitals ? [`upper(${raw})`, [...ofCapitals]] : [raw, arms]
  return `case ${key} ${all.map(([theirs, ours]) => `when ${literal(theirs)} then ${literal(ours)}`).join(' ')} end`
}

/** How systems write yes and no. */
const yes = ['Y', 'YES', 'T', 'TRUE', '1']
const no = ['N', 'NO', 'F', 'FALSE', '0']
const isSaid = (raw: string, words: readonly string[]): string => `upper(${raw}) in (${words.map(literal).join(', ')})`

/** Of a flag, which has codes for Y and N and no other, every way in which yes and no are written. */
function flagged(arms: readonly (readonly [string, string])[]): readonly (readonly [string, string])[] {
  const ours = new Map(arms)
  const [ofYes, ofNo] = [ours.get('Y'), ours.get('N')]
  if (arms.length !== 2 || ofYes === undefined || ofNo === undefined) return arms
  return [...yes.map((word) => [word, ofYes] as const), ...no.map((word) => [word, ofNo] as const)]
}

const inCapitals = (words: readonly string[]): string =>
  [...new Set(words.map((word) => word.toUpperCase()))].map(literal).join(', ')

/** A local time is one of its zone, summer and winter; what carries an offset keeps it. */
function instantSql(raw: string, timeZone: string): string {
  const time = '([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9]([.][0-9]{1,9})?)?'
  return `case when ${raw} ~ '^${day}([T ]${time})?$' then ${raw}::timestamp at time zone ${literal(timeZone)}
    when ${raw} ~ '^${day}[T ]${time}(Z|[+-][0-9]{2}(:?[0-9]{2})?)$' then ${raw}::timestamptz end`
}

/** A day that is in the calendar: a cast of any other would end the whole statement. */
const day =
  '(?!0000)([0-9]{4}-((0[13578]|1[02])-(0[1-9]|[12][0-9]|3[01])|(0[469]|11)-(0[1-9]|[12][0-9]|30)|02-(0[1-9]|1[0-9]|2[0-8]))' +
  '|([0-9]{2}(0[48]|[2468][048]|[13579][26])|([02468][048]|[13579][26])00)-02-29)'

const turned = (raw: string): string =>
  `concat_ws('-', substr(${raw}, 7, 4), substr(${raw}, 4, 2), substr(${raw}, 1, 2))`

/** Codes are written in capitals, and read in either case. */
const isOneOf = (raw: string, codes: readonly string[] | null): string =>
  codes ? `case when upper(${raw}) in (${codes.map(literal).join(', ')}) then upper(${raw}) end` : raw

function matched(raw: string, { set }: MappedCell, pattern: string, kind: ColumnKind): string {
  const found = `regexp_matches(${raw}, ${literal(pattern)}, 'g') as matched`
  const inSet = set ? ` where upper(matched[1]) in (${publishedCodes(set).map(literal).join(', ')})` : ''
  const all = `array(select ${set ? 'upper(matched[1])' : 'matched[1]'} from ${found}${inSet})`
  if (kind === 'list')
    return `case when ${raw} ~ ${literal(emptyList)} then '{}'::text[] else nullif(${all}, '{}'::text[]) end`
  return typed(`nullif(array_to_string(${all}, ', '), '')`, kind)
}

/** What an empty list is written as: `[]`, and `[] []` of two rows. */
const emptyList = '^[][{}\\s]+$'

/** Whether a row says something that is in no list: in which the pattern finds nothing, or what is not of the set. */
function badListSql({ column, from, set, ...cell }: MappedCell, pattern: string, place: CellPlace): string {
  const isBad = (raw: string): string => {
    const read = `array(select ${set ? 'upper(matched[1])' : 'matched[1]'} from regexp_matches(${raw}, ${literal(pattern)}, 'g') as matched)`
    const outside = set ? ` or not ${read} <@ array[${publishedCodes(set).map(literal).join(', ')}]::text[]` : ''
    return `(${raw} !~ ${literal(emptyList)} and (${read} = '{}'::text[]${outside}))`
  }
  if (column !== undefined && from)
    return `exists (select 1 ${foundSql(from, place)} and ${isBad(rawText(`found."${column}"`))})`
  return rawsOf({ ...cell, ...(column === undefined ? {} : { column }) }, place)
    .map((raw) => `coalesce(${isBad(raw)}, false)`)
    .join(' or ')
}

function flagsSql(flags: Readonly<Record<string, string>>, { kind }: ColumnTarget, place: CellPlace): string {
  const words = Object.entries(flags).map(
    ([column, word]) =>
      `case when ${isSaid(`btrim(${columnSql(column, place)}::text)`, yes)} then ${literal(word)} end`,
  )
  const all = `array_remove(array[${words.join(', ')}], null)`
  return kind === 'list' ? all : typed(`nullif(array_to_string(${all}, ', '), '')`, kind)
}

const typed = (sql: string, kind: ColumnKind): string => (kind === 'text' ? sql : `(${sql})::${sqlTypes[kind]}`)

export const literal = (text: string): string => `'${text.replaceAll("'", "''")}'`
