import type { StoredRow } from '../../../store/database.ts'
import type { TimePage } from '../../timePage.ts'
import { headColumns, headPlaces } from './recordsBranch.ts'
import type { PagedPlan } from './statement.ts'

/** Rows that were read in pages: each once, whichever pages it is of, and whose pages did not hold all that matches. */
export interface PagedRows {
  readonly rows: readonly StoredRow[]
  /** Whether rows of a list of this person were left out behind the end of a page. */
  readonly isCut: (person: string, page: number) => boolean
  /** Whether any were. */
  readonly isAnyCut: boolean
}

/** Rows of which none were left out. */
export const wholeRows = (rows: readonly StoredRow[]): PagedRows => ({ rows, isCut: () => false, isAnyCut: false })

export function pagedRows({ at }: PagedPlan, pages: readonly TimePage[], found: readonly StoredRow[]): PagedRows {
  const [only] = pages
  // So few of all lists and persons together that none can be cut, and each stands there once.
  if (only && pages.length === 1 && found.length <= only.first) return wholeRows(found)
  const counts = new Map<string, number>()
  const cut = new Set<string>()
  const seen = new Set<string>()
  const rows = found.filter((row) => {
    const [branch, person, page] = [
      row.text(headPlaces.branch),
      row.text(headPlaces.person) ?? '',
      Number(row.text(at)),
    ]
    const key = `${page} ${branch} ${person}`
    const count = (counts.get(key) ?? 0) + 1
    counts.set(key, count)
    if (count > (pages[page]?.first ?? 0)) cut.add(`${page} ${person}`)
    if (pages.length === 1) return true
    const record = `${branch} ${person} ${row.text(headColumns)}`
    return !seen.has(record) && seen.add(record)
  })
  return { rows, isCut: (person, page) => cut.has(`${page} ${person}`), isAnyCut: cut.size > 0 }
}

/** What a statement counted, by page and person. */
export const countsOf = (rows: readonly (readonly (string | null)[])[]): ReadonlyMap<string, number> =>
  new Map(rows.map(([person, page, matching]) => [`${page} ${person}`, Number(matching)]))
