import { spoken } from '../../foundation/codeInWords.ts'
import { nestedUnder } from '../../records/agencyAnswers.ts'
import { textOf } from '../../records/currentRows.ts'
import { healthLead, home, police, school, socialWorker } from '../audience.ts'
import { dayWords, found, knownAt, whenOf } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { hoursLater } from '../ruleDeadlines.ts'

/** A risk plan asked carers for what they did not know of, and could not lawfully do. */
export const planActionUnacknowledged = rule({
  code: 'PLAN_ACTION_UNACKNOWLEDGED',
  version: 1,
  rule: 'The service that owns an action of a plan says within a day that it will do it, or why it cannot.',
  source: 'Serious case review of Child Q and Child S (2016), 74 to 76 and LP17',
  audience: [socialWorker, home, school, healthLead, police],
  clears: 'The owner’s acknowledgement, or its reason why it cannot deliver.',
  needs: { socialCare: { plans: ['from', 'to'], actions: ['owner', 'state'] } },
  on: [['socialCare.plans'], ['socialCare.actions']],
  also: { socialCare: { actions: ['text', 'due'] } },
  find: ({ rows, parameters, asOf }) =>
    openAt(rows('socialCare', 'plans'), asOf).flatMap((plan) =>
      nestedUnder(rows('socialCare', 'actions'), plan).flatMap((action) => {
        const owner = textOf(action, 'owner')
        const known = knownAt(action)
        if (action.state !== 'OPEN' || owner === null || owner === 'CHILDRENS_SOCIAL_CARE' || known === null) return []
        return [
          found({
            of: [action],
            due: hoursLater(known, parameters.PLAN_ACTION_UNACKNOWLEDGED.hours),
            details: { owner },
            text: `“${textOf(action, 'text') ?? 'An action'}”, asked of ${spoken(owner)} on ${dayWords(whenOf(action))}, is not acknowledged.`,
          }),
        ]
      }),
    ),
})
