import { readsContent } from '../../childView/mayReadContent.ts'
import { type ReturnInterview, returnInterview, saysWhenIn } from '../../childView/returnInterview.ts'
import type { Ground } from '../../childView/whyCountIncomplete.ts'
import { manager, missingTeam, socialWorker } from '../audience.ts'
import { counted, dayWords, found } from '../findingWords.ts'
import { episodeLinks, episodeLists, episodeNeeds, episodesOf, recordsOf } from '../missingEpisodes.ts'
import { rule } from '../rule.ts'
import { hoursLater } from '../ruleDeadlines.ts'

/** In time is until the last moment: late begins a second after it. */
const second = 1 / 3600
const later = '9999-01-01T00:00:00Z'

const stateOf = (
  { rows, to }: { readonly rows: { readonly care: Parameters<typeof returnInterview>[0] }; readonly to: string | null },
  ground: Ground,
): ReturnInterview | null =>
  returnInterview(rows.care, to, later, {
    ...{ readable: readsContent(ground.grants.socialCare, 'SOCIAL_CARE'), all: true },
    saysWhen: saysWhenIn(ground),
  })

/** Somebody independent hears from the child why they left. */
export const rhiOverdue = rule({
  code: 'RHI_OVERDUE',
  version: 2,
  rule: 'A return home interview is offered and, unless the child declines, held within 72 hours of the return.',
  source: 'Statutory guidance on children who run away or go missing from home or care (2014)',
  audience: [socialWorker, manager, missingTeam],
  clears: 'The interview held, or its offer declined.',
  needs: {
    ...episodeNeeds,
    socialCare: {
      missing: [...episodeNeeds.socialCare.missing, 'interviewOffered', 'interviewAccepted', 'interviewAt'],
    },
  },
  on: [episodeLists],
  absent: ['socialCare.missing'],
  also: episodeLinks,
  find: ({ rows, parameters, asOf, ground }) => {
    const owed = episodesOf(rows('police', 'missingEpisodes'), rows('socialCare', 'missing'), asOf).flatMap(
      (episode) => {
        const due = episode.to === null ? null : hoursLater(episode.to, parameters.RHI_OVERDUE.hours)
        return due !== null && stateOf(episode, ground) === 'OVERDUE' ? [{ episode, due }] : []
      },
    )
    const past = owed.filter(({ due }) => Date.parse(due) < Date.parse(asOf))
    const first = past[0]
    return [
      ...(first
        ? [
            found({
              of: first.episode.records,
              more: recordsOf(past.slice(1).map(({ episode }) => episode)),
              due: hoursLater(first.due, second),
              anchor: first.episode.id,
              count: past.length,
              details: { episodes: past.length, lastDue: past.at(-1)?.due ?? first.due },
              text: `No return home interview is recorded for ${counted(past.length, 'episode')}; the last was due by ${dayWords(past.at(-1)?.due ?? null)}.`,
            }),
          ]
        : []),
      // Clocks that are still running.
      ...owed
        .filter((each) => !past.includes(each))
        .map(({ episode, due }) => found({ of: episode.records, due: hoursLater(due, second), text: '' })),
    ]
  },
  unsaid: ({ rows, asOf, ground }) =>
    episodesOf(rows('police', 'missingEpisodes'), rows('socialCare', 'missing'), asOf)
      .filter((episode) => stateOf(episode, ground) === 'NOT_KNOWN')
      .flatMap(({ rows: { care } }) => care),
})
