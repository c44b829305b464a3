import type { AgencyName } from '../../foundation/agencies.ts'
import type { EnrolmentRow } from '../../records/generated.ts'
import type { RequiredFields } from '../../records/requiredFields.ts'
import { type Carried, rowsOf, type SectionInput } from '../carriedRows.ts'
import { groupBy } from '../groupBy.ts'
import { always, type InputTo, section } from '../section.ts'
import { ask, known, partWithheld, without } from '../sectionItems.ts'
import { after, day, field, period, phrase, plain } from '../sectionWords.ts'
import type { TransferItem } from '../transferTypes.ts'

const needs = {
  socialCare: { involvements: ['kind', 'service', 'professional', 'role', 'contact', 'from', 'to'] },
  education: { enrolments: ['school', 'contact', 'from', 'to'] },
  health: {
    registrations: ['name', 'contact', 'from', 'to'],
    involvements: ['kind', 'service', 'professional', 'contact', 'from', 'to'],
  },
  adultServices: { services: ['service', 'worker', 'contact', 'from', 'to'] },
} as const satisfies RequiredFields

/** A row that says who is involved, and in words by whom. */
interface Involved {
  readonly row: Carried & Pick<EnrolmentRow, 'contact' | 'from' | 'to'>
  readonly named: readonly (string | null)[]
}

/** Lists that say who is involved, each with what it says. */
const lists: readonly {
  readonly of: (input: InputTo<typeof needs>) => readonly Involved[]
  readonly partOf: (input: InputTo<typeof needs>) => readonly TransferItem[]
  readonly silence: (input: InputTo<typeof needs>) => TransferItem[]
}[] = [
  {
    of: (input) =>
      rowsOf(input, 'socialCare', 'involvements').map((row) => ({
        row,
        named: [field(row, 'professional'), plain(field(row, 'role')), field(row, 'service')],
      })),
    partOf: (input) => partOf(input, 'socialCare', 'involvements'),
    silence: (input) => ask(input, { agency: 'socialCare', list: 'involvements', ...nobody(input, 'socialCare') }),
  },
  {
    of: (input) => rowsOf(input, 'education', 'enrolments').map((row) => ({ row, named: [field(row, 'school')] })),
    partOf: (input) => partOf(input, 'education', 'enrolments'),
    silence: (input) => ask(input, { agency: 'education', list: 'enrolments', ...nobody(input, 'education') }),
  },
  {
    of: (input) => rowsOf(input, 'health', 'registrations').map((row) => ({ row, named: [field(row, 'name')] })),
    partOf: (input) => partOf(input, 'health', 'registrations'),
    silence: (input) => ask(input, { agency: 'health', list: 'registrations', ...nobody(input, 'health') }),
  },
  {
    of: (input) =>
      rowsOf(input, 'health', 'involvements').map((row) => ({
        row,
        named: [field(row, 'professional'), plain(field(row, 'kind')), field(row, 'service')],
      })),
    partOf: (input) => partOf(input, 'health', 'involvements'),
    silence: (input) => ask(input, { agency: 'health', list: 'involvements', ...nobody(input, 'health') }),
  },
  {
    of: (input) =>
      rowsOf(input, 'adultServices', 'services').map((row) => ({
        row,
        named: [field(row, 'worker'), field(row, 'service')],
      })),
    partOf: (input) => partOf(input, 'adultServices', 'services'),
    silence: (input) => ask(input, { agency: 'adultServices', list: 'services', ...nobody(input, 'adultServices') }),
  },
]

const nobody = ({ contracts }: SectionInput, agency: AgencyName) => ({
  label: contracts[agency].title,
  none: 'Nobody is recorded as involved.',
  tell: () => null,
})

const partOf = (input: SectionInput, agency: AgencyName, list: string): readonly TransferItem[] =>
  partWithheld(input, { agency, list, label: input.contracts[agency].title })

/** T15. No discipline that works with the child may be left without a named counterpart where the child goes. */
export const professionals = section({
  code: 'T15',
  title: 'Professionals and their counterparts',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'EDUCATION', 'HEALTH', 'ADULT_SERVICES'],
  needs,
  fill: (input) => {
    const { toLa } = input.transfer
    const open = lists.flatMap(({ of }) =>
      of(input)
        .filter(({ row }) => !row.to)
        .map(({ row, named }) => ({ row, said: said(row, named), discipline: discipline(row) })),
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
    const silent = lists.flatMap(({ of, partOf, silence }) => (of(input).length > 0 ? partOf(input) : silence(input)))
    return [...named, ...counterparts, ...silent]
  },
})

const discipline = (row: Carried): string => plain(field(row, 'provenance.agency')) ?? 'service'

const said = (row: Involved['row'], named: Involved['named']): string =>
  phrase(...named, after('in', field(row, 'provenance.la')), field(row, 'contact'), period(day(row, 'from'), null)) ??
  'involved'
