import { createHash } from 'node:crypto'
import { FileFault, type IdentityFacts, type ReadRecords } from '../incoming.ts'
import { elementsAt, elementsIn, textAt, type XmlElement } from '../xmlElements.ts'
import { ReturnRecords, sexOf, upnOf } from './returnRecords.ts'
import { readSpecialNeeds } from './specialNeedsInTransferFile.ts'

/** Whether a document is a common transfer file: DfE, Common transfer file specification (CTF 17 to 25). */
export const isCommonTransferFile = (root: XmlElement): boolean => root.name.toLowerCase() === 'ctfile'

/**
 * Records of a common transfer file, which a school sends when a pupil leaves. @throws FileFault where it has no
 * pupils.
 */
export function readCommonTransferFile(root: XmlElement, file: string): ReadRecords {
  const pupils = [...elementsAt(root, 'CTFpupilData', 'Pupil'), ...elementsAt(root, 'Pupils', 'Pupil')]
  if (pupils.length === 0) throw new FileFault(`${file} is a transfer file of no pupils.`)
  const [made] = elementsAt(root, 'Header', 'DateTime')
  const into = new ReturnRecords('ctf', file, made?.text)
  for (const pupil of pupils) readPupil(pupil, into)
  return into.read
}

/** Elements that older versions put into a group of their own, and newer ones beside it. */
const withDetails = (pupil: XmlElement): readonly XmlElement[] => [pupil, ...elementsIn(pupil, 'BasicDetails')]

function readPupil(pupil: XmlElement, into: ReturnRecords): void {
  const groups = withDetails(pupil)
  const first = (...names: readonly string[]) => groups.map((group) => textAt(group, ...names)).find((text) => text)
  const family = first('Surname', 'LegalSurname')
  const given = first('Forename', 'LegalForename')
  const born = first('DOB')
  const upn = upnOf(first('UPN'))
  const person = upn ?? personOf([family, given, born])
  if (person === null) {
    into.refuse(pupil.line, 'NO_PERSON', 'Pupil')
    return
  }
  into.add({
    ...{ line: pupil.line, list: 'person', person, kind: 'pupil' },
    codes: { sex: 'sex' },
    fields: {
      upn,
      upnUnknown: first('UPNunknown', 'UPNUnknown'),
      family,
      given,
      dateOfBirth: born,
      sex: sexOf(first('Sex', 'Gender')),
      homeLanguage: languageOf(groups, first('FirstLanguage')),
      ethnicity: first('Ethnicity'),
    },
    identity: identityOf(pupil, groups, family),
  })
  for (const school of elementsAt(pupil, 'SchoolHistory', 'School')) readSchool(school, person, into)
  for (const period of elementsIn(pupil, 'Attendance').flatMap(periodsIn)) readPeriod(period, person, into)
  readSpecialNeeds(pupil, person, into)
}

/** A pupil without a number is known by what is there: the same pupil in a later file has the same id. */
const personOf = (facts: readonly (string | undefined)[]): string | null =>
  facts.every((fact) => fact === undefined)
    ? null
    : `PUPIL-${createHash('sha256').update(JSON.stringify(facts)).digest('hex').slice(0, 16)}`

/** Of the codes of the common basic data set, those that are surely one language of BCP 47. */
const languages: Readonly<Record<string, string>> = {
  ...{ ENG: 'en', CYM: 'cy', POL: 'pl', URD: 'ur', PNJ: 'pa', BNG: 'bn', SOM: 'so', ARA: 'ar', FRN: 'fr', GUJ: 'gu' },
  ...{ TUR: 'tr', RMN: 'ro', ROM: 'ro', PRT: 'pt', POR: 'pt', SPA: 'es', ITA: 'it', GER: 'de', RUS: 'ru', LIT: 'lt' },
  ...{ TAM: 'ta', HIN: 'hi', CHI: 'zh', VIE: 'vi', ALB: 'sq', BSL: 'bfi' },
}

function languageOf(groups: readonly XmlElement[], stated: string | undefined): string | undefined {
  const listed = groups.flatMap((group) => [
    ...elementsAt(group, 'Languages', 'Type'),
    ...elementsAt(group, 'Languages', 'LanguageType'),
  ])
  const first = listed.find((each) => /^F(LA)?$/i.test(textAt(each, 'LanguageTy', 'LanguageType') ?? '')) ?? listed[0]
  const code = (first && textAt(first, 'LanguageCode', 'Language')) ?? stated
  return code === undefined ? undefined : languages[code.toUpperCase()]
}

function identityOf(pupil: XmlElement, groups: readonly XmlElement[], family: string | undefined): IdentityFacts {
  const first = (...names: readonly string[]) => groups.map((group) => textAt(group, ...names)).find((text) => text)
  const others = [first('PreferredSurname'), first('FormerSurname')].filter((name) => name && name !== family)
  const addresses = [
    ...elementsAt(pupil, 'Addresses', 'Address'),
    ...elementsAt(pupil, 'Addresses', 'AddressDetails'),
    ...elementsIn(pupil, 'Address', 'AddressDetails'),
  ]
  const written = addresses.flatMap((address) => [address, ...elementsIn(address, 'BS7666Address', 'AddressLines')])
  const [postcode, ...previous] = written.flatMap((address) => textAt(address, 'PostCode', 'Postcode') ?? [])
  const middle = first('MiddleNames')
  return {
    ...(others.length > 0 ? { otherFamilyNames: others.flatMap((name) => name ?? []) } : {}),
    ...(middle === undefined ? {} : { middleName: middle }),
    ...(postcode === undefined ? {} : { postcode, previousPostcodes: previous }),
  }
}

function readSchool(school: XmlElement, person: string, into: ReturnRecords): void {
  const from = textAt(school, 'EntryDate')
  const name = textAt(school, 'SchoolName')
  const numbers = [textAt(school, 'LEA'), textAt(school, 'Estab')].filter(Boolean).join('/')
  into.addDated({
    ...{ line: school.line, list: 'enrolments', person, kind: `school ${numbers || (name ?? '')}`, eventAt: from },
    fields: {
      urn: textAt(school, 'URN'),
      // The authority's and the school's number are no reference number; they stand where no name does.
      school: name ?? (numbers === '' ? undefined : `School ${numbers}`),
      from,
      to: textAt(school, 'LeavingDate'),
      endReason: textAt(school, 'LeavingReason'),
    },
  })
}

const periodsIn = (attendance: XmlElement): readonly XmlElement[] => {
  const years = elementsIn(attendance, 'AttendanceDetails', 'YearData', 'AttendanceData')
  return years.flatMap((year) => {
    const sessions = elementsIn(year, 'SessionDetails')
    return sessions.length > 0 ? sessions : [year]
  })
}

function readPeriod(period: XmlElement, person: string, into: ReturnRecords): void {
  const year = textAt(period, 'Year', 'AttendanceYear')
  const from =
    textAt(period, 'StartDate', 'AttendanceStartDate') ??
    elementsAt(period, 'AttendSessions', 'AttendanceStartDate')[0]?.text
  const possible = textAt(period, 'SessionsPossible')
  const attended = textAt(period, 'SessionsAttended')
  if (possible === undefined && attended === undefined) return
  into.add({
    ...{ line: period.line, list: 'attendance', person, kind: `attendance ${year ?? ''}`, eventAt: from },
    fields: {
      school: textAt(period, 'SchoolName'),
      from,
      to: textAt(period, 'EndDate', 'AttendanceEndDate'),
      possible,
      attended,
    },
  })
}
