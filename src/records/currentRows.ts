import { londonDay } from '../foundation/london.ts'
import type { Row as SourceRow } from '../sources/contract.ts'

/** Names of the fields of a row. */
export type FieldOf<Row> = keyof Row & string

/**
 * The first field that holds text: a period may start at `from`, or, where nothing says so, when the event happened.
 */
export const textOf = <Row extends object>(row: Row, ...fields: readonly FieldOf<Row>[]): string | null => {
  for (const field of fields) {
    const value = (row as object as SourceRow)[field]
    if (typeof value === 'string' && value !== '') return value
  }
  return null
}

/**
 * The day of an ISO 8601 date, or the one in London on which an instant falls: of a day that came without a time the
 * instant is its beginning there, which in summer is the last hour of the day before by UTC.
 */
export function dayOf(iso: string): string {
  if (iso.slice(11, 13) !== '23') return iso.slice(0, 10)
  const at = Date.parse(iso)
  return Number.isNaN(at) ? iso.slice(0, 10) : londonDay(at)
}

/**
 * Whether a period is open on a day: begun by then and not yet ended. The day on which something ends is no longer part
 * of it, so that a move on one day leaves one current placement and not two.
 */
export const openOn = (day: string, from: string | null, to: string | null): boolean =>
  (from === null || dayOf(from) <= day) && (to === null || dayOf(to) > day)

/**
 * Rows without those that a later row of the same list corrects: only of rows of which it was required what they
 * correct.
 */
export const uncorrected = <Row extends { readonly id: string }>(
  rows: readonly Row[] & ('provenance.supersedes' extends keyof Row ? unknown : never),
): readonly Row[] => {
  const corrected = new Set<string>()
  for (const row of rows as readonly { readonly 'provenance.supersedes': unknown }[]) {
    const earlier = textOf(row, 'provenance.supersedes')
    if (earlier) corrected.add(earlier)
  }
  if (corrected.size === 0) return rows
  return rows.filter((row) => !corrected.has(row.id) && !corrected.has(row.id.slice(row.id.indexOf(':') + 1)))
}

/** The row that began last; of two that began together, the one with the later id, so that the answer never wavers. */
export const latest = <Row extends { readonly id: string }>(
  rows: readonly Row[],
  ...from: readonly FieldOf<Row>[]
): Row | null => {
  let best: Row | null = null
  let bestKey = ''
  for (const row of rows) {
    const key = `${dayOf(textOf(row, ...from) ?? '')}|${row.id}`
    if (best === null || key > bestKey) {
      best = row
      bestKey = key
    }
  }
  return best
}
