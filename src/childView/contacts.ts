import { Refusal } from '../foundation/errors.ts'
import { type AnswersTo, rowsOf } from '../records/answered.ts'
import type { ContactOrReferralRow } from '../records/generated.ts'
import { textOf, uncorrected } from '../records/period.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { dayLength, millisecondsOf } from '../records/time.ts'
import type { CommonRow } from '../sources/row.ts'
import { undisposedConcerns } from './concerns.ts'
import { type NamedCount, namedCounts } from './counts.ts'

/** What the count of contacts rests on. The referrer is not in it: a count needs no name. */
export const contactNeeds = {
  socialCare: {
    contacts: ['eventAt', 'provenance.supersedes', 'fromAgency', 'fromOrganisation', 'outcome', 'concerns', 'disposed'],
  },
} as const satisfies RequiredFields

/** Contacts, counted over sources. */
export interface ContactPattern {
  readonly total: number
  readonly accepted: number
  readonly sources: number
  readonly bySource: readonly NamedCount[]
  readonly weeks: number
  readonly undisposed: readonly string[]
}

/** Contacts as one sequence instead of one by one, over the whole record or the days before the view's date. */
export function contactPattern(
  answers: AnswersTo<typeof contactNeeds>,
  asOf: string,
  withinDays: number | null,
): ContactPattern {
  if (withinDays !== null && withinDays < 1) {
    throw new Refusal('BAD_INPUT', { message: 'The argument withinDays is a whole number from 1.' })
  }
  const earliest = withinDays === null ? Number.NEGATIVE_INFINITY : Date.parse(asOf) - withinDays * dayLength
  const contacts = uncorrected(rowsOf(answers, 'socialCare', 'contacts')).filter(
    (row) => withinDays === null || (at(row) ?? Number.NEGATIVE_INFINITY) >= earliest,
  )
  const sources = contacts.map(sourceOf)
  const undisposed = contacts.flatMap((row) => undisposedConcerns(row) ?? [])
  return {
    total: contacts.length,
    accepted: contacts.filter((row) => row.outcome === 'REFERRAL_ACCEPTED').length,
    sources: new Set(sources.filter((source) => source !== null)).size,
    bySource: namedCounts(sources.map((source) => source ?? 'NOT_STATED')),
    weeks: wholeWeeks(contacts.flatMap((row) => at(row) ?? [])),
    undisposed: [...new Set(undisposed)].sort(),
  }
}

const at = (row: Pick<CommonRow, 'eventAt'>): number | null => millisecondsOf(textOf(row, 'eventAt'))

const sourceOf = (row: Pick<ContactOrReferralRow, 'fromOrganisation' | 'fromAgency'>): string | null =>
  textOf(row, 'fromOrganisation', 'fromAgency')

const wholeWeeks = (instants: readonly number[]): number =>
  instants.length === 0 ? 0 : Math.floor((Math.max(...instants) - Math.min(...instants)) / (7 * dayLength))
