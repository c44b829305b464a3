import { spoken } from '../../foundation/codeInWords.ts'
import { textOf } from '../../records/currentRows.ts'
import { adultServices, mash, socialWorker } from '../audience.ts'
import { dayWords, found, whenOf } from '../findingWords.ts'
import { rule } from '../rule.ts'

const custody = /CUSTODY|REMAND|PRISON|SENTENCE/

/** The only carer was taken into custody, and nobody asked where the child was that night. */
export const carerInCustody = rule({
  code: 'CARER_IN_CUSTODY',
  version: 2,
  rule: 'When an adult of the household is taken into custody, there is a plan for the child on the same day.',
  source: 'Serious case review of Child Q and Child S (2016), 120',
  audience: [socialWorker, mash, adultServices],
  clears: 'A plan for the child, with who cares for them.',
  needs: { adultServices: { probation: ['kind', 'planForChild'] } },
  on: [['adultServices.probation']],
  also: { adultServices: { probation: ['relation'] } },
  find: ({ rows }) =>
    rows('adultServices', 'probation')
      .filter((row) => custody.test(textOf(row, 'kind') ?? '') && row.planForChild !== true)
      .map((row) =>
        found({
          of: [row],
          text: `${spoken(textOf(row, 'relation') ?? 'an adult of the household')} taken into custody on ${dayWords(whenOf(row))}, ${row.planForChild === false ? 'with no plan for the child' : 'and whether there is a plan for the child is not recorded'}.`,
        }),
      ),
})
