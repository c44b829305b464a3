import { textOf } from '../records/period.ts'
import type { Row } from '../sources/contract.ts'

/** `RiskBand` of `schema/socialCare.graphql`, lowest first. */
const bands: readonly string[] = ['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH']

/** The higher of tool and professional judgement; null where neither may be read. Neither ever lowers the other. */
export const effectiveLevel = (assessment: Row): string | null => {
  const highest = Math.max(rank(assessment, 'toolLevel'), rank(assessment, 'professionalLevel'))
  return bands[highest] ?? null
}

const rank = (row: Row, field: string): number => bands.indexOf(textOf(row, field) ?? '')
