import { spoken } from '../../foundation/codeInWords.ts'
import { dayOf, textOf } from '../../records/currentRows.ts'
import { ageOn } from '../../records/dayAndAge.ts'
import { healthLead, home, reviewer, socialWorker } from '../audience.ts'
import { counted, dayWords, found, inOrder, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

/** A technique described for older children was used on a younger one. */
export const techniqueAge = rule({
  code: 'TECHNIQUE_AGE_RANGE',
  version: 1,
  rule: 'A restraint technique is used on children of the ages for which it is described.',
  source: 'Serious case review of Child Q and Child S (2016), 52, 54 and glossary',
  audience: [socialWorker, home, healthLead, reviewer],
  clears: 'A technique for the child’s age, and the provider’s review of those uses.',
  needs: { socialCare: { restraints: ['technique', 'techniqueMinAge'], person: ['dateOfBirth'] } },
  on: [['socialCare.restraints'], ['socialCare.person']],
  find: ({ rows }) => {
    const born = rows('socialCare', 'person')
      .map((row) => textOf(row, 'dateOfBirth'))
      .find((day) => day !== null)
    if (!born) return []
    const young = inOrder(rows('socialCare', 'restraints')).filter((row) => {
      const was = whenOf(row)
      return typeof row.techniqueMinAge === 'number' && was !== null && ageOn(born, dayOf(was)) < row.techniqueMinAge
    })
    const first = young[0]
    const was = first ? whenOf(first) : null
    if (!first || was === null) return []
    const rest = new Map(rows('socialCare', 'restraints').map((row) => [row.id, row]))
    const technique = textOf(rest.get(first.id) ?? { technique: null }, 'technique')
    return [
      found({
        of: [first],
        more: young.slice(1),
        anchor: first.id,
        count: young.length,
        details: { age: ageOn(born, dayOf(was)) },
        text: `${technique === null ? 'A technique' : spoken(technique)} used at ${ageOn(born, dayOf(was))}, ${counted(young.length, 'time')} since ${dayWords(was)}: it is described from ${String(rest.get(first.id)?.techniqueMinAge ?? '')}.`,
      }),
    ]
  },
  unsaid: ({ rows }) => {
    const isBornKnown = rows('socialCare', 'person').some((row) => textOf(row, 'dateOfBirth') !== null)
    return rows('socialCare', 'restraints').filter((row) => typeof row.techniqueMinAge !== 'number' || !isBornKnown)
  },
})
