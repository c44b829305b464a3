import { spoken } from '../../foundation/codeInWords.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, reviewer } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { followsWithin, levelRank } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

const reviewing: ReadonlySet<unknown> = new Set(['REVIEW_CONFERENCE', 'CLA_REVIEW', 'CIN_MEETING'])

/** A lower level is decided by a meeting and not by a date. */
export const stepDownWithoutReview = rule({
  code: 'STEP_DOWN_WITHOUT_REVIEW',
  version: 1,
  rule: 'A plan that gives way to one of a lower level was reviewed by a meeting shortly before.',
  source: 'Multi-agency case audit, cases 2 and 3; serious case review of Child Q and Child S (2016), 139',
  audience: [manager, reviewer],
  clears: 'The review that decided it, or a review held now.',
  needs: { socialCare: { plans: ['level', 'from', 'to'], meetings: ['type', 'status'] } },
  on: [['socialCare.plans']],
  absent: ['socialCare.meetings'],
  find: ({ rows, parameters }) => {
    const plans = rows('socialCare', 'plans')
    const held = rows('socialCare', 'meetings').filter((row) => row.status === 'HELD' && reviewing.has(row.type))
    return plans.flatMap((plan) => {
      const ended = textOf(plan, 'to')
      const next = plans.find(
        (other) =>
          other !== plan &&
          levelRank(other.level) >= 0 &&
          levelRank(other.level) < levelRank(plan.level) &&
          followsWithin(ended, textOf(other, 'from'), 7),
      )
      if (ended === null || !next) return []
      const { reviewWithinDays } = parameters.STEP_DOWN_WITHOUT_REVIEW
      if (held.some((meeting) => followsWithin(dayOf(whenOf(meeting) ?? ''), ended, reviewWithinDays))) return []
      return [
        found({
          of: [plan, next],
          due: ended,
          text: `From ${spoken(textOf(plan, 'level') ?? '')} to ${spoken(textOf(next, 'level') ?? '')} on ${dayWords(ended)}, with no review dated within the ${reviewWithinDays} days before on record.`,
        }),
      ]
    })
  },
})
