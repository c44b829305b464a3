import type { AgencyName } from '../agencies.ts'
import { textOf, uncorrected } from '../consent/period.ts'
import type { Answers, Needs } from '../context.ts'
import { type Person, personOf } from '../identity/person.ts'
import type { Row } from '../sources/contract.ts'
import { rowsOf } from './answered.ts'

/** Agencies whose `person` list is of the child. What adult services hold is of an adult. */
const ofTheChild = ['socialCare', 'health', 'education', 'police'] as const satisfies readonly AgencyName[]

/** What is read of a child who may be the person searched for. */
export const personNeeds: Needs = {
  socialCare: {
    person: ['provenance.supersedes', 'family', 'given', 'dateOfBirth', 'expectedDate', 'sex', 'nhsNumber', 'upn'],
    addresses: ['eventAt', 'provenance.supersedes', 'postcode', 'from', 'to'],
  },
  health: {
    person: ['provenance.supersedes', 'family', 'given', 'dateOfBirth', 'sex', 'nhsNumber', 'nhsNumberVerified'],
  },
  education: { person: ['provenance.supersedes', 'family', 'given', 'dateOfBirth', 'sex', 'upn'] },
  police: { person: ['provenance.supersedes', 'family', 'given', 'dateOfBirth', 'sex'] },
}

/** Every spelling of one child that the caller may read, each with all of the child's numbers and postcodes. */
export function personsOf(answers: Answers): {
  readonly persons: readonly Person[]
  readonly pupilNumbers: readonly string[]
} {
  const rows = ofTheChild.flatMap((agency) =>
    uncorrected(rowsOf(answers, agency, 'person')).map((row) => ({ agency, row })),
  )
  const told = (field: string, by: AgencyName): readonly string[] =>
    rows.flatMap(({ agency, row }) => (agency === by ? (textOf(row, field) ?? []) : []))
  const verified = rows.find(
    ({ agency, row }) => agency === 'health' && row['nhsNumberVerified'] === true && row['nhsNumber'],
  )
  const nhsNumber = verified
    ? textOf(verified.row, 'nhsNumber')
    : (told('nhsNumber', 'health')[0] ?? told('nhsNumber', 'socialCare')[0])
  const pupilNumbers = told('upn', 'education')
  const [postcode, ...previousPostcodes] = postcodesOf(uncorrected(rowsOf(answers, 'socialCare', 'addresses')))
  const persons = rows.map(({ row }) =>
    personOf({
      given: textOf(row, 'given'),
      family: textOf(row, 'family'),
      birth: textOf(row, 'dateOfBirth'),
      expected: textOf(row, 'expectedDate'),
      sex: textOf(row, 'sex'),
      nhsNumber: nhsNumber ?? null,
      nhsVerified: verified !== undefined,
      upn: pupilNumbers[0] ?? told('upn', 'socialCare')[0] ?? null,
      postcode: postcode ?? null,
      previousPostcodes,
    }),
  )
  const distinct = new Map(persons.map((person) => [JSON.stringify(person), person]))
  return { persons: [...distinct.values()], pupilNumbers }
}

/** Where the child lives first, then where they lived, latest first. */
const postcodesOf = (addresses: readonly Row[]): readonly string[] =>
  [...addresses]
    .sort((a, b) => (textOf(a, 'to') ? 1 : 0) - (textOf(b, 'to') ? 1 : 0) || from(b).localeCompare(from(a)))
    .flatMap((row) => textOf(row, 'postcode') ?? [])

const from = (row: Row): string => textOf(row, 'from', 'eventAt') ?? ''
