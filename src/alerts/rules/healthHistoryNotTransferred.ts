import { dayOf, textOf } from '../../records/currentRows.ts'
import { healthLead, reviewer, socialWorker } from '../audience.ts'
import { counted, dayWords, found } from '../findingWords.ts'
import { daysBetween } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

/** The first assessment in the new area was made without what the old area knew. */
export const healthHistory = rule({
  code: 'HEALTH_HISTORY_NOT_TRANSFERRED',
  version: 1,
  rule: 'The health history has come before the first health assessment in a new area.',
  source: 'Serious case review of Child Q and Child S (2016), 24, 80 and LP5',
  audience: [healthLead, socialWorker, reviewer],
  clears: 'The assessment gone over again with the history.',
  needs: { health: { historyTransfers: ['firstAssessmentOn', 'receivedOn'] } },
  on: [['health.historyTransfers']],
  also: { health: { historyTransfers: ['fromLa', 'toLa'] } },
  find: ({ rows, asOf }) =>
    rows('health', 'historyTransfers').flatMap((row) => {
      const assessed = textOf(row, 'firstAssessmentOn')
      const received = textOf(row, 'receivedOn')
      if (assessed === null || (received !== null && dayOf(received) <= dayOf(assessed))) return []
      const daysLate = Math.round(daysBetween(dayOf(assessed), dayOf(received ?? asOf)) ?? 0)
      return [
        found({
          of: [row],
          due: daysLater(assessed, 1),
          details: { daysLate },
          text: `Assessed on ${dayWords(assessed)}; the history ${received ? `came on ${dayWords(received)}` : 'has not come'}: ${counted(daysLate, 'day')} late.`,
        }),
      ]
    }),
})
