import { londonDay } from '../foundation/london.ts'
import { type Count, countOf } from './countCompleteness.ts'
import { isDated, type MissingPattern } from './missingEpisodes.ts'

/** `MissingMonth` of `schema/timeLinks.graphql`. */
export interface MissingMonth {
  readonly month: string
  readonly episodes: Count
  readonly overnight: Count
  /** Null where it is known that none ended. */
  readonly longestHours: Count | null
}

const monthOf = (iso: string): string => londonDay(Date.parse(iso)).slice(0, 7)

/** The twelve months that end with that of a date, each with its number, none left out where nothing happened. */
export function missingByMonth(
  { episodes, total, overnight }: Pick<MissingPattern, 'episodes' | 'total' | 'overnight'>,
  asOf: string,
): readonly MissingMonth[] {
  const last = new Date(`${monthOf(asOf)}-01T00:00:00Z`)
  return Array.from({ length: 12 }, (_, back) => {
    const month = new Date(Date.UTC(last.getUTCFullYear(), last.getUTCMonth() - 11 + back, 1)).toISOString().slice(0, 7)
    const ofMonth = (episodes ?? []).filter(isDated).filter(({ from }) => monthOf(from) === month)
    const hours = ofMonth.flatMap(({ from, to }) =>
      to === null ? [] : [Math.floor((Date.parse(to) - Date.parse(from)) / 3_600_000)],
    )
    return {
      month,
      episodes: countOf(ofMonth.length, total),
      overnight: countOf(ofMonth.filter((episode) => episode.overnight).length, overnight),
      longestHours: hours.length === 0 && total.completeness === 'WHOLE' ? null : countOf(Math.max(0, ...hours), total),
    }
  })
}
