import { dayLength } from '../foundation/london.ts'
import { type AnswersTo, rowsOf, unavailableOf } from '../records/agencyAnswers.ts'
import { millisecondsOf } from '../records/calendarDays.ts'
import { textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields } from '../records/requiredFields.ts'
import { type Count, completenessOf, countOf, type Reads } from './countCompleteness.ts'
import { restraintIncidents, restraintNeeds, restraintReads } from './restraint.ts'
import type { Ground } from './whyCountIncomplete.ts'

/** What the overlap of attendances and restraint rests on. */
export const attendanceNeeds = {
  ...restraintNeeds,
  health: { ...restraintNeeds.health, unscheduledAttendances: ['eventAt', 'provenance.supersedes'] },
} as const satisfies RequiredFields

const attendances = { health: { unscheduledAttendances: ['eventAt'] } } as const satisfies RequiredFields

/** What each number reads. */
export const attendanceReads = {
  attendances: { grounds: [attendances] },
  withinDayOfRestraint: { grounds: [attendances, ...restraintReads.total.grounds] },
} as const satisfies Readonly<Record<string, Reads>>

/** Attendances beside restraint. */
export interface AttendanceAndRestraint {
  readonly attendances: Count
  readonly withinDayOfRestraint: Count
  readonly unavailable: readonly string[]
}

/** Unscheduled attendances, and those that came within 24 hours after a restraint of any setting. */
export function attendanceAndRestraint(
  answers: AnswersTo<typeof attendanceNeeds>,
  { grants, contracts }: Omit<Ground, 'answers'>,
): AttendanceAndRestraint {
  const ground = { grants, contracts, answers }
  const restraints = restraintIncidents(answers, contracts).flatMap(
    (incident) => millisecondsOf(incident.eventAt) ?? [],
  )
  const attended = uncorrected(rowsOf(answers, 'health', 'unscheduledAttendances'))
  const afterRestraint = attended.filter((row) => {
    const came = millisecondsOf(textOf(row, 'eventAt'))
    return came !== null && restraints.some((at) => came >= at && came - at <= dayLength)
  })
  return {
    attendances: countOf(attended.length, completenessOf(attendanceReads.attendances, ground)),
    withinDayOfRestraint: countOf(afterRestraint.length, completenessOf(attendanceReads.withinDayOfRestraint, ground)),
    unavailable: unavailableOf(answers, contracts, ['health', 'education', 'police', 'socialCare']),
  }
}
