import type { Answers, RequiredFields } from '../disclosure/context.ts'
import type { AgencyName } from '../foundation/agencies.ts'
import { latest, textOf, uncorrected } from '../records/period.ts'
import type { Row } from '../sources/contract.ts'
import { type Contracts, rowsOf } from './answered.ts'
import { textsOf } from './concerns.ts'
import { serviceOf } from './provenance.ts'

/** Agencies whose `person` list is about the child and is among the needs below, the lead agency first. */
const identifying = ['socialCare', 'health', 'education', 'police'] as const satisfies readonly AgencyName[]

const shared = ['eventAt', 'provenance.agency', 'provenance.supersedes'] as const

const personNeeds = (fields: Readonly<Partial<Record<AgencyName, readonly string[]>>>): RequiredFields =>
  Object.fromEntries(
    Object.entries(fields).map(([agency, wanted]) => [agency, { person: [...shared, ...(wanted ?? [])] }]),
  )

/** What names rest on. */
export const nameNeeds: RequiredFields = personNeeds({
  socialCare: ['family', 'given', 'isAlias'],
  health: ['family', 'given'],
  education: ['family', 'given'],
  police: ['family', 'given'],
})

/** A name. */
export interface PersonName {
  readonly family: string
  readonly given: string | null
  readonly isAlias: boolean
  readonly agency: string
}

/** Names by every agency that gave one, each spelling kept: legal names first, the lead agency's before others. */
export function names(answers: Answers, contracts: Contracts): readonly PersonName[] {
  const found = new Map<string, PersonName>()
  for (const { row, agency } of persons(answers)) {
    const family = textOf(row, 'family')
    if (!family) continue
    const name = {
      family,
      given: textOf(row, 'given'),
      isAlias: row['isAlias'] === true,
      agency: serviceOf(row, contracts[agency]),
    }
    found.set(JSON.stringify(name), name)
  }
  return [...found.values()].sort((one, other) => Number(one.isAlias) - Number(other.isAlias))
}

/** What identifiers rest on. */
export const identifierNeeds: RequiredFields = personNeeds({
  socialCare: ['laChildId', 'nhsNumber', 'upn'],
  health: ['nhsNumber', 'nhsNumberVerified'],
  education: ['upn'],
})

/** An identifier, and whether the agency that gave it can vouch for it. */
export interface Identifier {
  readonly scheme: string
  readonly value: string
  readonly verified: boolean
  readonly agency: string
}

/** Identifiers by every agency that gave one. A copy in another agency's record is never verified by being copied. */
export function identifiers(answers: Answers, contracts: Contracts): readonly Identifier[] {
  const found = new Map<string, Identifier>()
  for (const { row, agency } of persons(answers)) {
    const give = (scheme: string, field: string, verified: boolean): void => {
      const value = textOf(row, field)
      if (!value) return
      const identifier = { scheme, value, verified, agency: serviceOf(row, contracts[agency]) }
      found.set(JSON.stringify(identifier), identifier)
    }
    give('NHS_NUMBER', 'nhsNumber', agency === 'health' && row['nhsNumberVerified'] === true)
    give('UPN', 'upn', agency === 'education')
    give('LA_CHILD_ID', 'laChildId', agency === 'socialCare')
  }
  return [...found.values()]
}

/** What the date of birth rests on. */
export const dateOfBirthNeeds: RequiredFields = personNeeds({
  socialCare: ['dateOfBirth', 'isAlias'],
  health: ['dateOfBirth'],
  education: ['dateOfBirth'],
  police: ['dateOfBirth'],
})

/** What the expected date rests on. */
export const expectedDateNeeds: RequiredFields = {
  socialCare: { person: [...shared, 'expectedDate', 'isAlias'] },
  health: { maternityBookings: [...shared, 'expectedDate'] },
}

/** What the sex rests on. */
export const sexNeeds: RequiredFields = personNeeds({
  socialCare: ['sex', 'isAlias'],
  health: ['sex'],
  education: ['sex'],
  police: ['sex'],
})

/** Date of birth or sex as social care records it, else as the next agency does. Each source's code is kept as it is. */
export function personField(answers: Answers, field: 'dateOfBirth' | 'sex'): string | null {
  for (const agency of identifying) {
    const value = latestOf(rowsOf(answers, agency, 'person'), field)
    if (value) return value
  }
  return null
}

/** The expected date of an unborn child, from social care, else from the maternity booking. */
export const expectedDate = (answers: Answers): string | null =>
  latestOf(rowsOf(answers, 'socialCare', 'person'), 'expectedDate') ??
  latestOf(rowsOf(answers, 'health', 'maternityBookings'), 'expectedDate')

/** What communication needs rest on. */
export const communicationNeeds: RequiredFields = {
  socialCare: { communication: [...shared, 'whose', 'language', 'interpreterRequired', 'needs'] },
}

/** Language and communication need of one person. */
export interface CommunicationNeed {
  readonly person: string
  readonly language: string | null
  readonly interpreterRequired: boolean
  readonly needs: readonly string[]
}

/** Languages and communication needs of the child and household. */
export const communication = (answers: Answers): readonly CommunicationNeed[] =>
  uncorrected(rowsOf(answers, 'socialCare', 'communication')).map((row) => ({
    person: whose(row),
    language: textOf(row, 'language'),
    interpreterRequired: row['interpreterRequired'] === true,
    needs: textsOf(row, 'needs') ?? [],
  }))

/**
 * Whose need it is, in words such as CHILD or MOTHER. A row's common column of the same name is the agency's own person
 * id, which must not leave: whatever is not such a word is not told.
 */
const whose = (row: Row): string => {
  const text = textOf(row, 'whose') ?? ''
  return /^[A-Z]+(_[A-Z]+)*$/.test(text) ? text : 'NOT_STATED'
}

const persons = (answers: Answers): readonly { readonly row: Row; readonly agency: AgencyName }[] =>
  identifying.flatMap((agency) => uncorrected(rowsOf(answers, agency, 'person')).map((row) => ({ row, agency })))

const latestOf = (rows: readonly Row[], field: string): string | null => {
  const stated = uncorrected(rows).filter((row) => row['isAlias'] !== true && textOf(row, field) !== null)
  const row = latest(stated, 'eventAt')
  return row && textOf(row, field)
}
