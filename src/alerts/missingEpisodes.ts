import {
  type EpisodeRows,
  type Entry as JoinedEntry,
  type Report as JoinedReport,
  joinEpisodes,
} from '../childView/joinMissingEpisodes.ts'
import { londonDay, londonInstant } from '../foundation/london.ts'
import { textOf } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { knownAt } from './findingWords.ts'
import type { EvidenceRow } from './rule.ts'

/** What a rule needs of missing episodes: headlines of both who may have recorded one. */
export const episodeNeeds = {
  police: { missingEpisodes: ['from', 'to', 'force', 'provenance.force', 'overnight'] },
  socialCare: { missing: ['from', 'to', 'force', 'provenance.organisation', 'reported', 'loggedBy'] },
} as const satisfies RequiredFields

/** What joins them better where it may be read. */
export const episodeLinks = {
  police: { missingEpisodes: ['providerReference'] },
  socialCare: { missing: ['policeReference'] },
} as const satisfies RequiredFields

/** Lists of which more rows only ever make more episodes. */
export const episodeLists = ['police.missingEpisodes', 'socialCare.missing'] as const

/** One episode with the records that tell of it. */
export interface Episode<ReportRow, EntryRow> extends EvidenceRow {
  readonly from: string
  /** Null while the child is missing. */
  readonly to: string | null
  readonly overnight: boolean
  readonly rows: EpisodeRows<ReportRow, EntryRow>
  readonly records: readonly EvidenceRow[]
}

type Report = JoinedReport & { readonly overnight: unknown }

/** Missing episodes as one sequence over forces, the authority and care providers, in order of time. */
export function episodesOf<ReportRow extends Report, EntryRow extends JoinedEntry>(
  police: readonly ReportRow[],
  care: readonly EntryRow[],
  asOf: string,
): readonly Episode<ReportRow, EntryRow>[] {
  return joinEpisodes(police, care)
    .flatMap((rows) => {
      const records = rows.police ? [rows.police, ...rows.care] : rows.care
      const first = records[0]
      // When it was written down says nothing of when a child went: an episode of no known time fires nothing.
      const from = records
        .map((row) => textOf(row, 'from', 'eventAt'))
        .find((start) => start !== null && Date.parse(start) <= Date.parse(asOf))
      if (!first || !from) return []
      const end = records
        .map((row) => textOf(row, 'to'))
        .find((each) => each !== null && Date.parse(each) <= Date.parse(asOf))
      // One that is said to have ended before it began is over; for how long it went on is not known.
      const to = end ? (Date.parse(end) < Date.parse(from) ? from : end) : null
      const said = rows.police?.overnight
      const known = records.map(knownAt).filter((at) => at !== null)
      return [
        {
          id: first.id,
          eventAt: from,
          'provenance.recordedAt': known.sort((one, other) => Date.parse(one) - Date.parse(other))[0] ?? null,
          from,
          to,
          overnight: typeof said === 'boolean' ? said : to !== null && overANight(from, to),
          rows,
          records,
        },
      ]
    })
    .sort((one, other) => Date.parse(one.from) - Date.parse(other.from) || (one.id < other.id ? -1 : 1))
}

/** Away at three in the morning in London. */
const overANight = (from: string, to: string): boolean => {
  const end = Date.parse(to)
  for (let at = Date.parse(from), turn = 0; turn < 2; turn += 1, at += 24 * 3_600_000) {
    const night = londonInstant(londonDay(at), '03:00')
    if (night !== null && night >= Date.parse(from) && night < end) return true
  }
  return false
}

/** All records of several episodes. */
export const recordsOf = (episodes: readonly { readonly records: readonly EvidenceRow[] }[]): readonly EvidenceRow[] =>
  episodes.flatMap(({ records }) => records)
