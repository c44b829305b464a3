import { type AnswersTo, type Contracts, rowsOf, unavailableOf } from '../records/answered.ts'
import { textOf, uncorrected } from '../records/period.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { dayLength, millisecondsOf } from '../records/time.ts'
import { restraintIncidents, restraintNeeds } from './restraint.ts'

/** What the overlap of attendances and restraint rests on. */
export const attendanceNeeds = {
  ...restraintNeeds,
  health: { ...restraintNeeds.health, unscheduledAttendances: ['eventAt', 'provenance.supersedes'] },
} as const satisfies RequiredFields

/** Attendances beside restraint. */
export interface AttendanceAndRestraint {
  readonly attendances: number
  readonly withinDayOfRestraint: number
  readonly unavailable: readonly string[]
}

/** Unscheduled attendances, and those that came within 24 hours after a restraint of any setting. */
export function attendanceAndRestraint(
  answers: AnswersTo<typeof attendanceNeeds>,
  contracts: Contracts,
): AttendanceAndRestraint {
  const restraints = restraintIncidents(answers, contracts).flatMap(
    (incident) => millisecondsOf(incident.eventAt) ?? [],
  )
  const attendances = uncorrected(rowsOf(answers, 'health', 'unscheduledAttendances'))
  const afterRestraint = attendances.filter((row) => {
    const attended = millisecondsOf(textOf(row, 'eventAt'))
    return attended !== null && restraints.some((at) => attended >= at && attended - at <= dayLength)
  })
  return {
    attendances: attendances.length,
    withinDayOfRestraint: afterRestraint.length,
    unavailable: unavailableOf(answers, contracts, ['health', 'education', 'police', 'socialCare']),
  }
}
