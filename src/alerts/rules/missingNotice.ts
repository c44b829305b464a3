import { healthLead, home, missingTeam, school, socialWorker } from '../audience.ts'
import { dayWords, found } from '../findingWords.ts'
import { episodeLinks, episodeLists, episodeNeeds, episodesOf } from '../missingEpisodes.ts'
import { followsWithin } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** The fact of being missing, from when until when, for those who see the child every day: no place and no company. */
export const missingNotice = rule({
  code: 'MISSING_NOTICE',
  version: 1,
  rule: 'Those who work with a child know that the child is missing, or has just come back.',
  source: 'Serious case review of Child Q and Child S (2016), 201: key professionals unaware of missing episodes',
  audience: [school, socialWorker, home, missingTeam, healthLead],
  clears: 'The child’s return: the notice ends two days after it.',
  needs: episodeNeeds,
  on: [episodeLists],
  also: episodeLinks,
  find: ({ rows, parameters, asOf }) =>
    episodesOf(rows('police', 'missingEpisodes'), rows('socialCare', 'missing'), asOf)
      .filter(({ to }) => to === null || followsWithin(to, asOf, parameters.MISSING_NOTICE.forDays))
      .map((episode) =>
        found({
          of: episode.records.slice(0, 1),
          more: episode.records.slice(1),
          anchor: episode.id,
          details: { from: episode.from, ...(episode.to ? { until: episode.to } : {}) },
          text: `Missing since ${dayWords(episode.from)}${episode.to ? `, back on ${dayWords(episode.to)}` : ', and not back'}.`,
        }),
      ),
})
