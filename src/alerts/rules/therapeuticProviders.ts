import { textOf } from '../../records/currentRows.ts'
import { healthLead, mentalHealth, socialWorker } from '../audience.ts'
import { counted, found, inOrder, listWords } from '../findingWords.ts'
import { openAt } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

const therapeutic = /PSYCHOLOG|THERAP|CAMHS|COUNSEL|MENTAL_HEALTH/

/** Three services worked with one mind at once, and each knew of itself. */
export const therapeuticProviders = rule({
  code: 'MULTIPLE_THERAPEUTIC_PROVIDERS',
  version: 1,
  rule: 'Services that offer therapy to one child at once agree which of them does.',
  source: 'Serious case review of Child Q and Child S (2016), 46, 49 and 206',
  audience: [mentalHealth, healthLead, socialWorker],
  clears: 'An agreed plan that names who treats and who does not.',
  needs: {
    health: { involvements: ['kind', 'from', 'to'], camhsEpisodes: ['status'] },
    socialCare: { involvements: ['kind', 'from', 'to'] },
  },
  on: [['health.involvements', 'health.camhsEpisodes', 'socialCare.involvements']],
  also: {
    health: { involvements: ['service'], camhsEpisodes: ['service'] },
    socialCare: { involvements: ['service'] },
  },
  find: ({ rows, parameters, asOf }) => {
    const open = inOrder([
      ...openAt(
        [...rows('health', 'involvements'), ...rows('socialCare', 'involvements')].filter((row) =>
          therapeutic.test(textOf(row, 'kind') ?? ''),
        ),
        asOf,
      ),
      ...rows('health', 'camhsEpisodes').filter((row) => row.status === 'OPEN'),
    ])
    const { providers } = parameters.MULTIPLE_THERAPEUTIC_PROVIDERS
    if (open.length < providers) return []
    const named = open.map((row) =>
      'service' in row ? (textOf(row as { service?: unknown }, 'service') ?? 'a service') : 'a service',
    )
    return [
      found({
        of: open.slice(0, providers),
        more: open.slice(providers),
        anchor: open[providers - 1]?.id ?? '',
        count: open.length,
        text: `${counted(open.length, 'therapeutic service')} open at once: ${listWords(named)}.`,
      }),
    ]
  },
})
