import { textOf } from '../../records/currentRows.ts'
import { textsOf } from '../../records/textList.ts'
import { home, missingTeam, police, socialWorker } from '../audience.ts'
import { counted, dayWords, found } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** Two children who go together are two cases of two authorities, and nobody lays them beside each other. */
export const coMissing = rule({
  code: 'CO_MISSING',
  version: 1,
  rule: 'Where a child goes missing together with another, those who work with either know that there is another.',
  source: 'Working Together to Safeguard Children 2026, harm outside the home: children who go missing together',
  audience: [socialWorker, missingTeam, police, home],
  clears: 'A discussion of both children together, or the record corrected.',
  needs: {
    police: { missingEpisodes: ['from', 'missingWith'] },
    socialCare: { missing: ['from', 'missingWith'] },
  },
  on: [['police.missingEpisodes', 'socialCare.missing']],
  find: ({ rows, ground }) =>
    [...rows('police', 'missingEpisodes'), ...rows('socialCare', 'missing')].flatMap((row) => {
      const others = new Set(textsOf(row as { missingWith?: unknown }, 'missingWith') ?? []).size
      if (others === 0) return []
      // Who the other child is stands nowhere in it: whoever needs to know asks.
      const ask = ground.contracts.police.contact
      return [
        found({
          of: [row],
          count: others,
          text: `Missing on ${dayWords(textOf(row, 'from', 'eventAt'))} together with ${counted(others, 'other child', 'other children')}${ask ? `; ask ${ask}` : ''}.`,
        }),
      ]
    }),
})
