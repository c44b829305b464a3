import { isMaleCarer, sexOf } from '../../childView/familyRelations.ts'
import { answered, rowLabelsWithheld, rowsOf } from '../carriedRows.ts'
import { always, type InputTo, section } from '../section.ts'
import { ask, known, without } from '../sectionItems.ts'
import { field, phrase } from '../sectionWords.ts'
import type { TransferItem } from '../transferTypes.ts'

/** Whether a relation is a man's who is a parent, a parent's partner or another carer. */
const isMale = (relation: string): boolean => isMaleCarer(relation, sexOf(relation), null)

/** T3. A father who is not named must be said to be unknown: leaving him out hides both a risk and a protector. */
export const family = section({
  code: 'T3',
  title: 'Family and genogram',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'POLICE', 'HEALTH'],
  needs: {
    socialCare: { family: ['relation', 'name', 'parentalResponsibility', 'inHousehold', 'isChild', 'restriction'] },
    police: { personsOfConcern: ['link', 'name'] },
  },
  fieldLabels: { socialCare: ['THIRD_PARTY'], police: ['THIRD_PARTY'] },
  fill: (input) => {
    const relatives = { agency: 'socialCare', list: 'family' } as const
    return [
      ...ask(input, {
        ...relatives,
        label: 'Holders of parental responsibility',
        pick: (row) => row.parentalResponsibility === true,
        none: 'Nobody is recorded as holding parental responsibility.',
        expected: true,
        tell: (row) => phrase(field(row, 'relation'), field(row, 'name')),
      }),
      fathers(input),
      ...ask(input, {
        ...relatives,
        label: 'Brothers, sisters and other children',
        pick: (row) => row.isChild === true,
        none: 'No other child is recorded.',
        tell: (row) =>
          phrase(field(row, 'relation'), field(row, 'name'), row.inHousehold === true && 'in the household'),
      }),
      ...ask(input, {
        ...relatives,
        label: 'Other relatives and significant adults',
        pick: (row) =>
          row.isChild !== true && row.parentalResponsibility !== true && !isMale(field(row, 'relation') ?? ''),
        none: 'Nobody else is recorded.',
        tell: (row) => phrase(field(row, 'relation'), field(row, 'name')),
      }),
      ...ask(input, {
        ...relatives,
        label: 'Risk from relatives and limits on contact',
        none: 'None is recorded.',
        tell: (row) => field(row, 'restriction') && phrase(field(row, 'relation'), field(row, 'restriction')),
      }),
      ...ask(input, {
        label: 'Adults of concern',
        agency: 'police',
        list: 'personsOfConcern',
        none: 'The police hold none that may be disclosed.',
        tell: (row) => phrase(field(row, 'name'), field(row, 'link')),
      }),
    ]
  },
})

const fathers = (
  input: InputTo<{ readonly socialCare: { readonly family: readonly ('relation' | 'name')[] } }>,
): TransferItem => {
  const label = 'Father or other male carer'
  const { contact, agency, title } = input.contracts.socialCare
  if (!answered(input, 'socialCare'))
    return without(label, 'MISSING', `${title} could not be reached.`, contact, agency)
  const rows = rowsOf(input, 'socialCare', 'family').filter((row) => isMale(field(row, 'relation') ?? ''))
  if (rows.length > 0)
    return known(
      label,
      rows.flatMap((row) => phrase(field(row, 'relation'), field(row, 'name')) ?? []).join('; '),
      rows,
    )
  // A father can be the one whose record is withheld.
  const [withheld] = rowLabelsWithheld(input, 'socialCare', 'family')
  if (withheld) return without(label, 'WITHHELD', withheld.reason, withheld.contact, agency)
  return without(label, 'MISSING', 'No father or male carer is recorded, nor why he is not known.', contact, agency)
}
