import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { type Count, completenessOf, countOf, listed, type Reads } from './countCompleteness.ts'
import { type ListPart, moment, selected } from './listFilter.ts'
import { type NamedCount, namedCounts } from './namedCounts.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What the count of support with basic needs rests on. */
export const basicNeedsNeeds = {
  education: { basicNeedsSupport: ['eventAt', 'provenance.supersedes', 'kind'] },
} as const satisfies RequiredFields

/** What each number reads. */
export const basicNeedsReads = {
  total: { grounds: [{ education: { basicNeedsSupport: ['eventAt'] } }] },
  byKind: { grounds: [{ education: { basicNeedsSupport: ['kind'] } }] },
} as const satisfies Readonly<Record<string, Reads>>

/** Support with basic needs, counted over schools. */
export interface BasicNeeds {
  readonly total: Count
  readonly byKind: readonly NamedCount[] | null
  readonly first: string | null
  readonly last: string | null
}

/** Breakfasts, clothes and fetching home, which look like kindness one by one and like neglect when counted. */
export function basicNeeds(
  answers: AnswersTo<typeof basicNeedsNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  part: Pick<ListPart, 'from' | 'to' | 'kind'>,
): BasicNeeds {
  const of = (reads: Reads) => completenessOf(reads, { grants, contracts, answers })
  const rows = selected(uncorrected(rowsOf(answers, 'education', 'basicNeedsSupport')), part, {
    span: (row) => moment(textOf(row, 'eventAt')),
    kind: (row) => textOf(row, 'kind'),
    kinds: contracts.education.lists['basicNeedsSupport']?.kinds ?? [],
  })
  const byKind = of(basicNeedsReads.byKind)
  const times = rows.flatMap((row) => textOf(row, 'eventAt') ?? [])
  return {
    total: countOf(rows.length, of(basicNeedsReads.total)),
    byKind: listed(
      namedCounts(
        rows.map((row) => textOf(row, 'kind') ?? 'NOT_STATED'),
        () => byKind,
      ),
      byKind,
    ),
    first: times.at(0) ?? null,
    last: times.at(-1) ?? null,
  }
}
