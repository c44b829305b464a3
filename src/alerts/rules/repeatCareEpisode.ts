import { dayOf, textOf } from '../../records/currentRows.ts'
import { manager, reviewer, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder } from '../findingWords.ts'
import { lookedAfterCodes } from '../periodsAndRuns.ts'
import { rule } from '../rule.ts'

/** Home and back again. */
export const repeatCare = rule({
  code: 'REPEAT_CARE_EPISODE',
  version: 1,
  rule: 'A child who comes into care again after going home: what the first return rested on is looked at.',
  source: 'Serious case review of Child Q and Child S (2016), 26 to 28',
  audience: [socialWorker, manager, reviewer],
  clears: 'A review of why the return home did not hold.',
  needs: { socialCare: { legalStatuses: ['code', 'from', 'to'] } },
  on: [['socialCare.legalStatuses']],
  also: { socialCare: { legalStatuses: ['endReason'] } },
  find: ({ rows }) => {
    const statuses = inOrder(rows('socialCare', 'legalStatuses')).filter((row) =>
      lookedAfterCodes.has((row as { code?: unknown }).code),
    )
    return statuses.flatMap((status, index) => {
      const from = textOf(status as { from?: unknown }, 'from')
      const before = statuses.slice(0, index)
      const ends = before.map((row) => textOf(row as { to?: unknown }, 'to'))
      const last = before.at(-1)
      if (!last || from === null || ends.some((end) => end === null || dayOf(end) >= dayOf(from))) return []
      return [
        found({
          of: [last, status],
          text: `Left care on ${dayWords(ends.at(-1) ?? null)} and came into care again on ${dayWords(from)}.`,
        }),
      ]
    })
  },
})
