import { textOf } from '../records/currentRows.ts'
import type { ExploitationRow } from '../records/generated.ts'

type Levels = Pick<ExploitationRow, 'toolLevel' | 'professionalLevel'>

/** `RiskBand` of `schema/socialCare.graphql`, lowest first. */
const bands: readonly string[] = ['LOW', 'MEDIUM', 'HIGH', 'VERY_HIGH']

/** The higher of tool and professional judgement; null where neither may be read. Neither ever lowers the other. */
export const effectiveLevel = (assessment: Levels): string | null => {
  const highest = Math.max(rank(assessment, 'toolLevel'), rank(assessment, 'professionalLevel'))
  return bands[highest] ?? null
}

const rank = (row: Levels, field: keyof Levels): number => bands.indexOf(textOf(row, field) ?? '')
