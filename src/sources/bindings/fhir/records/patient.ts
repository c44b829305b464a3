import type { HeldRecord } from '../../../heldRecord.ts'
import { administrative, heldOf, type Reading } from '../draft.ts'
import { type Json, listAt, objectAt, textAt, textsAt } from '../json.ts'
import { named } from '../names.ts'

const nhsNumber = 'https://fhir.nhs.uk/Id/nhs-number'
const verification = 'https://fhir.hl7.org.uk/StructureDefinition/Extension-UKCore-NHSNumberVerificationStatus'

/** The person, and the practices with which they are registered. */
export function patientRecords(reading: Reading, patient: Json, person: string): readonly HeldRecord[] {
  const name = currentName(patient)
  const number = nhsIdentifier(patient)
  const self = heldOf(reading, patient, {
    list: 'person',
    id: `Patient/${person}`,
    person,
    classified: administrative,
    fields: {
      nhsNumber: number && textAt(number, 'value'),
      nhsNumberVerified: isVerified(number),
      family: name?.['family'],
      given: givenOf(name),
      dateOfBirth: patient['birthDate'],
      sex: patient['gender'],
    },
  })
  return [self, ...registrations(reading, patient, person)]
}

/** A practice is where the child is known to general practice. Since when, a patient's record does not say. */
function registrations(reading: Reading, patient: Json, person: string): readonly HeldRecord[] {
  return listAt(patient, 'generalPractitioner').map((reference, at) => {
    const practice = named(patient, reference, reading.names, reading.base)
    return heldOf(reading, patient, {
      list: 'registrations',
      id: `Patient/${person}-gp-${at + 1}`,
      person,
      classified: administrative,
      fields: { practice: practice.code, name: practice.organization ?? practice.name, contact: practice.contact },
    })
  })
}

/** The name in use: official before usual, and none that is past its end. */
export const currentName = (patient: Json): Json | null => {
  const names = listAt(patient, 'name').filter(
    (name) => textAt(name, 'use') !== 'old' && objectAt(name, 'period')?.['end'] === undefined,
  )
  return names.find((name) => textAt(name, 'use') === 'official') ?? names[0] ?? null
}

/** The first given name and those after it, as one text. */
export const givenOf = (name: Json | null): string | null => {
  const given = textsAt(name, 'given')
  return given.length === 0 ? null : given.join(' ')
}

export const nhsIdentifier = (patient: Json): Json | null =>
  listAt(patient, 'identifier').find(
    (each) => textAt(each, 'system') === nhsNumber && textAt(each, 'value') !== null && textAt(each, 'use') !== 'old',
  ) ?? null

/** `01` is a number that is present and verified; where nothing is said, it is not known. */
export const isVerified = (identifier: Json | null): boolean | null => {
  const status = listAt(identifier, 'extension').find((each) => textAt(each, 'url') === verification)
  const code = textAt(listAt(objectAt(status ?? null, 'valueCodeableConcept'), 'coding')[0] ?? null, 'code')
  return code === null ? null : code === '01'
}
