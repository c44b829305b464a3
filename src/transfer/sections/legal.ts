import { decoded } from '../../sources/codeWords.ts'
import { always, section } from '../section.ts'
import { ask } from '../sectionItems.ts'
import { after, day, field, period, phrase, plain } from '../sectionWords.ts'

/** T4. Orders or an explicit none. Legal advice is privileged and is not among the lists that a transfer reads. */
export const legal = section({
  code: 'T4',
  title: 'Legal status and orders',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'POLICE'],
  needs: {
    socialCare: {
      legalStatuses: ['code', 'from', 'to', 'endReason'],
      orders: ['type', 'court', 'from', 'to', 'conditions'],
    },
    police: { notices: ['kind', 'issuedAt', 'servedAt', 'breaches'], protections: ['from', 'to', 'reason'] },
  },
  fill: (input) => [
    ...ask(input, {
      label: 'Legal status now',
      agency: 'socialCare',
      list: 'legalStatuses',
      pick: (row) => !row.to,
      none: 'No legal status is in force.',
      expected: input.transfer.type === 'CLA_PLACED_OUT',
      tell: (row) => phrase(decoded('legalStatus', row.code), after('since', day(row, 'from'))),
    }),
    ...ask(input, {
      label: 'Earlier legal statuses',
      agency: 'socialCare',
      list: 'legalStatuses',
      pick: (row) => Boolean(row.to),
      none: 'None is recorded.',
      tell: (row) => phrase(decoded('legalStatus', row.code), period(day(row, 'from'), day(row, 'to'))),
    }),
    ...ask(input, {
      label: 'Court orders',
      agency: 'socialCare',
      list: 'orders',
      none: 'None.',
      tell: (row) =>
        phrase(
          plain(field(row, 'type')),
          field(row, 'court'),
          period(day(row, 'from'), day(row, 'to')),
          field(row, 'conditions'),
        ),
    }),
    ...ask(input, {
      label: 'Warning and harbouring notices',
      agency: 'police',
      list: 'notices',
      none: 'None.',
      tell: (row) =>
        phrase(
          plain(field(row, 'kind')),
          after('issued', day(row, 'issuedAt')),
          field(row, 'issuedAt') && (after('served', day(row, 'servedAt')) ?? 'not served'),
          after('breaches', field(row, 'breaches')),
        ),
    }),
    ...ask(input, {
      label: 'Police protection',
      agency: 'police',
      list: 'protections',
      none: 'None.',
      tell: (row) => phrase(period(day(row, 'from'), day(row, 'to')), field(row, 'reason')),
    }),
  ],
})
