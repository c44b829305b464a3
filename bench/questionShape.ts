import type { AgencyName } from '../src/foundation/agencies.ts'
import type { SourceLayout } from '../src/sources/sourceLayout.ts'

/** Which fields of which lists a question asks of every agency. */
export type Shape = Readonly<Partial<Record<AgencyName, Readonly<Record<string, readonly string[]>>>>>

/** The shape as a GraphQL selection on `Child`. */
export const selectionOf = (shape: Shape): string =>
  Object.entries(shape)
    .map(([agency, lists]) => {
      const inner = Object.entries(lists ?? {}).map(([list, fields]) => `${list} { ${fields.join(' ')} }`)
      return `${agency} { ${inner.join(' ')} }`
    })
    .join(' ')

/** One list of a shape with where it is stored, for whoever reads it without the gateway. */
export interface StoredList {
  readonly agency: AgencyName
  readonly list: string
  readonly table: string
  readonly person: string
  readonly id: string
  /** SQL of a record's name among those of all holders. */
  readonly name: string
  readonly eventAt: string
  readonly columns: readonly { readonly field: string; readonly column: string; readonly sql: string }[]
}

export type Layouts = Readonly<Record<AgencyName, SourceLayout>>

/** Where the lists of a shape are. Dates and instants are read as the text that GraphQL gives. */
export function storedLists(layouts: Layouts, shape: Shape): StoredList[] {
  return Object.entries(shape).flatMap(([name, lists]) => {
    // Keys of a shape are names of agencies.
    const agency = name as AgencyName
    return Object.entries(lists ?? {}).map(([list, fields]) => {
      const layout = layouts[agency].lists.get(list)
      if (!layout) throw new Error(`${agency} has no list ${list}.`)
      const columns = fields.flatMap((field) => {
        if (field === 'id') return []
        const column = layout.columns.get(field)
        if (field === 'eventAt')
          return [{ field, column: layout.common.eventAt, sql: instantSql(layout.common.eventAt) }]
        if (!column) throw new Error(`${agency}.${list} has no stored field ${field}.`)
        const quoted = `"${column.column}"`
        const sql =
          column.kind === 'date' ? `${quoted}::text` : column.kind === 'instant' ? instantSql(column.column) : quoted
        return [{ field, column: column.column, sql }]
      })
      return {
        agency,
        list,
        table: `"${layouts[agency].schema}"."${layout.table}"`,
        person: layout.common.person,
        id: layout.common.id,
        name: `coalesce("${layout.common.organisation}", '${agency}') || ':' || "${layout.common.id}"`,
        eventAt: layout.common.eventAt,
        columns,
      }
    })
  })
}

const instantSql = (column: string): string => `to_char("${column}" at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`
