import { spoken } from '../foundation/codeInWords.ts'
import { londonDay } from '../foundation/london.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { dayOf, textOf } from '../records/currentRows.ts'
import type { EvidenceRow, Finding } from './rule.ts'

const months = 'January February March April May June July August September October November December'.split(' ')

/** `12 May 2026`: the day in London of an instant, or a date as it stands. */
export function dayWords(when: string | null): string {
  const at = when !== null && when.length > 10 ? millisecondsOf(when) : null
  const day = at === null ? when : londonDay(at)
  if (day === null) return 'an unknown day'
  const [year = '', month = '', date = ''] = dayOf(day).split('-')
  return `${Number(date)} ${months[Number(month) - 1] ?? month} ${year}`
}

/** `a, b and c`. */
export const listWords = (words: readonly string[]): string =>
  words.length < 2 ? (words[0] ?? '') : `${words.slice(0, -1).join(', ')} and ${words.at(-1)}`

/** `1 contact`, `3 contacts`. */
export const counted = (count: number, one: string, several = `${one}s`): string =>
  `${count} ${count === 1 ? one : several}`

/** A kind of meeting as it is said: `child in need meeting`, `strategy discussion`. */
export const meetingWords = (type: string | null): string => {
  const said = spoken(type ?? 'meeting')
  return /meeting|conference|review|discussion|group|forum|panel/i.test(said) ? said : `${said} meeting`
}

/** When a record happened: nothing where it does not say. */
export const whenOf = (row: EvidenceRow): string | null => textOf(row as { eventAt?: unknown }, 'eventAt')

/** When its holder knew of a record. */
export const knownAt = (row: EvidenceRow): string | null =>
  textOf(row as { 'provenance.recordedAt'?: unknown }, 'provenance.recordedAt')

/** Milliseconds of when a record happened, else of when it was known; rows without either come first. */
export const timeOf = (row: EvidenceRow): number => millisecondsOf(whenOf(row)) ?? millisecondsOf(knownAt(row)) ?? 0

/** In the order in which they happened; of two at once, the lower id first, so that an answer never wavers. */
export const inOrder = <Row extends EvidenceRow>(rows: readonly Row[]): readonly Row[] =>
  rows.length < 2
    ? rows
    : rows
        .map((row) => ({ row, at: timeOf(row), id: row.id }))
        .sort((one, other) => one.at - other.at || (one.id < other.id ? -1 : 1))
        .map(({ row }) => row)

/** Of several instants the latest. */
export const latestOf = (...instants: readonly (string | null)[]): string =>
  instants.reduce<string>(
    (latest, each) => ((millisecondsOf(each) ?? 0) > (millisecondsOf(latest) ?? 0) && each !== null ? each : latest),
    '1970-01-01T00:00:00Z',
  )

interface Made {
  /** Records that it needs to be so: it is so once the last of them is known. */
  readonly of: readonly EvidenceRow[]
  /** When its clock runs out, where it has one. */
  readonly due?: string | null
  /** Further evidence, which came later and changes nothing of since when. */
  readonly more?: readonly EvidenceRow[]
  readonly text: string
  readonly anchor?: string
  readonly count?: number
  readonly details?: Finding['details']
}

/** A finding that is so since the last of its records was known, all of them happened and its clock ran out. */
export const found = ({ of, due = null, more = [], text, anchor, count, details }: Made): Finding => ({
  anchor: anchor ?? of.map(({ id }) => id).join('+'),
  // What is due on a day is due when the day begins.
  since: latestOf(...of.map(knownAt), ...of.map(whenOf), due?.length === 10 ? `${due}T00:00:00Z` : due),
  evidence: [...of, ...more],
  text: text.charAt(0).toUpperCase() + text.slice(1),
  count,
  details,
})
