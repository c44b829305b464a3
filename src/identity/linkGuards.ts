import { daysBetween, precisionOf } from './birthDate.ts'
import { autoLinkBirthLevels, birthLevels } from './compareBirths.ts'
import { autoLinkGivenLevels, differs, nameLevels, swapped } from './compareNames.ts'
import { place, sharedPostcodeLevels } from './fieldComparisons.ts'
import type { Weighed } from './matchWeight.ts'
import type { Person } from './person.ts'
import { edits } from './similarity.ts'

/** Why evidence alone does not link, however great its weight. */
export type AskReason =
  | 'NUMBER_CONTRADICTED'
  | 'NUMBER_SHARED'
  | 'NOT_SURE_ENOUGH'
  | 'GIVEN_NAME_NOT_AGREED'
  | 'MIDDLE_NAME_NOT_AGREED'
  | 'BIRTH_NOT_AGREED'
  | 'FAMILY_NAME_NOT_AGREED'
  | 'SEX_CONFLICTS'
  | 'NUMBER_CONFLICTS'

const close = nameLevels.indexOf('close')
const shortForm = nameLevels.indexOf('short form or part')
const loose = nameLevels.indexOf('loose')

/** A number that both sides' sources traced with the NHS. A number copied from a letter is evidence like any other. */
export const isNumbered = (query: Person, { candidate, levels }: Weighed): boolean =>
  levels[place.nhs] === 0 && query.nhsVerified && candidate.person.nhsVerified

/**
 * Whether a verified number and the date of birth are borne out by the names: nothing says that this is someone else, a
 * given name that is merely like comes with the family name and is no other name that children bear, and a child who is
 * not named yet is never distinguished from a twin by the number they were given.
 */
export function isConfirmed(query: Person, { candidate: { person }, levels, areTwoNames }: Weighed): boolean {
  const given = levels[place.given] ?? -1
  const family = levels[place.family] ?? -1
  if (query.isUnnamed || person.isUnnamed || query.isExpected || person.isExpected) return false
  if (levels[place.sex] === 1 || given === loose || given === differs || areTwoNames) return false
  const isFamilyAgreed = family >= 0 && family < loose
  if (query.birth.length !== 8 || query.birth !== person.birth)
    return isFamilyAgreed && autoLinkBirthLevels.has(levels[place.birth] ?? -1)
  const isAtHome = sharedPostcodeLevels.has(levels[place.address] ?? -1)
  const isGivenAgreed = given === swapped || (given >= 0 && given <= (isAtHome ? shortForm : close))
  return isGivenAgreed || isFamilyAgreed || (family < 0 && given < 0)
}

/** The number says one thing and something else another; what is only missing or misprinted is left to the evidence. */
export const isContradicted = ({ levels }: Weighed): boolean =>
  levels[place.given] === differs ||
  levels[place.sex] === 1 ||
  (levels[place.birth] ?? -1) > birthLevels.indexOf('two parts')

/**
 * Why a link by evidence would not be safe however great the weight, or null. One check a line, in order. How rare a
 * name is, is known where enough people are on file to have borne it; a list of other people's names is no ground to
 * open a record on a name and a birthday.
 */
export function guard(query: Person, match: Weighed, isRarityKnown = true): AskReason | null {
  const { levels, candidate } = match
  const hasNumber = isNumbered(query, match)
  if (!autoLinkGivenLevels.has(levels[place.given] ?? -1) && !(isRarityKnown && isMisprint(query, match)))
    return 'GIVEN_NAME_NOT_AGREED'
  if (levels[place.sex] === 1) return 'SEX_CONFLICTS'
  if ((levels[place.nhs] ?? -1) > 0 || (levels[place.upn] ?? -1) > 0) return 'NUMBER_CONFLICTS'
  if (query.isExpected || candidate.person.isExpected) return 'BIRTH_NOT_AGREED'
  if (hasNumber && match.areTwoNames) return 'GIVEN_NAME_NOT_AGREED'
  if (hasNumber)
    return levels[place.family] === differs && (levels[place.given] ?? -1) > 1 ? 'FAMILY_NAME_NOT_AGREED' : null
  // A second name that differs between children of one day and home is a twin's until it is shown otherwise.
  if (levels[place.middle] === 2) return 'MIDDLE_NAME_NOT_AGREED'
  if (!autoLinkBirthLevels.has(levels[place.birth] ?? -1) && !isOneHousehold(query, match)) return 'BIRTH_NOT_AGREED'
  return guardWithoutNumber(query, match, isRarityKnown)
}

