import { commonCells, type Filter, type LookUp, type MappedCell, type MappedSource, type Mapping } from './mapping.ts'

/**
 * Every table that a mapping reads, and of each its columns: what the gateway's role may see there, and doctor looks
 * for.
 */
export function columnsRead({ lists }: Mapping): ReadonlyMap<string, ReadonlySet<string>> {
  const tables = new Map<string, Set<string>>()
  for (const source of Object.values(lists).flat()) ofSource(source, tables)
  return tables
}

type Tables = Map<string, Set<string>>

function ofSource(source: MappedSource, tables: Tables): void {
  const aliases = new Map((source.join ?? []).map(({ table, as = table }) => [as, table]))
  const add = (column: string, table = source.table): void => {
    const [first = '', second] = column.split('.')
    const of = second === undefined ? table : (aliases.get(first) ?? first)
    const known = tables.get(of) ?? new Set<string>()
    tables.set(of, known.add(second ?? first))
  }
  const addFilter = (filter: Filter | undefined, table = source.table): void => {
    for (const column of Object.keys(filter ?? {})) add(column, table)
  }
  const addLookUp = ({ table, on, where }: LookUp, column: string): void => {
    add(column, table)
    addFilter(where, table)
    for (const [theirs, ours] of Object.entries(on)) {
      add(theirs, table)
      add(ours)
    }
  }
  const addCell = ({ column, from, first, words, flags }: MappedCell): void => {
    for (const word of words ?? []) {
      if (from) addLookUp(from, word)
      else add(word)
    }
    for (const part of first ?? (column === undefined ? [] : [{ column, ...(from ? { from } : {}) }])) {
      if (typeof part === 'string') add(part)
      else if (part.from) addLookUp(part.from, part.column)
      else add(part.column)
    }
    for (const flag of Object.keys(flags ?? {})) add(flag)
  }
  addFilter(source.where)
  addFilter(source.adults?.where)
  if (source.adults) add(source.adults.born)
  for (const { table, on, unlike = {} } of source.join ?? [])
    for (const [theirs, ours] of [...Object.entries(on), ...Object.entries(unlike)]) {
      add(theirs, table)
      add(ours)
    }
  for (const name of commonCells) {
    const cell = source[name]
    if (cell) addCell(cell)
  }
  for (const cell of [...Object.values(source.fields), ...Object.values(source.finds ?? {})]) addCell(cell)
}
