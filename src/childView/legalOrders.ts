import { instantText } from '../foundation/identifiers.ts'
import { dayLength, londonInstant } from '../foundation/london.ts'
import { type AnswersTo, rowsOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { provenanceFields } from '../sources/commonRowFields.ts'
import { type Count, completenessOf, countOf, listed, type Reads } from './countCompleteness.ts'
import { dayIn, endOfDay, type ListPart, partOf, type Reading, selected } from './listFilter.ts'
import { type Provenance, provenanceOf } from './provenance.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What orders rest on: the courts' as social care records them, and the powers of the police. */
export const legalNeeds = {
  socialCare: {
    orders: [...provenanceFields, 'type', 'court', 'from', 'to', 'conditions', 'servedOn', 'servedBy'],
  },
  police: { protections: [...provenanceFields, 'from', 'to', 'reason'] },
} as const satisfies RequiredFields

const reads = {
  grounds: [{ socialCare: { orders: ['type', 'from', 'to'] }, police: { protections: ['from', 'to'] } }],
} as const satisfies Reads

const policeProtection = 'POLICE_PROTECTION'

/** The longest that the law lets an order last, in hours, whatever is recorded of its end. */
const longest: Readonly<Record<string, { readonly hours: number; readonly source: string }>> = {
  [policeProtection]: { hours: 72, source: 'Children Act 1989, section 46(6): 72 hours' },
  EMERGENCY_PROTECTION_ORDER: { hours: 21 * 24, source: 'SSDA903 validation rule 362: 21 days' },
  CHILD_ASSESSMENT_ORDER: { hours: 7 * 24, source: 'Children Act 1989, section 43(5): 7 days' },
}

/** One order or power, and until when it holds. */
export interface LegalOrder {
  readonly id: string
  readonly type: string | null
  readonly from: string | null
  readonly to: string | null
  readonly expiresAt: string | null
  readonly expiry: string | null
  readonly expired: boolean | null
  readonly court: string | null
  readonly conditions: string | null
  readonly servedOn: string | null
  readonly servedBy: string | null
  readonly provenance: Provenance
}

/** Orders about the child. */
export interface Legal {
  readonly total: Count
  readonly orders: readonly LegalOrder[] | null
}

/** Orders with their expiry: one that ran out protects nobody, and a record without an end does not say that it did. */
export function legal(
  answers: AnswersTo<typeof legalNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
  asOf: string,
  part: ListPart,
): Legal {
  const completeness = completenessOf(reads, { grants, contracts, answers })
  const courts = uncorrected(rowsOf(answers, 'socialCare', 'orders')).map((row) => ({
    id: row.id,
    type: textOf(row, 'type'),
    from: beginningOf(textOf(row, 'from'), textOf(row, 'eventAt')),
    to: textOf(row, 'to'),
    court: textOf(row, 'court'),
    conditions: textOf(row, 'conditions'),
    servedOn: textOf(row, 'servedOn'),
    servedBy: textOf(row, 'servedBy'),
    provenance: provenanceOf(row, contracts.socialCare),
  }))
  const powers = uncorrected(rowsOf(answers, 'police', 'protections')).map((row) => ({
    id: row.id,
    type: policeProtection,
    from: textOf(row, 'from', 'eventAt'),
    to: textOf(row, 'to'),
    court: null,
    conditions: textOf(row, 'reason'),
    servedOn: null,
    servedBy: null,
    provenance: provenanceOf(row, contracts.police),
  }))
  const all = [...courts, ...powers]
    .map((order): LegalOrder => ({ ...order, ...expiryOf(order, asOf) }))
    .sort((one, other) => at(other) - at(one) || (one.id < other.id ? -1 : 1))
  const reading: Reading<LegalOrder> = {
    ids: ({ id }) => [id],
    span: ({ from, to, expiresAt }) => [from, to ?? expiresAt],
    kind: ({ type }) => type,
    kinds: [policeProtection, ...(contracts.socialCare.lists['orders']?.kinds ?? [])],
  }
  const found = selected(all, part, reading).length
  return {
    total: countOf(found, completeness),
    orders: listed(partOf(all, part, reading, 100), completeness, found),
  }
}

/** An order dated by its day began when it is recorded to have happened, where that is on the day. */
const beginningOf = (from: string | null, eventAt: string | null): string | null =>
  from === null || (from.length === 10 && dayIn(eventAt) === from) ? (eventAt ?? from) : from

/** Until the recorded end, and never longer than the law lets it last. Null expiry: until a court says otherwise. */
function expiryOf(
  { type, from, to }: Pick<LegalOrder, 'type' | 'from' | 'to'>,
  asOf: string,
): Pick<LegalOrder, 'expiresAt' | 'expiry' | 'expired'> {
  const limit = Object.hasOwn(longest, type ?? '') ? longest[type ?? ''] : undefined
  const began = from === null ? null : from.length === 10 ? londonInstant(from, '00:00') : millisecondsOf(from)
  const recorded = to === null ? null : endOfDay(to)
  const most = limit && began !== null ? began + limit.hours * (dayLength / 24) : null
  const ends = [recorded, most].filter((end) => end !== null)
  const end = ends.length === 0 ? null : Math.min(...ends)
  return {
    expiresAt: end === null ? null : instantText(new Date(end)),
    expiry: end === null ? null : end === recorded ? 'As recorded' : (limit?.source ?? null),
    expired: end === null ? (type === null ? null : false) : end <= Date.parse(asOf),
  }
}

const at = ({ from }: LegalOrder): number => millisecondsOf(from) ?? 0
