import type { PlanLevel } from '../facts/caseStatus.ts'
import { dayLength } from '../foundation/london.ts'
import { dayOf, openOn, textOf } from '../records/currentRows.ts'
import type { RowWith } from '../records/requiredFields.ts'
import type { provenanceFields } from '../sources/commonRowFields.ts'
import type { SourceContract } from '../sources/contract.ts'
import { type Provenance, provenanceOf } from './provenance.ts'

/** `LevelPeriod` of `schema/levels.graphql`. */
export interface LevelPeriod {
  readonly level: PlanLevel
  readonly from: string | null
  readonly to: string | null
  readonly step: 'FIRST' | 'UP' | 'DOWN' | 'SAME'
  readonly reviewedBy: string | null
  readonly reviewedOn: string | null
  readonly reviewMeeting: string | null
  readonly record: string
  readonly provenance: Provenance
}

type Common = (typeof provenanceFields)[number]
type Plan = RowWith<'socialCare', 'plans', Common | 'level' | 'from' | 'to' | 'reviewedBy'>
type LegalStatus = RowWith<'socialCare', 'legalStatuses', Common | 'code' | 'from' | 'to'>
type Meeting = RowWith<'socialCare', 'meetings', 'eventAt' | 'type' | 'status'>
type Reviewer = RowWith<'socialCare', 'involvements', 'eventAt' | 'professional' | 'role' | 'from' | 'to'>

/** What periods are told from. */
export interface LevelRows {
  readonly plans: readonly Plan[]
  readonly statuses: readonly LegalStatus[]
  readonly meetings: readonly Meeting[]
  readonly reviewers: readonly Reviewer[]
  readonly order: readonly PlanLevel[]
  readonly contract: SourceContract
}

/** A review within so many days before a step is that step's. */
const reviewWithin = 28 * dayLength

interface Span {
  readonly level: PlanLevel
  readonly from: string
  readonly to: string | null
  readonly row: Plan | LegalStatus
  readonly reviewedBy: string | null
}

/**
 * Plans, and times of being looked after that no plan covers: legal statuses one after the other are one time. A step
 * is reviewed by whom the plan that it ended names, or the one that it led to while that lasts, or by the review that
 * was held for it. A plan names the reviewer of one step, and a review is held for one, the next: one name told of two
 * would hide that one had no review. A plan that goes on beside the next was not ended by it.
 */
export function periodsOf(rows: LevelRows): readonly LevelPeriod[] {
  const plans = rows.plans.flatMap((row): readonly Span[] =>
    row.level
      ? [
          {
            // Values of `PlanLevel` in the schema: another does not pass the source.
            level: row.level as PlanLevel,
            from: dayOf(textOf(row, 'from', 'eventAt') ?? ''),
            to: textOf(row, 'to'),
            row,
            reviewedBy: textOf(row, 'reviewedBy'),
          },
        ]
      : [],
  )
  const inCare = careOf(rows.statuses).filter(
    (care) => !plans.some((plan) => plan.level === 'LOOKED_AFTER' && overlaps(plan, care)),
  )
  const spans = [...plans, ...inCare].sort((one, other) =>
    `${one.from} ${one.row.id}` < `${other.from} ${other.row.id}` ? -1 : 1,
  )
  return spans.map((span, at) => periodOf(span, spans[at - 1] ?? null, rows))
}

/** Accommodation, orders and police protection of the 903 return, one after the other as one time. */
function careOf(statuses: readonly LegalStatus[]): readonly Span[] {
  const spans: Span[] = []
  const ordered = statuses
    .map((row) => ({ row, from: dayOf(textOf(row, 'from', 'eventAt') ?? ''), to: textOf(row, 'to') }))
    .sort((one, other) => (one.from < other.from ? -1 : 1))
  for (const { row, from, to } of ordered) {
    const last = spans.at(-1)
    if (last && (last.to === null || last.to >= from)) spans[spans.length - 1] = { ...last, to }
    else spans.push({ level: 'LOOKED_AFTER', from, to, row, reviewedBy: null })
  }
  return spans
}

const overlaps = (one: Span, other: Span): boolean =>
  (one.to === null || one.to > other.from) && (other.to === null || other.to > one.from)

function periodOf(span: Span, before: Span | null, { meetings, reviewers, order, contract }: LevelRows): LevelPeriod {
  const stepUp = before === null ? 0 : order.indexOf(span.level) - order.indexOf(before.level)
  const review = before && reviewFor(span.from, before.from, meetings)
  const isEnded = before !== null && before.to !== null && dayOf(before.to) <= span.from
  const chair =
    review && reviewers.find((row) => openOn(dayIn(review), textOf(row, 'from', 'eventAt'), textOf(row, 'to')))
  const officer = chair && [textOf(chair, 'professional'), textOf(chair, 'role')].filter((part) => part).join(', ')
  return {
    ...{ level: span.level, from: span.from || null, to: span.to },
    step: before === null ? 'FIRST' : stepUp > 0 ? 'UP' : stepUp < 0 ? 'DOWN' : 'SAME',
    reviewedBy:
      (isEnded ? before.reviewedBy : null) ?? (span.to === null ? span.reviewedBy : null) ?? (officer || null),
    reviewedOn: review ? dayIn(review) : null,
    reviewMeeting: review?.id ?? null,
    record: span.row.id,
    provenance: provenanceOf(span.row, contract),
  }
}

const dayIn = (row: Meeting): string => dayOf(textOf(row, 'eventAt') ?? '')

/** The last review that was held on the day of a step or within four weeks before, and after the step before it. */
const reviewFor = (from: string, stepBefore: string, meetings: readonly Meeting[]): Meeting | null =>
  meetings
    .filter(({ status, type }) => status === 'HELD' && /REVIEW|CONFERENCE|ICPC/.test(type ?? ''))
    .filter((row) => dayIn(row) <= from && Date.parse(from) - Date.parse(dayIn(row)) <= reviewWithin)
    .filter((row) => dayIn(row) > stepBefore)
    .toSorted((one, other) => (dayIn(one) < dayIn(other) ? 1 : -1))[0] ?? null
