import { effectiveLevel } from '../../childView/effectiveRiskLevel.ts'
import { latest, textOf } from '../../records/currentRows.ts'
import { manager } from '../audience.ts'
import { dayWords, found, knownAt, latestOf } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule, type View } from '../rule.ts'
import { hoursLater } from '../ruleDeadlines.ts'
import { unsaidOf, workingAs } from '../workersByRole.ts'

const needs = {
  socialCare: {
    plans: ['level', 'from', 'to'],
    exploitation: ['toolLevel', 'professionalLevel'],
    involvements: ['kind', 'from', 'to'],
  },
} as const

/** What asks for a worker. */
function reasons({ rows, asOf }: View<typeof needs>) {
  const assessed = latest(rows('socialCare', 'exploitation'), 'eventAt')
  const isHigh = assessed !== null && ['HIGH', 'VERY_HIGH'].includes(effectiveLevel(assessed) ?? '')
  const plan = openAt(rows('socialCare', 'plans'), asOf).find((row) => row.level === 'CHILD_PROTECTION')
  return { made: [...(isHigh ? [assessed] : []), ...(plan ? [plan] : [])], plan }
}

/** A plan to protect, or a high level of exploitation, and nobody whose case it is. */
export const unallocatedHighRisk = rule({
  code: 'UNALLOCATED_HIGH_RISK',
  version: 2,
  rule: 'A child under a protection plan, or assessed as at high risk of exploitation, has an allocated worker.',
  source: 'Sonia briefing, lines 48 and 90; Child U briefing, line 31',
  audience: [manager],
  clears: 'A worker allocated.',
  needs,
  on: [['socialCare.plans', 'socialCare.exploitation']],
  absent: ['socialCare.involvements'],
  find: (view) => {
    const { rows, parameters } = view
    if (workingAs('ALLOCATED_WORKER', view).length > 0) return []
    const workers = rows('socialCare', 'involvements').filter((row) => row.kind === 'ALLOCATED_WORKER')
    const { made, plan } = reasons(view)
    if (made.length === 0) return []
    const last = latestOf(...made.map(knownAt), ...workers.map((row) => textOf(row, 'to')))
    return [
      found({
        of: [...made, ...workers],
        due: hoursLater(last, parameters.UNALLOCATED_HIGH_RISK.hours),
        anchor: made[0]?.id ?? '',
        text: `${plan ? 'Under a protection plan' : 'Assessed as at high risk of exploitation'}, and no worker is allocated since ${dayWords(last)}.`,
      }),
    ]
  },
  unsaid: (view) =>
    reasons(view).made.length > 0 ? unsaidOf('ALLOCATED_WORKER', workingAs('ALLOCATED_WORKER', view)) : [],
})
