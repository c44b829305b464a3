import { londonInstant } from '../foundation/london.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf } from '../records/currentRows.ts'
import type { AbsentSessionRow } from '../records/generated.ts'
import { isAbsent } from '../sources/attendanceCodes.ts'
import { isAbove } from '../sources/partAboveWhole.ts'
import { dayIn } from './listFilter.ts'

/** Hours of a school session in London. */
const sessions: Readonly<Record<string, { readonly from: string; readonly to: string }>> = {
  AM: { from: '09:00', to: '12:00' },
  PM: { from: '13:00', to: '15:30' },
}

interface Period {
  readonly from: string
  readonly to: string | null
}

type Absence = Pick<AbsentSessionRow, 'date' | 'session'>

/** One session from which the child was absent, with its hours in milliseconds. */
export interface Session {
  readonly day: string
  readonly session: string
  readonly from: number
  readonly to: number
}

/** The session of an absence; null where the record does not say which it was. */
export const sessionOf = (absence: Absence): Session | null => {
  const day = textOf(absence, 'date')
  const session = textOf(absence, 'session')
  const hours = session === null ? undefined : sessions[session]
  if (!day || !session || !hours) return null
  const from = londonInstant(day, hours.from)
  const to = londonInstant(day, hours.to)
  return from === null || to === null ? null : { day, session, from, to }
}

/** One period as a school counted it. */
export interface CountedPeriod {
  readonly possible: number | null
  readonly attended: number | null
  readonly codes: readonly { readonly code: string; readonly count: number }[] | null
  readonly from: string | null
  readonly to: string | null
}

/** What a register counts in one of its rows. */
export const countedIn = (row: {
  readonly eventAt?: unknown
  readonly from?: unknown
  readonly to?: unknown
  readonly possible?: unknown
  readonly attended?: unknown
  readonly codes?: unknown
}): CountedPeriod => {
  const [possible, attended] = [numberIn(row.possible), numberIn(row.attended)]
  return {
    from: dayIn(textOf(row, 'from', 'eventAt')),
    to: dayIn(textOf(row, 'to')),
    possible,
    attended: isAbove(attended, possible) ? null : attended,
    codes: codesIn(row.codes),
  }
}

const numberIn = (value: unknown): number | null => (typeof value === 'number' ? value : null)

const codesIn = (value: unknown): CountedPeriod['codes'] =>
  !Array.isArray(value)
    ? null
    : value.flatMap(({ code, count }: { readonly code?: unknown; readonly count?: unknown }) =>
        typeof code === 'string' && typeof count === 'number' ? [{ code, count }] : [],
      )

/** Sessions of a period, from its first day to its last. */
export const sessionsWithin = <One extends { readonly day: string }>(
  sessions: readonly One[],
  { from, to }: Pick<CountedPeriod, 'from' | 'to'>,
): readonly One[] => sessions.filter(({ day }) => (from === null || day >= from) && (to === null || day <= to))

/**
 * Whether a register counts more absent sessions than are recorded one by one: of the others nobody can say on what
 * they fell.
 */
export function hasUndated(period: CountedPeriod, sessions: readonly DatedSession[]): boolean {
  const { possible, attended, codes } = period
  const byCode = (codes ?? []).filter(({ code }) => isAbsent(code)).reduce((sum, { count }) => sum + count, 0)
  const counted = Math.max(byCode, possible === null || attended === null ? 0 : possible - attended)
  const dated = sessionsWithin(sessions, period).filter(({ code }) => code === null || isAbsent(code))
  return counted > dated.length
}

interface DatedSession {
  readonly day: string
  readonly code: string | null
}

/** How many absent sessions coincide with an episode, each once however many episodes or entries it meets. */
export function absentSessionsDuring(absences: readonly Absence[], episodes: readonly Period[], asOf: string): number {
  const counted = new Set<string>()
  for (const absence of absences) {
    const session = sessionOf(absence)
    if (session && episodes.some((episode) => isDuring(session, episode, asOf)))
      counted.add(`${session.day} ${session.session}`)
  }
  return counted.size
}

/** Whether a session falls within an episode, which goes on where it has no end. */
export const isDuring = ({ from, to }: Pick<Session, 'from' | 'to'>, episode: Period, asOf: string): boolean =>
  Date.parse(episode.from) < to && (millisecondsOf(episode.to) ?? Date.parse(asOf)) > from
