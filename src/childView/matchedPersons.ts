import { type Person, personOf } from '../identity/person.ts'
import { type AnswersWith, rowsOf } from '../records/agencyAnswers.ts'
import { type FieldOf, textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'

/** What is read of a child who may be the person searched for. */
export const personNeeds = {
  socialCare: {
    person: ['provenance.supersedes', 'family', 'given', 'dateOfBirth', 'expectedDate', 'sex', 'nhsNumber', 'upn'],
    addresses: ['eventAt', 'provenance.supersedes', 'postcode', 'from', 'to'],
  },
  health: {
    person: ['provenance.supersedes', 'family', 'given', 'dateOfBirth', 'sex', 'nhsNumber', 'nhsNumberVerified'],
  },
  education: { person: ['provenance.supersedes', 'family', 'given', 'dateOfBirth', 'sex', 'upn'] },
  police: { person: ['provenance.supersedes', 'family', 'given', 'dateOfBirth', 'sex'] },
} as const satisfies RequiredFields

type Rows = RowsOf<typeof personNeeds>
/** What every kind of agency says of a person. */
type NamedRow = Rows['police']['person']

/** Every spelling of one child that the caller may read, each with all of the child's numbers and postcodes. */
export function personsOf(answers: AnswersWith<Rows>): {
  readonly persons: readonly Person[]
  readonly pupilNumbers: readonly string[]
} {
  // Of the child: what adult services hold is of an adult.
  const socialCare = uncorrected(rowsOf(answers, 'socialCare', 'person'))
  const health = uncorrected(rowsOf(answers, 'health', 'person'))
  const education = uncorrected(rowsOf(answers, 'education', 'person'))
  const police = uncorrected(rowsOf(answers, 'police', 'person'))
  const verified = health.find((row) => row.nhsNumberVerified === true && row.nhsNumber)
  const nhsNumber = verified
    ? textOf(verified, 'nhsNumber')
    : (valuesOf(health, 'nhsNumber')[0] ?? valuesOf(socialCare, 'nhsNumber')[0])
  const pupilNumbers = valuesOf(education, 'upn')
  const [postcode, ...previousPostcodes] = postcodesOf(uncorrected(rowsOf(answers, 'socialCare', 'addresses')))
  const personIn = (row: NamedRow, expected: string | null): Person =>
    personOf({
      given: textOf(row, 'given'),
      family: textOf(row, 'family'),
      birth: textOf(row, 'dateOfBirth'),
      expected,
      sex: textOf(row, 'sex'),
      nhsNumber: nhsNumber ?? null,
      nhsVerified: verified !== undefined,
      upn: pupilNumbers[0] ?? valuesOf(socialCare, 'upn')[0] ?? null,
      postcode: postcode ?? null,
      previousPostcodes,
    })
  const persons = [
    ...socialCare.map((row) => personIn(row, textOf(row, 'expectedDate'))),
    ...[...health, ...education, ...police].map((row) => personIn(row, null)),
  ]
  const distinct = new Map(persons.map((person) => [JSON.stringify(person), person]))
  return { persons: [...distinct.values()], pupilNumbers }
}

type Address = Rows['socialCare']['addresses']

const valuesOf = <Row extends object>(rows: readonly Row[], field: FieldOf<Row>): readonly string[] =>
  rows.flatMap((row) => textOf(row, field) ?? [])

/** Where the child lives first, then where they lived, latest first. */
const postcodesOf = (addresses: readonly Address[]): readonly string[] =>
  [...addresses]
    .sort((a, b) => (textOf(a, 'to') ? 1 : 0) - (textOf(b, 'to') ? 1 : 0) || from(b).localeCompare(from(a)))
    .flatMap((row) => textOf(row, 'postcode') ?? [])

const from = (row: Address): string => textOf(row, 'from', 'eventAt') ?? ''
