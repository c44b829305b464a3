import { type Entry as EntryRow, joinEpisodes, type Report as ReportRow } from '../../childView/joinMissingEpisodes.ts'
import type { CareMissingEpisodeRow } from '../../records/generated.ts'
import { type Carried, rowsOf, type SectionInput } from '../carriedRows.ts'
import { groupBy } from '../groupBy.ts'
import { conditional, section } from '../section.ts'
import { ask, known, partWithheld } from '../sectionItems.ts'
import { count, day, field, phrase, plain } from '../sectionWords.ts'
import type { TransferItem } from '../transferTypes.ts'

const reported = { label: 'Reported to the police', agency: 'police', list: 'missingEpisodes' } as const
const logged = { label: 'Logged by carers and social care', agency: 'socialCare', list: 'missing' } as const

/**
 * T9. Every force and every carer counts its own episodes; they stand side by side so that none is taken for the whole.
 */
export const missing = section({
  code: 'T9',
  title: 'Missing',
  mandatory: conditional,
  suppliers: ['POLICE', 'CHILDRENS_SOCIAL_CARE', 'CHILDRENS_HOME'],
  needs: {
    police: {
      missingEpisodes: [
        'provenance.recordedAt',
        'kind',
        'from',
        'to',
        'force',
        'overnight',
        'grade',
        'foundAt',
        'providerReference',
      ],
    },
    socialCare: {
      missing: [
        'provenance.recordedAt',
        'policeReference',
        'kind',
        'from',
        'to',
        'reported',
        'force',
        'loggedBy',
        'interviewOffered',
        'interviewAccepted',
        'interviewAt',
      ],
    },
  },
  fieldLabels: { police: ['POLICE_INTELLIGENCE'] },
  fill: (input) => [
    ...together(input, rowsOf(input, 'police', 'missingEpisodes'), rowsOf(input, 'socialCare', 'missing')),
    ...(counted(
      rowsOf(input, 'police', 'missingEpisodes'),
      (row) => `Reported to ${field(row, 'force') ?? 'a force'}`,
      (row) => row.overnight === true,
      partWithheld(input, reported),
    ) ?? ask(input, { ...reported, none: 'None is recorded.', tell: () => null })),
    ...(counted(
      rowsOf(input, 'socialCare', 'missing'),
      (row) => `Logged by ${plain(field(row, 'loggedBy')) ?? 'social care'}`,
      () => false,
      partWithheld(input, logged),
    ) ?? ask(input, { ...logged, none: 'None is recorded.', tell: () => null })),
    ...ask(input, {
      label: 'Not reported to a force',
      agency: 'socialCare',
      list: 'missing',
      pick: (row) => row.reported === false,
      none: 'None is recorded.',
      tell: (row) => day(row, 'from') ?? day(row, 'eventAt'),
    }),
    ...ask(input, {
      label: 'Return home interviews',
      agency: 'socialCare',
      list: 'missing',
      pick: (row) => Boolean(row.to),
      none: 'No episode with a return is recorded.',
      tell: (row) => phrase(day(row, 'from'), interview(row)),
    }),
  ],
})

const interview = (
  row: Pick<CareMissingEpisodeRow, 'interviewOffered' | 'interviewAccepted' | 'interviewAt'>,
): string => {
  if (row.interviewAt) return `held ${day(row, 'interviewAt')}`
  if (row.interviewAccepted === true) return 'accepted, not held'
  if (row.interviewOffered === false) return 'not offered'
  if (row.interviewOffered !== true) return 'no interview recorded: chase it'
  return row.interviewAccepted === false ? 'offered, declined' : 'offered'
}

/**
 * How many episodes there are where a force and a carer tell of the same one: the numbers of each below are not to be
 * added up.
 */
function together<Report extends Carried & ReportRow, Entry extends Carried & EntryRow>(
  input: SectionInput,
  reports: readonly Report[],
  entries: readonly Entry[],
): readonly TransferItem[] {
  if (reports.length === 0 || entries.length === 0) return []
  const episodes = joinEpisodes(reports, entries)
  const both = episodes.filter(({ police, care }) => police !== null && care.length > 0).length
  const said = phrase(count(episodes.length, 'episode'), both > 0 && `${both} told by a force and a carer alike`)
  const label = 'Together in this record, each episode once'
  const [beside] = [reported, logged].flatMap((asked) => partWithheld(input, { ...asked, label }))
  return [known(label, said ?? '', [...reports, ...entries]), ...(beside ? [beside] : [])]
}

type Episode = Carried & Pick<CareMissingEpisodeRow, 'from'>

/** One item for each who counted, and what of it is withheld; null where nobody did. */
const counted = <Row extends Episode>(
  all: readonly Row[],
  by: (row: Row) => string,
  isOvernight: (row: Row) => boolean,
  beside: readonly TransferItem[],
): TransferItem[] | null => {
  const groups = groupBy(all, by)
  if (groups.size === 0) return null
  const numbers = [...groups].map(([name, rows]) => {
    const days = rows.flatMap((row) => day<Episode>(row, 'from') ?? day<Episode>(row, 'eventAt') ?? [])
    const nights = rows.filter(isOvernight).length
    return known(
      name,
      phrase(
        count(rows.length, 'episode'),
        days[0] && `${days[0]} to ${days.at(-1)}`,
        nights > 0 && `${nights} overnight`,
      ) ?? '',
      rows,
    )
  })
  return [...numbers, ...beside]
}
