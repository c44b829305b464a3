import type { AgencyName } from '../../foundation/agencies.ts'
import type { Row } from '../../sources/contract.ts'
import { groupBy } from '../group.ts'
import { ask, known } from '../items.ts'
import { rowsOf } from '../reader.ts'
import { conditional, type Section } from '../section.ts'
import type { TransferItem } from '../types.ts'
import { count, day, field, phrase, plain } from '../words.ts'

/** T9. Every force and every carer counts its own episodes; they stand side by side so that none is taken for the whole. */
export const missing: Section = {
  code: 'T9',
  title: 'Missing',
  mandatory: conditional,
  suppliers: ['POLICE', 'CHILDRENS_SOCIAL_CARE', 'CHILDRENS_HOME'],
  needs: {
    police: { missingEpisodes: ['kind', 'from', 'to', 'force', 'overnight', 'grade', 'foundAt'] },
    socialCare: {
      missing: [
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
    ...counted(
      input,
      'police',
      'missingEpisodes',
      'Reported to the police',
      (row) => `Reported to ${field(row, 'force') ?? 'a force'}`,
    ),
    ...counted(
      input,
      'socialCare',
      'missing',
      'Logged by carers and social care',
      (row) => `Logged by ${plain(field(row, 'loggedBy')) ?? 'social care'}`,
    ),
    ...ask(input, {
      label: 'Not reported to a force',
      agency: 'socialCare',
      list: 'missing',
      pick: (row) => row['reported'] === false,
      none: 'None is recorded.',
      tell: (row) => day(row, 'from') ?? day(row, 'eventAt'),
    }),
    ...ask(input, {
      label: 'Return home interviews',
      agency: 'socialCare',
      list: 'missing',
      pick: (row) => Boolean(row['to']),
      none: 'No episode with a return is recorded.',
      tell: (row) => phrase(day(row, 'from'), interview(row)),
    }),
  ],
}

const interview = (row: Row): string => {
  if (row['interviewAt']) return `held ${day(row, 'interviewAt')}`
  if (row['interviewAccepted'] === true) return 'accepted, not held'
  if (row['interviewAccepted'] === false) return 'offered, declined'
  return row['interviewOffered'] === true ? 'offered' : 'no interview recorded: chase it'
}

const counted = (
  input: Parameters<Section['fill']>[0],
  agency: AgencyName,
  list: string,
  label: string,
  by: (row: Row) => string,
): TransferItem[] => {
  const groups = groupBy(rowsOf(input, agency, list), by)
  if (groups.size === 0) return ask(input, { label, agency, list, none: 'None is recorded.', tell: () => null })
  return [...groups].map(([name, rows]) => {
    const days = rows.flatMap((row) => day(row, 'from') ?? day(row, 'eventAt') ?? [])
    const nights = rows.filter((row) => row['overnight'] === true).length
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
}
