import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf } from '../records/currentRows.ts'
import type { AssessmentRow } from '../records/generated.ts'
import { textsOf } from '../records/textList.ts'
import type { CommonRow } from '../sources/commonRowFields.ts'

type Assessed = Pick<AssessmentRow, 'factors'> & Pick<CommonRow, 'eventAt'>

/** How far back a factor still counts as known. Serious case reviews speak of starting again. */
const monthsBack = 24

/** Codes of the census that name no factor: other, and none. */
const noFactor = new Set(['20', '21'])

/**
 * Factors of an assessment in the 24 months before that this one leaves out, in the order they were first recorded.
 * Null where this one's factors may not be read, or none is seen and not every assessment was read; none where it has
 * not recorded any yet.
 */
export function droppedFactors(
  assessment: Assessed,
  siblings: readonly Assessed[],
  hasAll = true,
): readonly string[] | null {
  const factors = textsOf(assessment, 'factors')
  const assessedAt = millisecondsOf(textOf(assessment, 'eventAt'))
  if (factors === null || assessedAt === null) return null
  if (factors.length === 0) return []
  const earliest = new Date(assessedAt)
  earliest.setUTCMonth(earliest.getUTCMonth() - monthsBack)
  const before = siblings
    .map((row) => ({ at: millisecondsOf(textOf(row, 'eventAt')), factors: textsOf(row, 'factors') ?? [] }))
    .filter(({ at }) => at !== null && at < assessedAt && at >= earliest.getTime())
    .sort((one, other) => (one.at ?? 0) - (other.at ?? 0))
    .flatMap((earlier) => earlier.factors)
  const dropped = [...new Set(before)].filter((factor) => !noFactor.has(factor) && !factors.includes(factor))
  return dropped.length > 0 || hasAll ? dropped : null
}
