import { decoded } from '../../sources/codeWords.ts'
import type { Held } from '../../sources/commonRowFields.ts'
import { answered, rowsOf } from '../carriedRows.ts'
import { always, type InputTo, section } from '../section.ts'
import { ask, known, without } from '../sectionItems.ts'
import { after, day, field, phrase, plain } from '../sectionWords.ts'

const names = ['family', 'given', 'isAlias'] as const

/** T1. One national identifier with its verification; a photograph is never carried. */
export const identity = section({
  code: 'T1',
  title: 'Identity',
  mandatory: always,
  suppliers: ['CHILDRENS_SOCIAL_CARE', 'HEALTH', 'EDUCATION'],
  needs: {
    socialCare: {
      person: [
        ...names,
        'laChildId',
        'dateOfBirth',
        'expectedDate',
        'sex',
        'nhsNumber',
        'upn',
        'ethnicity',
        'immigration',
      ],
    },
    health: { person: ['family', 'given', 'dateOfBirth', 'sex', 'nhsNumber', 'nhsNumberVerified'] },
    education: { person: ['family', 'given', 'dateOfBirth', 'upn', 'upnUnknown'] },
  },
  fieldLabels: { socialCare: ['EQUALITY', 'IMMIGRATION'] },
  fill: (input) => {
    const person = { agency: 'socialCare', list: 'person', none: 'Not recorded.', expected: true } as const
    return [
      ...ask(input, {
        ...person,
        label: 'Legal name',
        pick: (row) => row.isAlias !== true,
        tell: nameOf,
      }),
      ...alsoKnownAs(input),
      ...ask(input, {
        ...person,
        label: 'Date of birth',
        tell: (row) => day(row, 'dateOfBirth') ?? after('expected on', day(row, 'expectedDate')),
      }),
      ...ask(input, { ...person, label: 'Sex', tell: (row) => decoded('sex', row.sex) }),
      ...ask(input, {
        label: 'NHS number',
        agency: 'health',
        list: 'person',
        none: 'The NHS holds no number for this child.',
        expected: true,
        tell: (row) =>
          phrase(
            field(row, 'nhsNumber'),
            field(row, 'nhsNumber') && (row.nhsNumberVerified === true ? 'verified' : 'not verified'),
          ),
      }),
      ...ask(input, {
        label: 'Unique pupil number',
        agency: 'education',
        list: 'person',
        none: 'Education holds no number for this child.',
        tell: (row) => field(row, 'upn') ?? after('none:', decoded('upnUnknown', row.upnUnknown)),
      }),
      ...ask(input, {
        ...person,
        label: "Authority's own identifier",
        expected: false,
        tell: (row) => field(row, 'laChildId'),
      }),
      ...ask(input, {
        ...person,
        label: 'Ethnicity',
        fieldLabels: ['EQUALITY'],
        expected: false,
        tell: (row) => decoded('ethnicity', row.ethnicity),
      }),
      ...ask(input, {
        ...person,
        label: 'Immigration status',
        fieldLabels: ['IMMIGRATION'],
        expected: false,
        tell: (row) => plain(field(row, 'immigration')),
      }),
      sameBirth(input),
    ]
  },
})

type Named = {
  readonly socialCare: { readonly person: readonly ('given' | 'family' | 'isAlias')[] }
} & { readonly [Agency in 'health' | 'education']: { readonly person: readonly ('given' | 'family')[] } }

const nameOf = (row: { readonly given: Held<string>; readonly family: Held<string> }): string | null =>
  phrase([field(row, 'given'), field(row, 'family')].filter(Boolean).join(' '))

/** Other names and spellings, whoever records them: under another name the next authority finds nothing. */
const alsoKnownAs = (input: InputTo<Named>) => {
  const label = 'Also known as'
  const ofSocialCare = ask(input, {
    ...{ label, agency: 'socialCare', list: 'person', none: 'Social care records no other name or spelling.' },
    pick: (row) => row.isAlias === true,
    tell: nameOf,
  })
  const told = new Set(rowsOf(input, 'socialCare', 'person').map(nameOf))
  const ofOthers = (['health', 'education'] as const).flatMap((agency) => {
    const rows = rowsOf(input, agency, 'person').filter((row) => nameOf(row) !== null && !told.has(nameOf(row)))
    return rows.length === 0 ? [] : [known(label, [...new Set(rows.map(nameOf))].join('; '), rows)]
  })
  // That social care records none would read as if there were none.
  return [...ofSocialCare.filter(({ state }) => state !== 'NOT_HELD' || ofOthers.length === 0), ...ofOthers]
}

type Born = {
  readonly [Agency in 'socialCare' | 'health' | 'education']: { readonly person: readonly 'dateOfBirth'[] }
}

/**
 * Agencies that give different dates of birth may hold two children under one identity: said before anybody relies on
 * it.
 */
const sameBirth = (input: InputTo<Born>) => {
  const label = 'Dates of birth agree between agencies'
  const rows = (['socialCare', 'health', 'education'] as const)
    .filter((agency) => answered(input, agency))
    .flatMap((agency) => rowsOf(input, agency, 'person').filter((row) => day(row, 'dateOfBirth') !== null))
  if (rows.length < 2) return without(label, 'NOT_KNOWN', 'Fewer than two agencies gave a date of birth.')
  const different = new Set(rows.map((row) => day(row, 'dateOfBirth'))).size > 1
  return known(label, different ? 'no: check that these are the same child' : 'yes', rows)
}
