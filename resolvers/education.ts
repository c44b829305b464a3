import type { AttendancePeriodRow } from '../src/records/generated.ts'
import { type ComputedFields, computedFrom } from '../src/sources/computedFields.ts'
import { percentageOf } from '../src/sources/partAboveWhole.ts'

/** Fields of education records that no column holds. */
export const computed: ComputedFields = {
  AttendancePeriod: {
    percentage: computedFrom<AttendancePeriodRow>()({
      from: ['possible', 'attended'],
      value: ({ possible, attended }) => percentageOf(attended, possible),
    }),
  },
}
