import { healthLead, mentalHealth } from '../audience.ts'
import { dayWords, found, timeOf, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** A child was treated as new who had been treated before, in another place. For clinicians alone. */
export const priorEpisodeElsewhere = rule({
  code: 'SPECIALTY_PRIOR_EPISODE_ELSEWHERE',
  version: 1,
  rule: 'A new referral in a specialty asks for what the same specialty did in another area.',
  source: 'Serious case review of Child Q and Child S (2016), 48, 49 and LP11',
  audience: [mentalHealth, healthLead],
  clears: 'The earlier episode’s notes asked for.',
  needs: { health: { camhsEpisodes: ['priorEpisodeElsewhere', 'referralType'] } },
  on: [['health.camhsEpisodes']],
  also: { health: { camhsEpisodes: ['service', 'la'] } },
  find: ({ rows }) =>
    rows('health', 'camhsEpisodes')
      .filter((row) => row.priorEpisodeElsewhere === true && row.referralType === 'NEW')
      .map((row) =>
        found({
          of: [row],
          more: rows('health', 'camhsEpisodes').filter((other) => timeOf(other) < timeOf(row)),
          anchor: row.id,
          text: `Referred as new on ${dayWords(whenOf(row))}; an earlier episode exists in another area.`,
        }),
      ),
  unsaid: ({ rows }) =>
    rows('health', 'camhsEpisodes').filter(
      (row) => row.referralType === 'NEW' && typeof row.priorEpisodeElsewhere !== 'boolean',
    ),
})
