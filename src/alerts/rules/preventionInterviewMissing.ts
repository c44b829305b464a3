import { textOf } from '../../records/currentRows.ts'
import { missingTeam, police, socialWorker } from '../audience.ts'
import { dayWords, found } from '../findingWords.ts'
import { rule } from '../rule.ts'
import { hoursLater } from '../ruleDeadlines.ts'

const isPast = (when: string, asOf: string): boolean => Date.parse(when) <= Date.parse(asOf)

/** A child graded as at high risk is seen, and asked whether they are safe. */
export const preventionInterviewMissing = rule({
  code: 'PREVENTION_INTERVIEW_MISSING',
  version: 1,
  rule: 'Police see a child whose missing episode was graded high within a day of the return.',
  source: 'Sonia briefing, line 50; statutory guidance on children who go missing (2014): prevention interviews',
  audience: [police, missingTeam, socialWorker],
  clears: 'The check recorded.',
  needs: { police: { missingEpisodes: ['from', 'to', 'grade', 'safeAndWellCheck'] } },
  on: [['police.missingEpisodes']],
  find: ({ rows, parameters, asOf }) =>
    rows('police', 'missingEpisodes').flatMap((row) => {
      const to = textOf(row, 'to')
      if (row.grade !== 'HIGH' || row.safeAndWellCheck !== false || to === null || !isPast(to, asOf)) return []
      return [
        found({
          of: [row],
          due: hoursLater(to, parameters.PREVENTION_INTERVIEW_MISSING.hours),
          text: `Missing at high risk from ${dayWords(textOf(row, 'from'))}, back on ${dayWords(to)}: not seen safe and well since.`,
        }),
      ]
    }),
  unsaid: ({ rows, asOf }) =>
    rows('police', 'missingEpisodes').filter((row) => {
      const to = textOf(row, 'to')
      const [grade, check] = [textOf(row, 'grade'), row.safeAndWellCheck]
      if (to === null || !isPast(to, asOf) || check === true) return false
      return grade === null || (grade === 'HIGH' && typeof check !== 'boolean')
    }),
})
