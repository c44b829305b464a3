import type { AttendancePeriodRow } from '../src/records/generated.ts'
import { type ComputedFields, computedFrom } from '../src/sources/computedFields.ts'

/** Fields of education records that no column holds. */
export const computed: ComputedFields = {
  AttendancePeriod: {
    percentage: computedFrom<AttendancePeriodRow>()({
      from: ['possible', 'attended'],
      value: ({ possible, attended }) => {
        if (typeof possible !== 'number' || typeof attended !== 'number' || possible <= 0) return null
        return Math.round((attended / possible) * 1000) / 10
      },
    }),
  },
}
