import { textOf } from '../../records/currentRows.ts'
import { manager, police, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, listWords, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** A tool said low three times, and the case was closed on it. */
export const lowScoreRepeated = rule({
  code: 'LOW_SCORE_REPEATED',
  version: 1,
  rule: 'Three results of an exploitation tool that say low, one after the other, are looked at by somebody and not by the tool.',
  source: 'Serious case review of Child Q and Child S (2016), 107, 162, 165 and LP38',
  audience: [socialWorker, manager, police],
  clears: 'A professional judgement with its reason.',
  needs: { socialCare: { exploitation: ['toolLevel'] } },
  on: [['socialCare.exploitation']],
  absent: ['socialCare.exploitation'],
  find: ({ rows, parameters }) => {
    const { results } = parameters.LOW_SCORE_REPEATED
    const all = inOrder(rows('socialCare', 'exploitation')).filter((row) => textOf(row, 'toolLevel') !== null)
    const since = all.map((row) => row.toolLevel).lastIndexOf(all.findLast((row) => row.toolLevel !== 'LOW')?.toolLevel)
    const low = all.slice(since + 1)
    if (low.length < results) return []
    return [
      found({
        of: low.slice(0, results),
        more: low.slice(results),
        anchor: low[results - 1]?.id ?? '',
        count: low.length,
        text: `The tool said low ${counted(low.length, 'time')} in a row: ${listWords(low.map((row) => dayWords(whenOf(row))))}.`,
      }),
    ]
  },
})
