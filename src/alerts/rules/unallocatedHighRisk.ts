import { effectiveLevel } from '../../childView/effectiveRiskLevel.ts'
import { latest, textOf } from '../../records/currentRows.ts'
import { manager } from '../audience.ts'
import { openAt } from '../caseStates.ts'
import { dayWords, found, knownAt, latestOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { hoursLater } from '../ruleDeadlines.ts'

/** A plan to protect, or a high level of exploitation, and nobody whose case it is. */
export const unallocatedHighRisk = rule({
  code: 'UNALLOCATED_HIGH_RISK',
  version: 1,
  rule: 'A child under a protection plan, or assessed as at high risk of exploitation, has an allocated worker.',
  source: 'Sonia briefing, lines 48 and 90; Child U briefing, line 31',
  audience: [manager],
  clears: 'A worker allocated.',
  needs: {
    socialCare: {
      plans: ['level', 'from', 'to'],
      exploitation: ['toolLevel', 'professionalLevel'],
      involvements: ['kind', 'from', 'to'],
    },
  },
  on: [['socialCare.plans', 'socialCare.exploitation']],
  absent: ['socialCare.involvements'],
  find: ({ rows, parameters, asOf }) => {
    const workers = rows('socialCare', 'involvements').filter((row) => row.kind === 'ALLOCATED_WORKER')
    if (openAt(workers, asOf).length > 0) return []
    const assessed = latest(rows('socialCare', 'exploitation'), 'eventAt')
    const isHigh = assessed !== null && ['HIGH', 'VERY_HIGH'].includes(effectiveLevel(assessed) ?? '')
    const plan = openAt(rows('socialCare', 'plans'), asOf).find((row) => row.level === 'CHILD_PROTECTION')
    const made = [...(isHigh ? [assessed] : []), ...(plan ? [plan] : [])]
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
})
