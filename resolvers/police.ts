import { calendarDays, millisecondsOf } from '../src/records/calendarDays.ts'
import { textOf } from '../src/records/currentRows.ts'
import type { CrimeRow, PoliceNoticeRow } from '../src/records/generated.ts'
import { type ComputedFields, computedFrom } from '../src/sources/computedFields.ts'

/** Fields of police records that no column holds. */
export const computed: ComputedFields = {
  PoliceNotice: {
    daysUnserved: computedFrom<PoliceNoticeRow>()({
      from: ['issuedAt', 'servedAt'],
      value: (row, { asOf }) => (textOf(row, 'servedAt') === null ? daysBetween(textOf(row, 'issuedAt'), asOf) : null),
    }),
  },
  Crime: {
    daysToShare: computedFrom<CrimeRow>()({
      from: ['eventAt', 'sharedAt'],
      value: (row) => daysBetween(textOf(row, 'eventAt'), textOf(row, 'sharedAt')),
    }),
  },
}

const daysBetween = (from: string | null, to: string | null): number | null => {
  const start = millisecondsOf(from)
  const end = millisecondsOf(to)
  return start === null || end === null ? null : Math.max(0, calendarDays(start, end))
}
