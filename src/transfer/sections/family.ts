import { isFatherOrMaleCarer, type Recorded, recordedOf } from '../../childView/familyRelations.ts'
import { dayOf } from '../../records/currentRows.ts'
import { decoded } from '../../sources/codeWords.ts'
import { answered, rowsOf } from '../carriedRows.ts'
import { always, type InputTo, section } from '../section.ts'
import { ask, known, partWithheld, withheldFrom, without } from '../sectionItems.ts'
import { after, day, field, period, phrase, plain } from '../sectionWords.ts'
import type { TransferItem } from '../transferTypes.ts'

/** T3. A father who is not named must be said to be unknown: leaving him out hides both a risk and a protector. */
export const family = section({
  code: 'T3',
  title: 'Family and genogram',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'POLICE', 'HEALTH'],
  needs: {
    socialCare: {
      family: [
        ...(['relation', 'name', 'sex', 'isChild', 'inHousehold', 'diedOn'] as const),
        ...(['parentalResponsibility', 'restriction'] as const),
      ],
      legalStatuses: ['code', 'from', 'to'],
      orders: ['type', 'court', 'from', 'to'],
    },
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
        tell: (row) => phrase(plain(field(row, 'relation')), field(row, 'name')),
      }),
      ...authority(input),
      ...fathers(input),
      ...ask(input, {
        ...relatives,
        label: 'Brothers, sisters and other children',
        pick: (row) => row.isChild === true,
        none: 'No other child is recorded.',
        tell: (row) =>
          phrase(
            plain(field(row, 'relation')),
            field(row, 'name'),
            row.inHousehold === true && 'in the household',
            after('died', day(row, 'diedOn')),
          ),
      }),
      ...ask(input, {
        ...relatives,
        label: 'Other relatives and significant adults',
        pick: (row) =>
          row.isChild !== true &&
          row.parentalResponsibility !== true &&
          !isFatherOrMaleCarer(recordedOf(row), dayOf(input.child.asOf)),
        none: 'Nobody else is recorded.',
        tell: (row) => phrase(plain(field(row, 'relation')), field(row, 'name')),
      }),
      ...ask(input, {
        ...relatives,
        label: 'Risk from relatives and limits on contact',
        none: 'None is recorded.',
        // Who died is told among the relatives: no risk comes from them.
        pick: (row) => !row.diedOn,
        tell: (row) => field(row, 'restriction') && phrase(plain(field(row, 'relation')), field(row, 'restriction')),
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

/** Codes of the looked-after return and types of order by which an authority has parental responsibility. */
const givesResponsibility = {
  // Children Act 1989 s.33(3) and s.31(11); Adoption and Children Act 2002 s.25. Accommodation by agreement gives none.
  codes: new Set(['C1', 'C2', 'D1', 'E1']),
  // Children Act 1989 s.44(4)(c) besides.
  types: new Set(['CARE_ORDER', 'INTERIM_CARE_ORDER', 'PLACEMENT_ORDER', 'EMERGENCY_PROTECTION_ORDER']),
}

/** What an authority holds by order stands beside the parents: by the legal status, else by an order on record. */
const authority = (
  input: InputTo<{
    readonly socialCare: {
      readonly legalStatuses: readonly ('code' | 'from' | 'to')[]
      readonly orders: readonly ('type' | 'court' | 'from' | 'to')[]
    }
  }>,
): TransferItem[] => {
  const asked = {
    agency: 'socialCare',
    label: 'Parental responsibility of an authority',
    none: 'No order that gives it is recorded as in force.',
  } as const
  const today = dayOf(input.child.asOf)
  const inForce = (to: string | null | undefined): boolean => !to || dayOf(to) >= today
  const byStatus = ask(input, {
    ...asked,
    list: 'legalStatuses',
    pick: (row) => givesResponsibility.codes.has(row.code ?? '') && inForce(row.to),
    tell: (row) =>
      phrase(field(row, 'provenance.la'), decoded('legalStatus', row.code), after('since', day(row, 'from'))),
  })
  if (byStatus[0]?.state === 'KNOWN') return byStatus
  const byOrder = ask(input, {
    ...asked,
    list: 'orders',
    pick: (row) => givesResponsibility.types.has(row.type ?? '') && inForce(row.to),
    tell: (row) =>
      phrase(
        field(row, 'provenance.la'),
        plain(field(row, 'type')),
        field(row, 'court'),
        period(day(row, 'from'), day(row, 'to')),
      ),
  })
  return byOrder[0]?.state === 'NOT_HELD' ? byStatus : byOrder
}

const fathers = (
  input: InputTo<{ readonly socialCare: { readonly family: readonly (keyof Recorded | 'name')[] } }>,
): readonly TransferItem[] => {
  const label = 'Father or other male carer'
  const asked = { agency: 'socialCare', label, list: 'family' } as const
  const { contact, agency, title } = input.contracts.socialCare
  if (!answered(input, 'socialCare'))
    return [without(label, 'MISSING', `${title} could not be reached.`, contact, agency)]
  const rows = rowsOf(input, 'socialCare', 'family').filter((row) =>
    isFatherOrMaleCarer(recordedOf(row), dayOf(input.child.asOf)),
  )
  if (rows.length > 0)
    return [
      known(
        label,
        rows
          .flatMap(
            (row) => phrase(plain(field(row, 'relation')), field(row, 'name'), after('died', day(row, 'diedOn'))) ?? [],
          )
          .join('; '),
        rows,
      ),
      ...partWithheld(input, asked),
    ]
  // A father can be the one whose record is withheld.
  return [
    withheldFrom(input, asked, false) ??
      without(label, 'MISSING', 'No father or male carer is recorded, nor why he is not known.', contact, agency),
  ]
}
