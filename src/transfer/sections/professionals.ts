import type { AgencyName } from '../../foundation/agencies.ts'
import type { Row } from '../../sources/contract.ts'
import { groupBy } from '../group.ts'
import { ask, known, without } from '../items.ts'
import { rowsOf } from '../reader.ts'
import { always, type Section } from '../section.ts'
import type { TransferItem } from '../types.ts'
import { after, day, field, period, phrase, plain } from '../words.ts'

const lists = [
  { agency: 'socialCare', list: 'involvements', name: ['professional', 'role', 'service'] },
  { agency: 'education', list: 'enrolments', name: ['school'] },
  { agency: 'health', list: 'registrations', name: ['name'] },
  { agency: 'health', list: 'involvements', name: ['professional', 'kind', 'service'] },
  { agency: 'adultServices', list: 'services', name: ['worker', 'service'] },
] as const satisfies readonly { agency: AgencyName; list: string; name: readonly string[] }[]

/** T15. No discipline that works with the child may be left without a named counterpart where the child goes. */
export const professionals: Section = {
  code: 'T15',
  title: 'Professionals and their counterparts',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'EDUCATION', 'HEALTH', 'ADULT_SERVICES'],
  needs: {
    socialCare: { involvements: ['kind', 'service', 'professional', 'role', 'contact', 'from', 'to'] },
    education: { enrolments: ['school', 'contact', 'from', 'to'] },
    health: {
      registrations: ['name', 'contact', 'from', 'to'],
      involvements: ['kind', 'service', 'professional', 'contact', 'from', 'to'],
    },
    adultServices: { services: ['service', 'worker', 'contact', 'from', 'to'] },
  },
  fill: (input) => {
    const { toLa } = input.transfer
    const open = lists.flatMap(({ agency, list, name }) =>
      rowsOf(input, agency, list)
        .filter((row) => !row['to'])
        .map((row) => ({ row, said: said(row, name), discipline: discipline(row) })),
    )
    const named = [...groupBy(open, ({ discipline: label, said: value }) => `${label} ${value}`).values()].flatMap(
      (same) => {
        const [first] = same
        return first
          ? [
              known(
                first.discipline,
                first.said,
                same.map(({ row }) => row),
              ),
            ]
          : []
      },
    )
    const counterparts = [...groupBy(open, ({ discipline: label }) => label)].map(([label, group]): TransferItem => {
      const there = group.filter(({ row }) => field(row, 'provenance.la') === toLa)
      if (there.length === 0)
        return without(`Counterpart in ${toLa}: ${label}`, 'MISSING', `Nobody of this discipline in ${toLa} is named.`)
      return known(
        `Counterpart in ${toLa}: ${label}`,
        [...new Set(there.map(({ said: value }) => value))].join('; '),
        there.map(({ row }) => row),
      )
    })
    const silent = lists.flatMap(({ agency, list }) =>
      rowsOf(input, agency, list).length > 0
        ? []
        : ask(input, {
            label: input.contracts[agency].title,
            agency,
            list,
            none: 'Nobody is recorded as involved.',
            tell: () => null,
          }),
    )
    return [...named, ...counterparts, ...silent]
  },
}

const discipline = (row: Row): string => plain(field(row, 'provenance.agency')) ?? 'service'

const said = (row: Row, names: readonly string[]): string =>
  phrase(
    ...names.map((name) => (name === 'kind' || name === 'role' ? plain(field(row, name)) : field(row, name))),
    after('in', field(row, 'provenance.la')),
    field(row, 'contact'),
    period(day(row, 'from'), null),
  ) ?? 'involved'
