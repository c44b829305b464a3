import { Refusal } from '../foundation/errors.ts'
import { readBirthDate } from './birthDate.ts'
import { searchKeys } from './blockingKeys.ts'
import { isWhole } from './normalise.ts'
import { type Person, personOf } from './person.ts'

/** A person as a caller describes them. Scalars have checked names and numbers; the texts are checked here. */
export interface PersonAsked {
  readonly family?: string | null
  readonly given?: string | null
  readonly otherNames?: readonly string[] | null
  readonly dateOfBirth?: string | null
  readonly expectedDate?: string | null
  readonly sex?: string | null
  readonly postcode?: string | null
  readonly previousPostcodes?: readonly string[] | null
  readonly nhsNumber?: string | null
  readonly upn?: string | null
  readonly motherNhsNumber?: string | null
}

const partialDate = /^\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?$/
const postcodeShape = /^[A-Za-z0-9]{2,4} ?[A-Za-z0-9]{0,4}$/
const sexShape = /^[\p{L}0-9]{1,10}$/u
const mostListed = 10

/**
 * Normalises what a caller sent. A number that they send is weighed as though verified, since the agency that holds it
 * says whether it is: one that health never traced decides nothing.
 */
export function personAsked(asked: PersonAsked, today: string): Person {
  const names = asked.otherNames ?? []
  const previous = asked.previousPostcodes ?? []
  if (names.length > mostListed || previous.length > mostListed) throw refused(`Give ${mostListed} of a kind at most.`)
  if (asked.dateOfBirth && !partialDate.test(asked.dateOfBirth))
    throw refused('A date of birth is written YYYY-MM-DD, YYYY-MM or YYYY.')
  if (asked.expectedDate && !partialDate.test(asked.expectedDate))
    throw refused('An expected date is written YYYY-MM-DD.')
  // A file's misprint still says most of what it said; whoever asks can be told of theirs and write it anew.
  for (const date of [asked.dateOfBirth, asked.expectedDate]) {
    if (readBirthDate(date).reading === 'IMPOSSIBLE') throw refused('No calendar has that date.')
    if (date && !isOfALife(date, today)) throw refused('Nobody whom this can be about is born or expected then.')
  }
  // A day that has not come is when a child is expected, whatever it is called.
  const isAhead = (asked.dateOfBirth ?? '') > today
  if (asked.sex && !sexShape.test(asked.sex)) throw refused('A sex is one word or code.')
  for (const code of [asked.postcode, ...previous])
    if (code && !postcodeShape.test(code)) throw refused('A postcode has up to eight letters and digits.')
  const person = personOf({
    given: asked.given ?? null,
    family: asked.family ?? null,
    otherFamily: names,
    birth: isAhead ? null : (asked.dateOfBirth ?? null),
    expected: asked.expectedDate ?? (isAhead ? (asked.dateOfBirth ?? null) : null),
    sex: asked.sex ?? null,
    postcode: asked.postcode ?? null,
    previousPostcodes: previous,
    nhsNumber: asked.nhsNumber ?? null,
    nhsVerified: Boolean(asked.nhsNumber),
    upn: asked.upn ?? null,
    motherNhs: asked.motherNhsNumber ?? null,
  })
  if (searchKeys(person).length === 0 && !(isUnplaced(person) && person.isExpected))
    throw refused('That is too little to search by. Give a number, or a name with a date of birth or a postcode.')
  return person
}

const earliestYear = 1900
/** Days ahead beyond which no child is expected yet. */
const longestAhead = 310

/** Whether a day is one on which somebody who is looked for can have been born, or can be expected. */
function isOfALife(date: string, today: string): boolean {
  const latest = new Date(Date.parse(today) + longestAhead * 86_400_000).toISOString().slice(0, date.length)
  return Number(date.slice(0, 4)) >= earliestYear && date <= latest
}

/**
 * Whether somebody who has no name or number of their own yet could be on file under what was not sent: that nobody
 * was found rules nobody out. Who is sent with the mother's number may be on file under another family name, and
 * without that number; who is sent by neither name nor home, under any.
 */
export function isUnplaced(person: Person): boolean {
  if (person.given !== '' || person.nhs !== '' || person.upn !== '') return false
  if (person.motherNhs !== '') return true
  const isNamed = person.family !== '' || person.otherFamily.length > 0
  const isHomeKnown = [person.postcode, ...person.previous].some(isWhole)
  return !isNamed && !isHomeKnown && (person.isExpected || person.isUnnamed)
}

const refused = (message: string): Refusal => new Refusal('BAD_INPUT', { message })
