import { textOf } from '../../records/currentRows.ts'
import { manager, socialWorker } from '../audience.ts'
import { counted, dayWords, found, knownAt, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

/** Sessions badged as keeping safe, and no word of whether they did. */
export const interventionNoOutcome = rule({
  code: 'INTERVENTION_NO_OUTCOME',
  version: 1,
  rule: 'An intervention that stopped short of its sessions has an outcome recorded.',
  source: 'Serious case review of Child Q and Child S (2016), 78, 124 and LP27',
  audience: [socialWorker, manager],
  clears: 'An outcome recorded, or the sessions held.',
  needs: { socialCare: { interventions: ['sessionsPlanned', 'sessionsHeld', 'outcome'] } },
  on: [['socialCare.interventions']],
  also: { socialCare: { interventions: ['kind'] } },
  find: ({ rows, parameters }) =>
    rows('socialCare', 'interventions').flatMap((row) => {
      const { sessionsPlanned, sessionsHeld } = row
      if (typeof sessionsPlanned !== 'number' || typeof sessionsHeld !== 'number') return []
      if (sessionsHeld >= sessionsPlanned || textOf(row, 'outcome') !== null) return []
      const known = knownAt(row)
      return [
        found({
          of: [row],
          due: known === null ? null : daysLater(known, parameters.INTERVENTION_NO_OUTCOME.days),
          details: { sessionsPlanned, sessionsHeld },
          text: `${textOf(row, 'kind') ?? 'An intervention'} of ${dayWords(whenOf(row))}: ${sessionsHeld} of ${counted(sessionsPlanned, 'session')} held, no outcome recorded.`,
        }),
      ]
    }),
  unsaid: ({ rows }) =>
    rows('socialCare', 'interventions').filter(
      ({ sessionsPlanned, sessionsHeld, outcome }) =>
        typeof outcome !== 'string' && (typeof sessionsPlanned !== 'number' || typeof sessionsHeld !== 'number'),
    ),
})
