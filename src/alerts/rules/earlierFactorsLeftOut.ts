import { droppedFactors } from '../../childView/droppedRiskFactors.ts'
import { textsOf } from '../../records/textList.ts'
import { decoded } from '../../sources/codeWords.ts'
import { manager, reviewer, socialWorker } from '../audience.ts'
import { dayWords, found, listWords, timeOf, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** An assessment that leaves out what an earlier one found begins again from nothing. */
export const startAgain = rule({
  code: 'START_AGAIN',
  version: 1,
  rule: 'An assessment speaks to every factor that one in the two years before it found.',
  source: 'Serious case review of Child Q and Child S (2016), 49 and 115: start-again assessments',
  audience: [socialWorker, manager, reviewer],
  clears: 'The assessment updated, with each earlier factor confirmed or ruled out.',
  needs: { socialCare: { assessments: ['factors'] } },
  on: [['socialCare.assessments']],
  also: { socialCare: { assessments: ['kind'] } },
  find: ({ rows }) => {
    const assessments = rows('socialCare', 'assessments')
    return assessments.flatMap((assessment) => {
      const dropped = droppedFactors(assessment, assessments) ?? []
      if (dropped.length === 0) return []
      const earlier = assessments.filter(
        (row) =>
          timeOf(row) < timeOf(assessment) && (textsOf(row, 'factors') ?? []).some((one) => dropped.includes(one)),
      )
      return [
        found({
          of: [...earlier, assessment],
          count: dropped.length,
          details: { droppedFactors: dropped.join(' ') },
          text: `The assessment of ${dayWords(whenOf(assessment))} leaves out ${listWords(dropped.map((code) => decoded('assessmentFactor', code) ?? code))}, found ${earlier.map((row) => `on ${dayWords(whenOf(row))}`).join(' and ')}.`,
        }),
      ]
    })
  },
})
