import { textOf } from '../../records/currentRows.ts'
import { healthLead, manager, socialWorker } from '../audience.ts'
import { dayWords, found } from '../findingWords.ts'
import { lookedAfterCodes, openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

/** A child in hospital or at a residential school for a season, in nobody’s care. */
export const nonCarePlacement = rule({
  code: 'NON_CARE_PLACEMENT_3M',
  version: 1,
  rule: 'An authority is told of a child who is not looked after and lives in a health or education placement for three months.',
  source: 'Children Act 1989, sections 85 and 86',
  audience: [socialWorker, manager, healthLead],
  clears: 'The authority’s visit, and what it decided for the child.',
  needs: { socialCare: { placements: ['code', 'from', 'to'], legalStatuses: ['code', 'from', 'to'] } },
  on: [['socialCare.placements']],
  absent: ['socialCare.legalStatuses'],
  find: ({ rows, parameters, asOf }) =>
    openAt(rows('socialCare', 'placements'), asOf).flatMap((placement) => {
      const from = textOf(placement, 'from', 'eventAt')
      const isLookedAfter = openAt(rows('socialCare', 'legalStatuses'), asOf).some((row) =>
        lookedAfterCodes.has(row.code),
      )
      if (from === null || isLookedAfter || !['R2', 'S1'].includes(textOf(placement, 'code') ?? '')) return []
      return [
        found({
          of: [placement],
          due: daysLater(from, parameters.NON_CARE_PLACEMENT_3M.days),
          text: `In a ${placement.code === 'R2' ? 'health' : 'residential school'} placement since ${dayWords(from)}, and not looked after.`,
        }),
      ]
    }),
})
