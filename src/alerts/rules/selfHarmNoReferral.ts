import { isAllSeen } from '../../childView/listsWereRead.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { healthLead, mentalHealth, socialWorker } from '../audience.ts'
import { dayWords, found, knownAt, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { endOfWorkingDays } from '../ruleDeadlines.ts'

const harm = /self[- ]?harm|harm to self|harmed (him|her|them)sel|overdose|self[- ]?poison|took tablets|suicid/i

const episodes = { health: { camhsEpisodes: ['referredOn'] } } as const

/**
 * An overdose at eleven, and no referral. A later word that it was not so is shown beside it, and deletes nothing.
 * Where the attendance does not say whether a referral followed, the referrals do, for whoever may read them all.
 */
export const selfHarmNoReferral = rule({
  code: 'SELF_HARM_NO_MH_REFERRAL',
  version: 2,
  rule: 'An attendance for harm to self is followed by a mental health referral within five working days.',
  source: 'Serious case review of Child Q and Child S (2016), 128 and 170; Child U briefing, line 9',
  audience: [healthLead, mentalHealth, socialWorker],
  clears: 'A referral, or a clinician’s reason why there is none.',
  needs: { health: { unscheduledAttendances: ['safeguardingRelevance', 'mentalHealthReferral'] } },
  on: [['health.unscheduledAttendances']],
  also: { health: { unscheduledAttendances: ['reason', 'retraction'], ...episodes.health } },
  find: ({ rows, parameters, ground }) => {
    const referred = isAllSeen(episodes, ground)
      ? rows('health', 'camhsEpisodes').flatMap((row) => textOf(row, 'referredOn', 'eventAt') ?? [])
      : null
    const isNotReferred = (since: string): boolean =>
      referred !== null && !referred.some((day) => dayOf(day) >= dayOf(since))
    return rows('health', 'unscheduledAttendances').flatMap((row) => {
      const known = knownAt(row)
      const isHarm = [textOf(row, 'safeguardingRelevance'), textOf(row, 'reason')].some((text) => harm.test(text ?? ''))
      const { mentalHealthReferral: said } = row
      const isOpen = said === false || (said === null && isNotReferred(whenOf(row) ?? known ?? ''))
      if (!isHarm || !isOpen || known === null) return []
      const retraction = textOf(row, 'retraction')
      return [
        found({
          of: [row],
          due: endOfWorkingDays(known, parameters.SELF_HARM_NO_MH_REFERRAL.workingDays),
          text: `Attended for harm to self on ${dayWords(whenOf(row))}; no mental health referral followed.${retraction ? ` A later note: ${retraction}.` : ''}`,
        }),
      ]
    })
  },
})
