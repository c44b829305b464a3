import { dayLength } from '../../foundation/london.ts'
import { healthLead, mash, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, timeOf, whenOf } from '../findingWords.ts'
import { lastRun } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

const year = 365 * dayLength

/** Each visit was a small injury; eight of them, most after a restraint, were not small. */
export const attendanceCluster = rule({
  code: 'ATTENDANCE_CLUSTER',
  version: 1,
  rule: 'Four unscheduled attendances within seven months are looked at together, and beside restraint.',
  source: 'Serious case review of Child Q and Child S (2016), 79: eight attendances in seven months',
  audience: [healthLead, socialWorker, mash],
  clears: 'A review by the named nurse or doctor of all of them together.',
  needs: { health: { unscheduledAttendances: [] } },
  on: [['health.unscheduledAttendances']],
  also: {
    health: { restraints: [] },
    education: { restraints: [] },
    police: { restraints: [] },
    socialCare: { restraints: [] },
  },
  find: ({ rows, parameters }) => {
    const { attendances: count, withinDays: days } = parameters.ATTENDANCE_CLUSTER
    const attended = inOrder(rows('health', 'unscheduledAttendances'))
    const run = lastRun(attended, { count, days })
    if (!run) return []
    const last = [...run.of, ...run.more].at(-1)
    const all = attended.filter((row) => last && timeOf(row) <= timeOf(last) && timeOf(last) - timeOf(row) <= year)
    const restraints = [
      ...rows('health', 'restraints'),
      ...rows('education', 'restraints'),
      ...rows('police', 'restraints'),
      ...rows('socialCare', 'restraints'),
    ]
    const before = restraints.filter((restraint) =>
      all.some((row) => timeOf(row) >= timeOf(restraint) && timeOf(row) - timeOf(restraint) <= dayLength),
    )
    const after = all.filter((row) =>
      restraints.some((restraint) => timeOf(row) >= timeOf(restraint) && timeOf(row) - timeOf(restraint) <= dayLength),
    ).length
    return [
      found({
        of: run.of,
        more: [...all, ...before],
        anchor: run.of.at(-1)?.id ?? '',
        count: all.length,
        details: { attendances: all.length, ...(after > 0 ? { afterRestraint: after } : {}) },
        text: `${counted(all.length, 'unscheduled attendance')} from ${dayWords(whenOf(all[0] ?? { id: '' }))} to ${dayWords(whenOf(all.at(-1) ?? { id: '' }))}${after > 0 ? `, ${after} within a day after a restraint` : ''}.`,
      }),
    ]
  },
})
