import { spoken } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { police, socialWorker } from '../audience.ts'
import { counted, dayWords, found, knownAt, timeOf, whenOf } from '../findingWords.ts'
import { strategyTypes } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

/** A notice that is broken and not acted on teaches that it may be broken. */
export const noticeBreach = rule({
  code: 'NOTICE_BREACH_NO_ACTION',
  version: 1,
  rule: 'After a breach of a notice there is a strategy discussion or a crime recorded within two working days.',
  source: 'Multi-agency case audit, case 3: notices served and not enforced',
  audience: [police, socialWorker],
  clears: 'A crime recorded, or a strategy discussion held.',
  needs: {
    police: { notices: ['breaches'], crimes: [] },
    socialCare: { meetings: ['type', 'status'] },
  },
  on: [['police.notices']],
  absent: ['police.crimes', 'socialCare.meetings'],
  also: { police: { notices: ['kind'] } },
  find: ({ rows, parameters }) =>
    rows('police', 'notices').flatMap((notice) => {
      const known = knownAt(notice)
      const { breaches } = notice
      if (typeof breaches !== 'number' || breaches < 1 || known === null) return []
      const acts = [
        ...rows('police', 'crimes'),
        ...rows('socialCare', 'meetings').filter((row) => strategyTypes.has(row.type) && row.status === 'HELD'),
      ]
      if (acts.some((act) => timeOf(act) > timeOf(notice))) return []
      return [
        found({
          of: [notice],
          due: endOfWorkingDays(known, parameters.NOTICE_BREACH_NO_ACTION.workingDays),
          count: breaches,
          details: { breaches },
          text: `The ${spoken(textOf(notice, 'kind') ?? '')} notice of ${dayWords(whenOf(notice))} was broken ${counted(breaches, 'time')}; neither a crime nor a strategy discussion is recorded since.`,
        }),
      ]
    }),
  unsaid: ({ rows }) => rows('police', 'notices').filter(({ breaches }) => typeof breaches !== 'number'),
})
