import { spoken } from '../../foundation/codeInWords.ts'
import { dayLength } from '../../foundation/london.ts'
import { textOf } from '../../records/currentRows.ts'
import { healthLead, home, school, socialWorker } from '../audience.ts'
import { dayWords, found, inOrder, timeOf, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

const noTechnique: ReadonlySet<string> = new Set(['NONE', 'OTHER', 'NOT_STATED'])

/** Two ways of holding one child, taught by two providers. */
export const techniqueConflict = rule({
  code: 'TECHNIQUE_CONFLICT',
  version: 1,
  rule: 'All who may restrain a child use one technique.',
  source: 'Serious case review of Child Q and Child S (2016), 52 and 54',
  audience: [socialWorker, school, home, healthLead],
  clears: 'One technique agreed, in one plan.',
  needs: { education: { restraints: ['technique'] }, socialCare: { restraints: ['technique'] } },
  on: [['education.restraints', 'socialCare.restraints']],
  find: ({ rows, parameters }) => {
    const all = inOrder([...rows('education', 'restraints'), ...rows('socialCare', 'restraints')])
    const techniqueOf = (row: object) => textOf(row as { technique?: unknown }, 'technique') ?? ''
    const isDated = (row: (typeof all)[number]) => whenOf(row) !== null
    const named = all.filter((row) => isDated(row) && techniqueOf(row) !== '' && !noTechnique.has(techniqueOf(row)))
    for (const [index, row] of named.entries()) {
      const other = named
        .slice(0, index)
        .find(
          (earlier) =>
            techniqueOf(earlier) !== techniqueOf(row) &&
            timeOf(row) - timeOf(earlier) <= parameters.TECHNIQUE_CONFLICT.withinDays * dayLength,
        )
      if (!other) continue
      return [
        found({
          of: [other, row],
          details: { techniques: [techniqueOf(other), techniqueOf(row)].sort().join(' ') },
          text: `${spoken(techniqueOf(other))} on ${dayWords(whenOf(other))} and ${spoken(techniqueOf(row))} on ${dayWords(whenOf(row))}.`,
        }),
      ]
    }
    return []
  },
})
