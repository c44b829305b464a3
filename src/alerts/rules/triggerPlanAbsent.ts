import { effectiveLevel } from '../../childView/effectiveRiskLevel.ts'
import { spoken } from '../../foundation/codeInWords.ts'
import { latest, textOf } from '../../records/currentRows.ts'
import { home, manager, police, socialWorker } from '../audience.ts'
import { counted, dayWords, found, whenOf } from '../findingWords.ts'
import { episodeLinks, episodeLists, episodeNeeds, episodesOf, recordsOf } from '../missingEpisodes.ts'
import { lastRun, openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** What to do the next time is written down before there is a next time. */
export const triggerPlanAbsent = rule({
  code: 'TRIGGER_PLAN_ABSENT',
  version: 1,
  rule: 'A child who goes missing repeatedly, or is at high risk of exploitation, has a plan for the next time.',
  source: 'Serious case review of Child Q and Child S (2016), 159, 202 and LP36',
  audience: [socialWorker, manager, police, home],
  clears: 'A trigger plan on the open plan.',
  needs: {
    ...episodeNeeds,
    socialCare: {
      ...episodeNeeds.socialCare,
      exploitation: ['toolLevel', 'professionalLevel'],
      plans: ['from', 'to', 'triggerPlan'],
    },
  },
  on: [[...episodeLists, 'socialCare.exploitation']],
  absent: ['socialCare.plans'],
  also: episodeLinks,
  find: ({ rows, parameters, asOf }) => {
    const { episodes: count, withinDays: days } = parameters.TRIGGER_PLAN_ABSENT
    const isWritten = openAt(rows('socialCare', 'plans'), asOf).some((row) => textOf(row, 'triggerPlan') !== null)
    if (isWritten) return []
    const episodes = episodesOf(rows('police', 'missingEpisodes'), rows('socialCare', 'missing'), asOf)
    const run = lastRun(episodes, { count, days })
    const assessed = latest(rows('socialCare', 'exploitation'), 'eventAt')
    const level = assessed && effectiveLevel(assessed)
    if (run)
      return [
        found({
          of: recordsOf(run.of),
          more: recordsOf(run.more),
          anchor: run.of.at(-1)?.id ?? '',
          text: `${counted(run.of.length + run.more.length, 'missing episode')} since ${dayWords(run.of[0]?.from ?? null)}, and no plan for the next time.`,
        }),
      ]
    if (!assessed || (level !== 'HIGH' && level !== 'VERY_HIGH')) return []
    return [
      found({
        of: [assessed],
        text: `Assessed as at ${spoken(level)} risk of exploitation on ${dayWords(whenOf(assessed))}, and no plan for the next time.`,
      }),
    ]
  },
})
