import { dayLength } from '../foundation/london.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { type Count, completenessOf, countOf, listed, type Reads } from './countCompleteness.ts'
import { adultRelations } from './familyRelations.ts'
import { dayIn, type ListPart, partOf, type Reading, selected } from './listFilter.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What the weeks of adults rest on: which service asks in which week, never what it asks. */
export const adultWeekNeeds = {
  adultServices: { requirements: ['eventAt', 'provenance.supersedes', 'week', 'service', 'relation'] },
} as const satisfies RequiredFields

const reads = {
  grounds: [{ adultServices: { requirements: ['week', 'service', 'relation'] } }],
} as const satisfies Reads

/** What all services together ask of one adult in one week. */
export interface AdultWeek {
  readonly week: string
  readonly relation: string
  readonly requirements: Count
  readonly services: readonly string[]
  readonly records: readonly string[]
}

/** Weeks of adults, with how many there are. */
export interface AdultWeeks {
  readonly total: Count
  readonly weeks: readonly AdultWeek[] | null
}

/** Concurrent requirements by week: services that each ask a little can together ask more than anybody can do. */
export function adultWeeks(
  answers: AnswersTo<typeof adultWeekNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  part: ListPart,
): AdultWeeks {
  const completeness = completenessOf(reads, { grants, contracts, answers })
  const weeks = new Map<string, { services: string[]; records: string[] }>()
  const rows = uncorrected(rowsOf(answers, 'adultServices', 'requirements'))
  for (const row of rows) {
    const week = mondayOf(dayIn(textOf(row, 'week', 'eventAt')))
    if (week === null) continue
    const key = JSON.stringify([week, textOf(row, 'relation') ?? 'ADULT'])
    const known = weeks.get(key) ?? { services: [], records: [] }
    known.services.push(textOf(row, 'service') ?? 'NOT_STATED')
    known.records.push(row.id)
    weeks.set(key, known)
  }
  const all = [...weeks]
    .map(([key, { services, records }]): AdultWeek => {
      const [week = '', relation = ''] = JSON.parse(key) as string[]
      return {
        week,
        relation,
        requirements: countOf(records.length, completeness),
        services: [...new Set(services)].sort(),
        records,
      }
    })
    .sort((one, other) => (keyOf(one) < keyOf(other) ? 1 : -1))
  const reading: Reading<AdultWeek> = {
    ids: ({ records }) => records,
    span: ({ week }) => [week, sundayAfter(week)],
    kind: ({ relation }) => relation,
    kinds: adultRelations,
  }
  const found = selected(all, part, reading).length
  return {
    total: countOf(found, completeness),
    weeks: listed(partOf(all, part, reading, 100), completeness, found),
  }
}

const keyOf = ({ week, relation }: AdultWeek): string => `${week} ${relation}`

/** The Monday on or before a day. */
const mondayOf = (day: string | null): string | null => {
  const at = day === null ? Number.NaN : Date.parse(`${day}T12:00:00Z`)
  if (Number.isNaN(at)) return null
  const sinceMonday = (new Date(at).getUTCDay() + 6) % 7
  return new Date(at - sinceMonday * dayLength).toISOString().slice(0, 10)
}

const sundayAfter = (monday: string): string =>
  new Date(Date.parse(`${monday}T12:00:00Z`) + 6 * dayLength).toISOString().slice(0, 10)
