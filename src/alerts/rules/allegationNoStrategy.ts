import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, police, socialWorker } from '../audience.ts'
import { dayWords, found, knownAt, whenOf } from '../findingWords.ts'
import { strategyTypes } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

/** What a child says happened to them is talked over by those who must act. */
export const allegationNoStrategy = rule({
  code: 'ALLEGATION_NO_STRATEGY',
  version: 1,
  rule: 'A crime against a child leads to a strategy discussion within two working days.',
  source: 'Multi-agency case audit, case 6: an allegation not robustly followed; Working Together, strategy discussion',
  audience: [socialWorker, manager, police],
  clears: 'A strategy discussion after the allegation.',
  needs: {
    police: { crimes: ['role'] },
    socialCare: { meetings: ['type', 'status'] },
  },
  on: [['police.crimes']],
  absent: ['socialCare.meetings'],
  also: { police: { crimes: ['offence'] } },
  find: ({ rows, parameters }) =>
    rows('police', 'crimes').flatMap((crime) => {
      const known = knownAt(crime)
      if (crime.role !== 'VICTIM' || known === null) return []
      const isDiscussed = rows('socialCare', 'meetings').some(
        (row) =>
          strategyTypes.has(row.type) &&
          row.status !== 'CANCELLED' &&
          dayOf(whenOf(row) ?? '') >= dayOf(whenOf(crime) ?? known),
      )
      if (isDiscussed) return []
      return [
        found({
          of: [crime],
          due: endOfWorkingDays(known, parameters.ALLEGATION_NO_STRATEGY.workingDays),
          text: `${textOf(crime, 'offence') ?? 'A crime against the child'}, alleged on ${dayWords(whenOf(crime))}: no strategy discussion is recorded since.`,
        }),
      ]
    }),
  unsaid: ({ rows }) => rows('police', 'crimes').filter((crime) => textOf(crime, 'role') === null),
})
