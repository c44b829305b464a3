import { londonInstant } from '../foundation/london.ts'
import type { AbsentSessionRow } from '../records/generated.ts'
import { textOf } from '../records/period.ts'
import { millisecondsOf } from '../records/time.ts'

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
