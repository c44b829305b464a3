import { millisecondsOf } from '../foundation/milliseconds.ts'
import type { Row, Value } from './contract.ts'

/** Where a record stands in time: when it happened, when recorded, its id. */
export type Position = readonly [eventAt: number, recordedAt: number, id: string]

/** Negative when the first stands before the second. Ids are compared by their bytes, as a database does. */
export const comparePositions = (one: Position, other: Position): number =>
  one[0] - other[0] || one[1] - other[1] || compareIds(one[2], other[2])

const compareIds = (one: string, other: string): number =>
  one === other ? 0 : Buffer.compare(Buffer.from(one), Buffer.from(other))

/** A stretch of what happened, in order of time: what a source need read of its lists and no more. */
export interface TimePage {
  /** The same for what every agency is asked for one page. */
  readonly key: string
  /** From, and before: milliseconds since 1970, or without end. */
  readonly from: number
  readonly before: number
  readonly after: Position | null
  /** Values of the `Agency` enum of those who hold the records; null: whoever. */
  readonly services: readonly string[] | null
  /** A source gives one more of each list, so that it is known whether more follow. */
  readonly first: number
}

/** A record that does not say when it happened stands where it was recorded. */
export const momentOf = (row: Pick<Row, string>): number =>
  millisecondsOf(textOf(row['eventAt'])) ?? recordedMomentOf(row)

export const recordedMomentOf = (row: Pick<Row, string>): number =>
  millisecondsOf(textOf(row['provenance.recordedAt'])) ?? 0

const textOf = (value: Value | undefined): string | null => (typeof value === 'string' ? value : null)

/** Whether a record is of the stretch, whichever page of it is asked for. */
export const isWithin = ({ from, before, services }: TimePage, row: Row): boolean => {
  const at = momentOf(row)
  return at >= from && at < before && (services === null || services.includes(String(row['provenance.agency'])))
}

/**
 * Pages that follow on each other as one, which is read once in place of once for each; null where there is one alone,
 * where one goes on after a record, or where something lies between them.
 */
export function oneStretch(pages: readonly TimePage[]): TimePage | null {
  const [earliest, ...later] = pages.toSorted((one, other) => one.from - other.from)
  if (!earliest || later.length === 0 || pages.some(({ after }) => after !== null)) return null
  let { before, first } = earliest
  for (const page of later) {
    if (page.from > before || String(page.services) !== String(earliest.services)) return null
    before = Math.max(before, page.before)
    first += page.first
  }
  return { ...earliest, before, first }
}

/** The page as one agency is asked it: whoever asks for a whole agency asks for each of its services. */
export const pageOfAgency = (page: TimePage, agency: string): TimePage =>
  page.services?.includes(agency) ? { ...page, services: null } : page
