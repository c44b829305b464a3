import { home, mash, missingTeam, police, socialWorker } from '../audience.ts'
import { counted, dayWords, found, listWords } from '../findingWords.ts'
import { episodeLinks, episodeLists, episodeNeeds, episodesOf, recordsOf } from '../missingEpisodes.ts'
import { lastRun, togetherWords } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** Each force sees its own part: what the parts show together is seen by nobody. */
export const missingPattern = rule({
  code: 'MISSING_PATTERN',
  version: 1,
  rule: 'A first night away, several episodes within three months, or episodes that grow longer are looked at as one pattern.',
  source:
    'Serious case review of Child Q and Child S (2016), 15, 70, 105 and 108; statutory guidance on children who go missing (2014)',
  audience: [socialWorker, mash, missingTeam, police, home],
  clears: 'A strategy discussion about the pattern, or a plan for the next time.',
  needs: episodeNeeds,
  on: [episodeLists],
  also: episodeLinks,
  find: ({ rows, parameters, asOf }) => {
    const { episodes: count, withinDays: days } = parameters.MISSING_PATTERN
    const episodes = episodesOf(rows('police', 'missingEpisodes'), rows('socialCare', 'missing'), asOf)
    const first = episodes.find(({ overnight }) => overnight)
    const run = lastRun(episodes, { count, days })
    const all = run ? [...run.of, ...run.more] : []
    const hours = (episode: (typeof episodes)[number]) =>
      episode.to === null ? null : (Date.parse(episode.to) - Date.parse(episode.from)) / 3_600_000
    const last = episodes.slice(-3)
    const lengths = last.flatMap((episode) => hours(episode) ?? [])
    const isLonger =
      lengths.length === 3 && lengths.every((one, index) => index === 0 || one > (lengths[index - 1] ?? 0))
    return [
      ...(first
        ? [
            found({
              of: first.records,
              anchor: `FIRST_OVERNIGHT+${first.id}`,
              details: { kind: 'FIRST_OVERNIGHT' },
              text: `First night away: ${dayWords(first.from)}.`,
            }),
          ]
        : []),
      ...(run
        ? [
            found({
              of: recordsOf(run.of),
              more: recordsOf(run.more),
              anchor: `REPEATED+${run.of.at(-1)?.id}`,
              count: all.length,
              details: { kind: 'REPEATED', episodes: all.length },
              text: `${counted(all.length, 'episode')} since ${dayWords(run.of[0]?.from ?? null)}, ${togetherWords(all, days)}.`,
            }),
          ]
        : []),
      ...(isLonger
        ? [
            found({
              of: recordsOf(last),
              anchor: `LONGER_EACH_TIME+${last.at(-1)?.id}`,
              details: { kind: 'LONGER_EACH_TIME', hours: lengths.map((each) => Math.round(each)).join(' ') },
              text: `The last three episodes grow longer: ${listWords(lengths.map((each) => counted(Math.round(each), 'hour')))}.`,
            }),
          ]
        : []),
    ]
  },
})
