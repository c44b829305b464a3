import type { Visit } from '../pageVisit.ts'

/** Rows of one list that stand on one page. */
export const onOnePage = 20

/** As many as are asked for: one more says that there is a next page, without a count of what is hidden. */
export const asked = onOnePage + 1

/** One page of a list; null rows may not be read. */
export interface Listed<Row> {
  readonly rows: readonly Row[] | null
  /** Where the next begin; null where these are the last. */
  readonly next: string | null
  /** Back to the first; null on the first page. */
  readonly first: string | null
}

export interface Paging {
  /** The row after which a list goes on; null for its first page. */
  after(list: string): string | null
  /** A page of a list that is named by its last row. */
  of<Row>(list: string, rows: readonly Row[] | null | undefined, idOf: (row: Row) => string): Listed<Row>
  /** A page of a list that says itself where it goes on. */
  to<Row>(list: string, rows: readonly Row[] | null | undefined, cursor: string | null | undefined): Listed<Row>
  /** A page of a list that came whole, in the order in which it is shown. */
  part<Row>(list: string, rows: readonly Row[] | null | undefined): Listed<Row>
}

/**
 * Pages of the lists of one page, each by itself. Where a list goes on stands in the address sealed: the id of a record
 * is in no address.
 */
export const pagingOf = ({ query, secrets }: Pick<Visit, 'query' | 'secrets'>, path: string): Paging => {
  const kindOf = (list: string) => `after of ${list}`
  const after = (list: string) => secrets.unseal(kindOf(list), query[list] ?? '')
  // That something was just recorded is said once.
  const address = (list: string, place: string | null) => {
    const others = Object.entries(query).filter(([name]) => name !== list && name !== 'recorded')
    const text = new URLSearchParams([...others, ...(place === null ? [] : [[list, place]])]).toString()
    return text === '' ? path : `${path}?${text}`
  }
  const to: Paging['to'] = (list, rows, cursor) => ({
    rows: rows ?? null,
    next: cursor ? address(list, secrets.seal(kindOf(list), cursor)) : null,
    first: after(list) === null ? null : address(list, null),
  })
  return {
    ...{ after, to },
    of: (list, rows, idOf) => {
      const last = rows && rows.length > onOnePage ? rows[onOnePage - 1] : undefined
      return to(list, rows?.slice(0, onOnePage), last === undefined ? null : idOf(last))
    },
    part: (list, rows) => {
      const start = Number(after(list) ?? 0)
      const end = start + onOnePage
      return to(list, rows?.slice(start, end), rows && end < rows.length ? String(end) : null)
    },
  }
}
