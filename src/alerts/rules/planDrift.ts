import { spoken } from '../../foundation/codeInWords.ts'
import { nestedUnder } from '../../records/agencyAnswers.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, reviewer, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { daysBetween, openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { daysLater } from '../ruleDeadlines.ts'

/** A level at which a child may rightly stay for years. */
const settled: ReadonlySet<string> = new Set(['LOOKED_AFTER', 'CARE_LEAVER'])

/** A plan is there to change something. Ages are shown action by action; nothing is added up to a score. */
export const planDrift = rule({
  code: 'PLAN_DRIFT',
  version: 1,
  rule: 'An open plan is reviewed when due, and within months some of what it asks is done.',
  source:
    'Child U briefing, line 42; multi-agency case audit, case 5; serious case review of Child Q and Child S (2016), LP32',
  audience: [manager, socialWorker, reviewer],
  clears: 'A review held, an action done, or the plan ended.',
  needs: {
    socialCare: { plans: ['level', 'from', 'to', 'nextReviewOn'], actions: ['state', 'due'] },
  },
  on: [['socialCare.plans']],
  absent: ['socialCare.actions'],
  also: { socialCare: { plans: ['lastReviewOn'], actions: ['text', 'owner'] } },
  find: ({ rows, parameters, asOf }) => {
    const { withoutActionDays, sameLevelDays } = parameters.PLAN_DRIFT
    const daysTo = (day: string) => Math.floor(daysBetween(day, asOf) ?? 0)
    return openAt(rows('socialCare', 'plans'), asOf).flatMap((plan) => {
      const from = textOf(plan, 'from', 'eventAt')
      if (from === null) return []
      const actions = nestedUnder(rows('socialCare', 'actions'), plan)
      const undone = actions.filter((action) => action.state !== 'DONE')
      const late = undone.filter((action) => dayOf(textOf(action, 'due') ?? '9999') < dayOf(asOf))
      const review = textOf(plan, 'nextReviewOn')
      const asked = whenOf(inOrder(undone)[0] ?? plan) ?? from
      const isStill = undone.length === actions.length && actions.length > 0
      const reasons: { readonly since: string; readonly said: string }[] = [
        ...(review === null
          ? []
          : [{ since: daysLater(review, 1) ?? review, said: `the review due on ${dayWords(review)} is not recorded` }]),
        ...(isStill
          ? [
              {
                since: daysLater(asked, withoutActionDays) ?? asked,
                said: `none of ${counted(actions.length, 'action')} is done`,
              },
            ]
          : []),
        ...(isStill && !settled.has(textOf(plan, 'level') ?? '')
          ? [
              {
                since: daysLater(from, sameLevelDays) ?? from,
                said: `at the same level since ${dayWords(from)}`,
              },
            ]
          : []),
      ]
      const now = reasons.filter(({ since }) => Date.parse(since) <= Date.parse(asOf))
      const next = reasons.map(({ since }) => since).sort((one, other) => Date.parse(one) - Date.parse(other))[0]
      if (next === undefined) return []
      const ages = late.map(
        (action) =>
          `${textOf(action, 'text') ?? 'an action'} (${spoken(textOf(action, 'owner') ?? 'no owner')}): ${counted(daysTo(textOf(action, 'due') ?? asOf), 'day')} past due`,
      )
      return [
        found({
          of: [plan],
          due: next,
          more: undone,
          anchor: plan.id,
          count: undone.length,
          details: {
            planDays: daysTo(from),
            actions: actions.length,
            undone: undone.length,
            ...(late.length > 0
              ? { daysOverdue: Math.max(...late.map((action) => daysTo(textOf(action, 'due') ?? asOf))) }
              : {}),
          },
          text: `${spoken(textOf(plan, 'level') ?? 'plan')} plan of ${dayWords(from)}: ${listWords(now.map(({ said }) => said))}.${ages.length > 0 ? ` ${ages.join('; ')}.` : ''}`,
        }),
      ]
    })
  },
})
