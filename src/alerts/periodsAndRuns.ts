import { dayLength } from '../foundation/london.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { dayOf, openOn, textOf } from '../records/currentRows.ts'
import { timeOf, whenOf } from './findingWords.ts'
import type { EvidenceRow } from './rule.ts'

interface Period extends EvidenceRow {
  readonly from?: unknown
  readonly to?: unknown
}

/** Rows of a list with `from` and `to` that are open on the day of an instant. */
export const openAt = <Row extends Period>(rows: readonly Row[], when: string): readonly Row[] =>
  rows.filter((row) => openOn(dayOf(when), textOf(row as Period, 'from', 'eventAt'), textOf(row as Period, 'to')))

/** Levels of help at which somebody must lead, lowest first. */
const levels: readonly unknown[] = ['EARLY_HELP', 'CARE_LEAVER', 'CHILD_IN_NEED', 'CHILD_PROTECTION', 'LOOKED_AFTER']

export const levelRank = (level: unknown): number => levels.indexOf(level)

/** Types of meeting at which a strategy is made. */
export const strategyTypes: ReadonlySet<unknown> = new Set(['STRATEGY_DISCUSSION', 'MISSING_STRATEGY'])

/** Legal status codes of the 903 return under which a child is looked after. */
export const lookedAfterCodes: ReadonlySet<unknown> = new Set([
  'C1',
  'C2',
  'D1',
  'E1',
  'V2',
  'V3',
  'V4',
  'J1',
  'J2',
  'J3',
  'L1',
  'L2',
  'L3',
])

/** Whole and part days from one instant or date to another; null where one of them cannot be read. */
export const daysBetween = (from: string | null, to: string | null): number | null => {
  const start = millisecondsOf(from)
  const end = millisecondsOf(to)
  return start === null || end === null ? null : (end - start) / dayLength
}

/** Whether one instant or date is after another and no more than so many days. */
export const followsWithin = (earlier: string | null, later: string | null, days: number): boolean => {
  const between = daysBetween(earlier, later)
  return between !== null && between >= 0 && between <= days
}

/**
 * The last run of rows that stand close together: each is one of at least `count` within `days`. The run's first rows
 * make the threshold; `more` came after. Null where there is none. Rows in order of time; of one that does not say when
 * it happened nobody can say that it stands close to another.
 */
export function lastRun<Row extends EvidenceRow>(
  all: readonly Row[],
  { count, days }: { readonly count: number; readonly days: number },
): { readonly of: readonly Row[]; readonly more: readonly Row[] } | null {
  const rows = all.filter((row) => whenOf(row) !== null)
  let run: Row[] = []
  let reached = 0
  for (const [index, row] of rows.entries()) {
    const window = rows.slice(0, index + 1).filter((earlier) => timeOf(row) - timeOf(earlier) <= days * dayLength)
    if (window.length < count) continue
    const first = window[0]
    const isSame = run.length > 0 && first !== undefined && run.includes(first)
    if (!isSame) {
      run = [...window]
      reached = run.length
    } else run.push(row)
  }
  return run.length === 0 ? null : { of: run.slice(0, reached), more: run.slice(reached) }
}

/** `all within 30 days`, `4 of them within 30 days`: of rows in order of time, the most that stand so close. */
export function togetherWords(rows: readonly EvidenceRow[], days: number): string {
  const withinDays = (row: EvidenceRow) => (one: EvidenceRow) => timeOf(row) - timeOf(one) <= days * dayLength
  const most = Math.max(0, ...rows.map((row, index) => rows.slice(0, index + 1).filter(withinDays(row)).length))
  return `${most === rows.length ? 'all' : `${most} of them`} within ${days} days`
}
