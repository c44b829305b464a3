import { readBirthDate } from '../birthDate.ts'
import { normalise } from '../normalise.ts'
import { type Person, personOf } from '../person.ts'
import { type ColumnRole, isYes, type Mapping } from './columns.ts'
import { quoted, type Table } from './csv.ts'
import { DataFault } from './fault.ts'

/** A row as a person to be compared. The truth is carried for measuring and is never compared. */
export interface Row extends Person {
  readonly at: number
  readonly file: 0 | 1
  readonly truth: string
  /** Normalised values of the further columns, in the order of the mapping. */
  readonly extra: readonly string[]
}

/** Rows of a table as people. */
export function rowsOf(table: Table, mapping: Mapping, file: 0 | 1, from: number, name: string): readonly Row[] {
  const place = new Map(table.columns.map((column, at) => [column, at]))
  const cell = (row: readonly string[], column: string | undefined) =>
    column === undefined ? '' : (row[place.get(column) ?? -1] ?? '')
  if (mapping.id !== null) checkIds(table, place.get(mapping.id) ?? 0, mapping.id, name)
  const truths = truthsOf(table, place.get(mapping.truth) ?? 0, name)
  return table.rows.map((row, at) => {
    const of = (role: ColumnRole) => cell(row, mapping.byRole[role])
    const names = namesOf(
      of('given'),
      of('family'),
      mapping.fullNames.map((column) => cell(row, column)),
    )
    const person = personOf({
      ...names,
      middle: of('middle') || names.middle,
      birth: of('birth'),
      sex: of('sex'),
      postcode: of('postcode'),
      house: of('house'),
      nhsNumber: isYes(of('superseded')) ? '' : of('nhsNumber'),
      nhsVerified: mapping.byRole.verified === undefined || isYes(of('verified')),
      upn: of('upn'),
      otherFamily: listOf(of('otherFamily')),
      previousPostcodes: listOf(of('previousPostcodes')),
      expected: of('expected'),
      motherNhs: of('motherNhs'),
    })
    return {
      ...person,
      at: from + at,
      file,
      truth: truths[at] ?? '',
      extra: mapping.extra.map((column) => known(cell(row, column))),
    }
  })
}

/** Several values in one cell, with a semicolon, bar or comma between them. */
const listOf = (cell: string): readonly string[] =>
  cell
    .split(/[;|,]/)
    .map((value) => value.trim())
    .filter(Boolean)

/** Dates of birth in a file that no calendar has or that nobody can read, and the rows of the first of each. */
export interface DateFaults {
  readonly impossible: number
  readonly unreadable: number
  readonly firstImpossible: number | null
  readonly firstUnreadable: number | null
}

/** Looks at every date of a table. */
export function dateFaults(table: Table, mapping: Mapping): DateFaults {
  const columns = [mapping.byRole.birth, mapping.byRole.expected].flatMap((column) =>
    column === undefined ? [] : table.columns.indexOf(column),
  )
  const lines: { IMPOSSIBLE: number[]; UNREADABLE: number[] } = { IMPOSSIBLE: [], UNREADABLE: [] }
  for (const [at, row] of table.rows.entries()) {
    for (const column of columns) {
      const { reading } = readBirthDate(row[column])
      if (reading === 'IMPOSSIBLE' || reading === 'UNREADABLE') lines[reading].push(at + 1)
    }
  }
  return {
    impossible: lines.IMPOSSIBLE.length,
    unreadable: lines.UNREADABLE.length,
    firstImpossible: lines.IMPOSSIBLE[0] ?? null,
    firstUnreadable: lines.UNREADABLE[0] ?? null,
  }
}

/** Words that mean that nothing is known. */
const known = (text: string): string => (/^(null|none|nan|n\/?a|unknown|not known)$/i.test(text) ? '' : normalise(text))

interface Names {
  readonly given: string
  readonly middle: string
  readonly family: string
}

/** Given and family name; what is missing of them is taken from a name in full, up to its first comma. */
function namesOf(given: string, family: string, full: readonly string[]): Names {
  const words =
    (full.find(Boolean) ?? '')
      .split(/,| of /)[0]
      ?.trim()
      .split(/\s+/)
      .filter((word) => !titles.test(word)) ?? []
  const middle = words.length > 2 ? words.slice(1, -1).join(' ') : ''
  if ((given && family) || words.length < 2) return { given, family, middle: given ? '' : middle }
  return { given: given || (words[0] ?? ''), family: family || (words.at(-1) ?? ''), middle }
}

const titles = /^(sir|mr|mrs|ms|miss|dr|lord|lady|rev|revd|the|captain|colonel|major|general|prof)\.?$/i

/** Refuses a file in which the column that names the rows does not. */
export function checkIds(table: Table, at: number, column: string, name: string): void {
  const seen = new Set<string>()
  for (const row of table.rows) {
    const id = row[at] ?? ''
    if (id === '' || seen.has(id)) {
      throw new DataFault(
        'ID_NOT_UNIQUE',
        `${name}: the column ${quoted(column)} names rows, and ${id === '' ? 'is empty in one of them' : 'two rows have the same value'}. Correct the file, or pass over the column with --ignore ${column}.`,
      )
    }
    seen.add(id)
  }
}

/** `rec-712-dup-0` and `rec-712-org` are one person: the synthetic sets of Febrl name the truth so. */
const febrl = /^rec-(\d+)-(org|dup-\d+)$/

function truthsOf(table: Table, at: number, name: string): readonly string[] {
  const values = table.rows.map((row) => row[at] ?? '')
  const empty = values.indexOf('')
  if (empty >= 0) throw new DataFault('TRUTH_MISSING', `${name}: row ${empty + 1} has no value in the truth column.`)
  if (!values.every((value) => febrl.test(value))) return values
  if (new Set(values).size !== values.length)
    throw new DataFault('ID_NOT_UNIQUE', `${name}: two rows have the same id in the truth column.`)
  return values.map((value) => febrl.exec(value)?.[1] ?? value)
}
