import { calendarDays, millisecondsOf } from '../src/childView/time.ts'
import { textOf } from '../src/records/period.ts'
import type { ComputedFields } from '../src/sources/computed.ts'

/** Fields of police records that no column holds. */
export const computed: ComputedFields = {
  PoliceNotice: {
    daysUnserved: {
      from: ['issuedAt', 'servedAt'],
      value: (row, { asOf }) => (textOf(row, 'servedAt') === null ? daysBetween(textOf(row, 'issuedAt'), asOf) : null),
    },
  },
  Crime: {
    daysToShare: {
      from: ['eventAt', 'sharedAt'],
      value: (row) => daysBetween(textOf(row, 'eventAt'), textOf(row, 'sharedAt')),
    },
  },
}

const daysBetween = (from: string | null, to: string | null): number | null => {
  const start = millisecondsOf(from)
  const end = millisecondsOf(to)
  return start === null || end === null ? null : Math.max(0, calendarDays(start, end))
}
