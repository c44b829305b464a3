import { textOf } from '../../records/currentRows.ts'
import { manager, reviewer } from '../audience.ts'
import { counted, dayWords, found } from '../findingWords.ts'
import { episodeLinks, episodeLists, episodeNeeds, episodesOf, recordsOf } from '../missingEpisodes.ts'
import { lastRun, openAt, togetherWords } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** A child who goes missing again and again from a placement far away is known to those who lead the service. */
export const seniorOversightDue = rule({
  code: 'SENIOR_OVERSIGHT_DUE',
  version: 1,
  rule: 'Three missing episodes within 30 days from a placement in another authority are put before a head of service.',
  source: 'Serious case review of Child Q and Child S (2016), 203 and appendix 3',
  audience: [manager, reviewer],
  clears: 'A senior manager’s oversight, recorded with what was decided.',
  needs: { ...episodeNeeds, socialCare: { ...episodeNeeds.socialCare, placements: ['la', 'from', 'to'] } },
  on: [episodeLists, ['socialCare.placements']],
  also: { ...episodeLinks, socialCare: { ...episodeLinks.socialCare, placements: ['provenance.la'] } },
  find: ({ rows, parameters, asOf }) => {
    const { episodes: count, withinDays: days } = parameters.SENIOR_OVERSIGHT_DUE
    const away = rows('socialCare', 'placements').filter((row) => {
      const [where, whose] = [textOf(row, 'la'), textOf(row, 'provenance.la')]
      return where !== null && whose !== null && where !== whose
    })
    const episodes = episodesOf(rows('police', 'missingEpisodes'), rows('socialCare', 'missing'), asOf).filter(
      ({ from }) => openAt(away, from).length > 0,
    )
    const run = lastRun(episodes, { count, days })
    if (!run) return []
    const all = [...run.of, ...run.more]
    const placement = openAt(away, run.of.at(-1)?.from ?? asOf)[0]
    return [
      found({
        of: [...(placement ? [placement] : []), ...recordsOf(run.of)],
        more: recordsOf(run.more),
        anchor: run.of.at(-1)?.id ?? '',
        count: all.length,
        text: `${counted(all.length, 'episode')} since ${dayWords(run.of[0]?.from ?? null)} from a placement in ${(placement && textOf(placement, 'la')) ?? 'another authority'}, ${togetherWords(all, days)}.`,
      }),
    ]
  },
})
