import { spoken } from '../../foundation/codeInWords.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder, whenOf } from '../findingWords.ts'
import { followsWithin, levelRank } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** What was stepped down comes back within half a year. */
export const reescalation = rule({
  code: 'REESCALATION_WITHIN_6M',
  version: 1,
  rule: 'A new referral within six months of the end of a protection plan or child in need plan is seen together with it.',
  source: 'Serious case review of Child Q and Child S (2016), 139 and 196; Child U briefing, line 41',
  audience: [socialWorker, manager],
  clears: 'An assessment that takes the ended plan into account.',
  needs: { socialCare: { plans: ['level', 'from', 'to'], referrals: [] } },
  on: [['socialCare.plans'], ['socialCare.referrals']],
  find: ({ rows, parameters }) =>
    rows('socialCare', 'plans').flatMap((plan) => {
      const ended = textOf(plan, 'to')
      if (levelRank(plan.level) < levelRank('CHILD_IN_NEED') || ended === null) return []
      const again = inOrder(rows('socialCare', 'referrals')).find((referral) =>
        followsWithin(ended, dayOf(whenOf(referral) ?? ''), parameters.REESCALATION_WITHIN_6M.withinDays),
      )
      if (!again) return []
      return [
        found({
          of: [plan, again],
          text: `A ${spoken(textOf(plan, 'level') ?? '')} plan ended on ${dayWords(ended)}; a referral followed on ${dayWords(whenOf(again))}.`,
        }),
      ]
    }),
})
