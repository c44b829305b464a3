import type { AgencyName } from '../foundation/agencies.ts'
import { type AnswersTo, type AnswersWith, type Contracts, rowsOf } from '../records/agencyAnswers.ts'
import { latest, textOf, uncorrected } from '../records/currentRows.ts'
import type { RequiredFields, RowWith } from '../records/requiredFields.ts'
import { textsOf } from '../records/textList.ts'
import type { CommonRow, Held, RecordHead } from '../sources/commonRowFields.ts'
import { serviceOf } from './provenance.ts'

/** Agencies whose `person` list is about the child and is among the needs below, the lead agency first. */
const identifying = ['socialCare', 'health', 'education', 'police'] as const satisfies readonly AgencyName[]

const shared = ['eventAt', 'provenance.agency', 'provenance.supersedes'] as const

/** What names rest on. */
export const nameNeeds = {
  socialCare: { person: [...shared, 'family', 'given', 'isAlias'] },
  health: { person: [...shared, 'family', 'given'] },
  education: { person: [...shared, 'family', 'given'] },
  police: { person: [...shared, 'family', 'given'] },
} as const satisfies RequiredFields

/** A name. */
export interface PersonName {
  readonly family: string
  readonly given: string | null
  readonly isAlias: boolean
  readonly agency: string
}

/** Names by every agency that gave one, each spelling kept: legal names first, the lead agency's before others. */
export function names(answers: AnswersTo<typeof nameNeeds>, contracts: Contracts): readonly PersonName[] {
  const found = new Map<string, PersonName>()
  for (const agency of identifying)
    for (const row of uncorrected(rowsOf(answers, agency, 'person'))) {
      const family = textOf(row, 'family')
      if (!family) continue
      const name = {
        family,
        given: textOf(row, 'given'),
        isAlias: isAlias(row),
        agency: serviceOf(row, contracts[agency]),
      }
      found.set(JSON.stringify(name), name)
    }
  return [...found.values()].sort((one, other) => Number(one.isAlias) - Number(other.isAlias))
}

/** What identifiers rest on. */
export const identifierNeeds = {
  socialCare: { person: [...shared, 'laChildId', 'nhsNumber', 'upn'] },
  health: { person: [...shared, 'nhsNumber', 'nhsNumberVerified'] },
  education: { person: [...shared, 'upn'] },
} as const satisfies RequiredFields

/** An identifier, and whether the agency that gave it can vouch for it. */
export interface Identifier {
  readonly scheme: string
  readonly value: string
  readonly verified: boolean
  readonly agency: string
}

/** Identifiers by every agency that gave one. A copy in another agency's record is never verified by being copied. */
export function identifiers(answers: AnswersTo<typeof identifierNeeds>, contracts: Contracts): readonly Identifier[] {
  const found = new Map<string, Identifier>()
  const give = (
    agency: AgencyName,
    row: Parameters<typeof serviceOf>[0],
    scheme: string,
    value: string | null,
    verified: boolean,
  ): void => {
    if (!value) return
    const identifier = { scheme, value, verified, agency: serviceOf(row, contracts[agency]) }
    found.set(JSON.stringify(identifier), identifier)
  }
  for (const row of uncorrected(rowsOf(answers, 'socialCare', 'person'))) {
    give('socialCare', row, 'NHS_NUMBER', textOf(row, 'nhsNumber'), false)
    give('socialCare', row, 'UPN', textOf(row, 'upn'), false)
    give('socialCare', row, 'LA_CHILD_ID', textOf(row, 'laChildId'), true)
  }
  for (const row of uncorrected(rowsOf(answers, 'health', 'person')))
    give('health', row, 'NHS_NUMBER', textOf(row, 'nhsNumber'), row.nhsNumberVerified === true)
  for (const row of uncorrected(rowsOf(answers, 'education', 'person')))
    give('education', row, 'UPN', textOf(row, 'upn'), true)
  return [...found.values()]
}

/** What the date of birth rests on. */
export const dateOfBirthNeeds = {
  socialCare: { person: [...shared, 'dateOfBirth', 'isAlias'] },
  health: { person: [...shared, 'dateOfBirth'] },
  education: { person: [...shared, 'dateOfBirth'] },
  police: { person: [...shared, 'dateOfBirth'] },
} as const satisfies RequiredFields

/** What the expected date rests on. */
export const expectedDateNeeds = {
  socialCare: { person: [...shared, 'expectedDate', 'isAlias'] },
  health: { maternityBookings: [...shared, 'expectedDate'] },
} as const satisfies RequiredFields

/** What the sex rests on. */
export const sexNeeds = {
  socialCare: { person: [...shared, 'sex', 'isAlias'] },
  health: { person: [...shared, 'sex'] },
  education: { person: [...shared, 'sex'] },
  police: { person: [...shared, 'sex'] },
} as const satisfies RequiredFields

/**
 * Date of birth or sex as social care records it, else as the next agency does. Each source's code is kept as it is.
 */
export function personField<Field extends 'dateOfBirth' | 'sex'>(
  answers: AnswersWith<{ readonly [Agency in (typeof identifying)[number]]: { readonly person: Stating<Field> } }>,
  field: Field,
): string | null {
  for (const agency of identifying) {
    const value = latestOf<Field>(rowsOf(answers, agency, 'person'), field)
    if (value) return value
  }
  return null
}

/** The expected date of an unborn child, from social care, else from the maternity booking. */
export const expectedDate = (answers: AnswersTo<typeof expectedDateNeeds>): string | null =>
  latestOf(rowsOf(answers, 'socialCare', 'person'), 'expectedDate') ??
  latestOf(rowsOf(answers, 'health', 'maternityBookings'), 'expectedDate')

/** What communication needs rest on. */
export const communicationNeeds = {
  socialCare: { communication: [...shared, 'whose', 'language', 'interpreterRequired', 'needs'] },
} as const satisfies RequiredFields

/** Language and communication need of one person. */
export interface CommunicationNeed {
  readonly person: string
  readonly language: string | null
  readonly interpreterRequired: boolean
  readonly needs: readonly string[]
}

/** Languages and communication needs of the child and household. */
export const communication = (answers: AnswersTo<typeof communicationNeeds>): readonly CommunicationNeed[] =>
  uncorrected(rowsOf(answers, 'socialCare', 'communication')).map((row) => ({
    person: whose(row),
    language: textOf(row, 'language'),
    interpreterRequired: row.interpreterRequired === true,
    needs: textsOf(row, 'needs') ?? [],
  }))

/**
 * Whose need it is, in words such as CHILD or MOTHER. A row's common column of the same name is the agency's own person
 * id, which must not leave: whatever is not such a word is left out.
 */
const whose = (row: RowWith<'socialCare', 'communication', 'whose'>): string => {
  const text = textOf(row, 'whose') ?? ''
  return /^[A-Z]+(_[A-Z]+)*$/.test(text) ? text : 'NOT_STATED'
}

const isAlias = (row: RecordHead & { readonly isAlias?: unknown }): boolean => row.isAlias === true

type Stating<Field extends string> = { readonly isAlias?: unknown } & RecordHead &
  Pick<CommonRow, 'eventAt' | 'provenance.supersedes'> & { readonly [Each in Field]: Held<string> }

const latestOf = <Field extends string>(rows: readonly Stating<Field>[], field: Field): string | null => {
  const stated = uncorrected<Stating<Field>>(rows).filter((row) => !isAlias(row) && row[field])
  return latest<Stating<Field>>(stated, 'eventAt')?.[field] ?? null
}
