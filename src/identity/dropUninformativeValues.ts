import { isTestNumber, outward } from './normalise.ts'
import type { Person } from './person.ts'
import type { RegisterKnowledge } from './registerKnowledge.ts'

/**
 * A person without what the register shows to say nothing: the postcode of a hotel or hostel says the district alone,
 * a day that stands where none is known says the year, and a number of the range kept for tests says nothing unless
 * its source traced it. The same person when nothing is left out.
 */
export function withoutNoEvidence(person: Person, register: RegisterKnowledge | undefined): Person {
  if (!register) return person
  const isCrowded = register.crowdedPostcodes.has(person.postcode)
  const wasCrowded = person.previous.some((code) => register.crowdedPostcodes.has(code))
  const isDefault = register.defaultDates.has(person.birth)
  const counts = register.testNumbersCount
  const isTest = !counts && !person.nhsVerified && isTestNumber(person.nhs)
  const isMotherTest = !counts && isTestNumber(person.motherNhs)
  if (!isCrowded && !wasCrowded && !isDefault && !isTest && !isMotherTest) return person
  return {
    ...person,
    ...(isCrowded ? { postcode: outward(person.postcode), house: '' } : {}),
    previous: wasCrowded ? person.previous.filter((code) => !register.crowdedPostcodes.has(code)) : person.previous,
    birth: isDefault ? `${person.birth.slice(0, 4)}0101` : person.birth,
    nhs: isTest ? '' : person.nhs,
    motherNhs: isMotherTest ? '' : person.motherNhs,
  }
}
