import { textOf } from '../../records/currentRows.ts'
import { healthLead, mentalHealth, socialWorker } from '../audience.ts'
import { dayWords, found, knownAt, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

const harm = /self[- ]?harm|harm to self|harmed (him|her|them)sel|overdose|self[- ]?poison|took tablets|suicid/i

/** An overdose at eleven, and no referral. A later word that it was not so is shown beside it, and deletes nothing. */
export const selfHarmNoReferral = rule({
  code: 'SELF_HARM_NO_MH_REFERRAL',
  version: 1,
  rule: 'An attendance for harm to self is followed by a mental health referral within five working days.',
  source: 'Serious case review of Child Q and Child S (2016), 128 and 170; Child U briefing, line 9',
  audience: [healthLead, mentalHealth, socialWorker],
  clears: 'A referral, or a clinician’s reason why there is none.',
  needs: { health: { unscheduledAttendances: ['safeguardingRelevance', 'mentalHealthReferral'] } },
  on: [['health.unscheduledAttendances']],
  also: { health: { unscheduledAttendances: ['reason', 'retraction'] } },
  find: ({ rows, parameters }) =>
    rows('health', 'unscheduledAttendances').flatMap((row) => {
      const known = knownAt(row)
      const isHarm = [textOf(row, 'safeguardingRelevance'), textOf(row, 'reason')].some((text) => harm.test(text ?? ''))
      if (!isHarm || row.mentalHealthReferral !== false || known === null) return []
      const retraction = textOf(row, 'retraction')
      return [
        found({
          of: [row],
          due: endOfWorkingDays(known, parameters.SELF_HARM_NO_MH_REFERRAL.workingDays),
          text: `Attended for harm to self on ${dayWords(whenOf(row))}; no mental health referral followed.${retraction ? ` A later note: ${retraction}.` : ''}`,
        }),
      ]
    }),
})
