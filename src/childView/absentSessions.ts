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

/** How many absent sessions coincide with an episode, each once however many episodes or entries it meets. */
export function absentSessionsDuring(
  absences: readonly Pick<AbsentSessionRow, 'date' | 'session'>[],
  episodes: readonly Period[],
  asOf: string,
): number {
  const counted = new Set<string>()
  for (const absence of absences) {
    const day = textOf(absence, 'date')
    const session = textOf(absence, 'session')
    const hours = session === null ? undefined : sessions[session]
    if (!day || !hours) continue
    const from = londonInstant(day, hours.from)
    const to = londonInstant(day, hours.to)
    if (from === null || to === null) continue
    if (episodes.some((episode) => meets(episode, from, to, asOf))) counted.add(`${day} ${session}`)
  }
  return counted.size
}

const meets = (episode: Period, from: number, to: number, asOf: string): boolean =>
  Date.parse(episode.from) < to && (millisecondsOf(episode.to) ?? Date.parse(asOf)) > from