/**
 * What links without a number have gone wrong by, in tens of millions of searches for children of whom many were not
 * on file: a twin whose name is nearly the same, another family in the house, a cousin next door born a year before,
 * and one name, misheard, born on one day in two towns.
 */
function guardWithoutNumber(
  query: Person,
  { candidate, levels, weight, isOthersName }: Weighed,
  isRarityKnown: boolean,
): AskReason | null {
  const given = levels[place.given] ?? -1
  const family = levels[place.family] ?? -1
  const birth = levels[place.birth] ?? -1
  if (given === close && (isOthersName || edits(query.given, candidate.person.given, 1) > 1))
    return 'GIVEN_NAME_NOT_AGREED'
  const isFamilyAgreed = family < 0 ? given === swapped : family < loose
  if (!isFamilyAgreed && !(isRarityKnown && isOneHouse(query, candidate.person, levels)))
    return 'FAMILY_NAME_NOT_AGREED'
  if (birth !== 0 && isAnotherHouse(query, candidate.person)) return 'BIRTH_NOT_AGREED'
  if (sharedPostcodeLevels.has(levels[place.address] ?? -1)) return null
  const isVerbatim = given === 0 && family === 0
  const isRare = weight >= (isVerbatim ? verbatimElsewhereAt : misspeltElsewhereAt)
  return birth === 0 && isRare && isRarityKnown ? null : 'NOT_SURE_ENOUGH'
}

/**
 * The first of a month on both sides says the month alone; one house and one name then say the rest. (The first of
 * January and of April, and whatever a register shows to be a default, say less than that.)
 */
const isOneHousehold = (query: Person, { candidate: { person }, levels }: Weighed): boolean =>
  query.birth.length === 8 &&
  query.birth === person.birth &&
  precisionOf(query.birth) === 'MONTH' &&
  levels[place.address] === 0 &&
  levels[place.given] === 0 &&
  (levels[place.family] ?? -1) === 0

/**
 * A given name one letter off that nobody bears, of a child of that birthday, family and home: a misprint. Where too
 * few are on file to know who bears what, it may be a twin's.
 */
const isMisprint = (query: Person, { candidate: { person }, levels, isOthersName }: Weighed): boolean =>
  !isOthersName &&
  Math.min(query.given.length, person.given.length) > 2 &&
  !query.isCompound &&
  !person.isCompound &&
  edits(query.given, person.given, 1) === 1 &&
  levels[place.birth] === 0 &&
  (levels[place.family] ?? loose) <= close &&
  sharedPostcodeLevels.has(levels[place.address] ?? -1)

/**
 * Another family name in one house, of who has the given name, the birthday and the sex; a register so large would
 * show a house of many families.
 */
const isOneHouse = (query: Person, person: Person, levels: readonly number[]): boolean =>
  levels[place.address] === 0 &&
  levels[place.given] === 0 &&
  levels[place.birth] === 0 &&
  levels[place.sex] === 0 &&
  (query.family !== '' || person.family !== '')

/** Two houses of one street: then a date that is one figure off is a cousin's. */
const isAnotherHouse = (query: Person, { postcode, house }: Person): boolean =>
  query.postcode === postcode && query.house !== '' && house !== '' && query.house !== house

/**
 * From here evidence may link where no postcode is shared: nothing then tells two people of one name and birthday
 * apart but how rare that is.
 */
const verbatimElsewhereAt = 13
const misspeltElsewhereAt = 14

/** Whether one of two is not born or not named yet, and both dates may be of one birth. */
export function isOneBirth(one: Person, other: Person): boolean {
  const isWaiting = (person: Person) => person.isExpected || person.isUnnamed || person.given === ''
  if (!isWaiting(one) && !isWaiting(other)) return false
  return Math.abs(daysBetween(one.birth, other.birth)) <= longestBefore
}

/** A child is born up to four months before the day on which it was expected, and hardly a month after. */
const longestBefore = 120
