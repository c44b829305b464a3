import { Refusal } from '../foundation/errors.ts'
import { dayLength } from '../foundation/london.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { ContactOrReferralRow } from '../records/generated.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import type { CommonRow } from '../sources/commonRowFields.ts'
import { type Count, completenessOf, countOf, listed, type Reads } from './countCompleteness.ts'
import { type NamedCount, namedCounts } from './namedCounts.ts'
import { undisposedConcerns } from './undisposedConcerns.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What the count of contacts rests on. The referrer is not in it: a count needs no name. */
export const contactNeeds = {
  socialCare: {
    contacts: ['eventAt', 'provenance.supersedes', 'fromAgency', 'fromOrganisation', 'outcome', 'concerns', 'disposed'],
  },
} as const satisfies RequiredFields

const reading = <const Field extends (typeof contactNeeds.socialCare.contacts)[number]>(
  ...fields: readonly Field[]
) => ({
  grounds: [{ socialCare: { contacts: fields } }],
})

/** What each number reads. */
export const contactReads = {
  total: reading('eventAt'),
  accepted: reading('outcome'),
  sources: reading('fromAgency', 'fromOrganisation'),
  weeks: reading('eventAt'),
  undisposed: reading('concerns', 'disposed'),
} as const satisfies Readonly<Record<string, Reads>>

/** Contacts, counted over sources. */
export interface ContactPattern {
  readonly total: Count
  readonly accepted: Count
  readonly sources: Count
  readonly bySource: readonly NamedCount[] | null
  readonly weeks: Count
  readonly undisposed: readonly string[] | null
}

/** Contacts as one sequence instead of one by one, over the whole record or the days before the view's date. */
export function contactPattern(
  answers: AnswersTo<typeof contactNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
  withinDays: number | null,
): ContactPattern {
  if (withinDays !== null && withinDays < 1) {
    throw new Refusal('BAD_INPUT', { message: 'The argument withinDays is a whole number from 1.' })
  }
  const earliest = withinDays === null ? Number.NEGATIVE_INFINITY : Date.parse(asOf) - withinDays * dayLength
  const of = (reads: Reads) => completenessOf(reads, { grants, contracts, answers })
  const bySource = of(contactReads.sources)
  const rows = uncorrected(rowsOf(answers, 'socialCare', 'contacts')).filter(
    (row) => withinDays === null || (at(row) ?? Number.NEGATIVE_INFINITY) >= earliest,
  )
  const sources = rows.map(sourceOf)
  const undisposed = new Set(rows.flatMap((row) => undisposedConcerns(row) ?? []))
  return {
    total: countOf(rows.length, of(contactReads.total)),
    accepted: countOf(rows.filter((row) => row.outcome === 'REFERRAL_ACCEPTED').length, of(contactReads.accepted)),
    sources: countOf(new Set(sources.filter((source) => source !== null)).size, bySource),
    bySource: listed(
      namedCounts(
        sources.map((source) => source ?? 'NOT_STATED'),
        () => bySource,
      ),
      bySource,
    ),
    weeks: countOf(wholeWeeks(rows.flatMap((row) => at(row) ?? [])), of(contactReads.weeks)),
    undisposed: listed([...undisposed].sort(), of(contactReads.undisposed)),
  }
}

const at = (row: Pick<CommonRow, 'eventAt'>): number | null => millisecondsOf(textOf(row, 'eventAt'))

const sourceOf = (row: Pick<ContactOrReferralRow, 'fromOrganisation' | 'fromAgency'>): string | null =>
  textOf(row, 'fromOrganisation', 'fromAgency')

const wholeWeeks = (instants: readonly number[]): number =>
  instants.length === 0 ? 0 : Math.floor((Math.max(...instants) - Math.min(...instants)) / (7 * dayLength))
