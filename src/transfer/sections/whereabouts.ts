import type { AddressRow } from '../../records/generated.ts'
import { decoded } from '../../sources/codeWords.ts'
import { answered, rowsOf } from '../carriedRows.ts'
import { always, section } from '../section.ts'
import { ask, without } from '../sectionItems.ts'
import { after, day, field, period, phrase, plain } from '../sectionWords.ts'

const addressFields = ['display', 'postcode', 'la', 'from', 'to', 'protected'] as const

/**
 * T2. A protected address is never written into a record that leaves as a file: those who may read it find it in the
 * child's view. What is said instead is the same whether an address is protected or none is recorded.
 */
export const whereabouts = section({
  code: 'T2',
  title: 'Where the child is and with whom',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'HOUSING', 'CHILDRENS_HOME'],
  needs: {
    socialCare: {
      addresses: addressFields,
      placements: ['code', 'provider', 'ofstedUrn', 'contact', 'la', 'from', 'to', 'changeReason'],
      family: ['relation', 'inHousehold'],
    },
    adultServices: { housing: ['kind', 'text', 'tenancyFrom'] },
  },
  fieldLabels: { adultServices: ['THIRD_PARTY'] },
  fill: (input) => {
    const addresses = {
      agency: 'socialCare',
      list: 'addresses',
      none: 'None that may be written into a file.',
    } as const
    const open = (row: Pick<AddressRow, 'protected' | 'to'>): boolean => row.protected !== true && !row.to
    const current = rowsOf(input, 'socialCare', 'addresses').filter(open)
    const looked = input.transfer.type === 'CLA_PLACED_OUT'
    const address =
      answered(input, 'socialCare') && current.length === 0
        ? [
            without(
              'Address now',
              'NOT_KNOWN',
              "None that may be written into a file. Those who may read more find it in the child's view.",
              input.contracts.socialCare.contact,
              input.contracts.socialCare.agency,
            ),
          ]
        : ask(input, {
            ...addresses,
            label: 'Address now',
            expected: true,
            pick: open,
            latest: 1,
            tell: (row) =>
              phrase(field(row, 'display'), field(row, 'postcode'), field(row, 'la'), after('since', day(row, 'from'))),
          })
    return [
      ...address,
      ...ask(input, {
        ...addresses,
        label: 'Earlier addresses',
        pick: (row) => row.protected !== true && Boolean(row.to),
        tell: (row) => phrase(field(row, 'display'), field(row, 'la'), period(day(row, 'from'), day(row, 'to'))),
      }),
      ...ask(input, {
        label: 'Placement now',
        agency: 'socialCare',
        list: 'placements',
        pick: (row) => !row.to,
        none: 'No placement is open.',
        expected: looked,
        latest: 1,
        tell: (row) =>
          phrase(
            field(row, 'provider'),
            decoded('placement', row.code),
            after('Ofsted reference', field(row, 'ofstedUrn')),
            after('in', field(row, 'la')),
            after('since', day(row, 'from')),
            field(row, 'contact'),
          ),
      }),
      ...ask(input, {
        label: 'Earlier placements',
        agency: 'socialCare',
        list: 'placements',
        pick: (row) => Boolean(row.to),
        none: 'No earlier placement is recorded.',
        tell: (row) =>
          phrase(
            field(row, 'provider') ?? field(row, 'la'),
            period(day(row, 'from'), day(row, 'to')),
            decoded('placementChange', row.changeReason),
          ),
      }),
      ...ask(input, {
        label: 'People in the household',
        agency: 'socialCare',
        list: 'family',
        pick: (row) => row.inHousehold === true,
        none: 'Nobody is recorded as living with the child.',
        expected: !looked,
        tell: (row) => plain(field(row, 'relation')),
      }),
      ...ask(input, {
        label: 'Housing and tenancy',
        agency: 'adultServices',
        list: 'housing',
        none: 'Housing holds none that may be disclosed.',
        tell: (row) =>
          phrase(plain(field(row, 'kind')), after('tenancy from', day(row, 'tenancyFrom')), field(row, 'text')),
      }),
    ]
  },
})
