import { createHash } from 'node:crypto'
import type { SeedRow } from './seedRecord.ts'

/** Whose record it is and which service holds it: what every row of a run has in common. */
export type Holder = Pick<SeedRow, 'person' | 'service'> & Partial<SeedRow>

/** Fields of one row; the writer supplies the rest. */
export type Fields = Partial<SeedRow>

/** An id that tells nothing: not the case, not the order, not how many records stand beside it. */
export const recordId = (scope: string, name: string | number): string =>
  createHash('sha256').update(`${scope}|${name}`).digest('hex').slice(0, 10)

/** `2026-03-02` or `2026-03-02T21:15` → an instant. */
export const instant = (when: string): string =>
  when.length === 10 ? `${when}T09:00:00Z` : when.length === 16 ? `${when}:00Z` : when

/** The instant so many hours later. */
export const hoursAfter = (when: string, hours: number): string =>
  new Date(Date.parse(instant(when)) + hours * 3_600_000).toISOString().replace('.000Z', 'Z')

/** The calendar date so many days later. */
export const daysAfter = (day: string, days: number): string => hoursAfter(day, days * 24).slice(0, 10)

/** `0, 1, … count − 1`, told one by one. */
export const times = <T>(count: number, make: (index: number) => T): T[] =>
  Array.from({ length: count }, (_, i) => make(i))

/** A row as it was first written, and as it was written anew when more was known: no row tells what came after it. */
export function writtenAnew(row: SeedRow, when: string, fields: Fields): readonly [SeedRow, SeedRow] {
  const first = { ...row, id: recordId(row.id, 'first') }
  return [first, { ...row, ...fields, recordedAt: instant(when), supersedes: first.id }]
}

const isInstant = (value: unknown): value is string => typeof value === 'string' && value.length === 20

/**
 * Writes the rows of one run. The agency knew a record one hour after it happened, or when the episode ended, unless
 * the row says otherwise. `scope` must be unique: it is what ids are made from.
 */
export const writer = (scope: string, holder: Holder) => {
  let count = 0
  return (when: string, fields: Fields = {}): SeedRow => {
    count += 1
    const eventAt = instant(when)
    const until = isInstant(fields['to']) ? fields['to'] : hoursAfter(eventAt, 1)
    return {
      id: recordId(scope, count),
      eventAt,
      ...holder,
      ...fields,
      recordedAt: fields.recordedAt ? instant(fields.recordedAt) : until,
    }
  }
}
