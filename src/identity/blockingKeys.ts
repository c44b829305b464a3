import { createHmac } from 'node:crypto'
import { isWhole, outward, soundKey } from './normalise.ts'
import type { Person } from './person.ts'

/**
 * What is stored so that a person can be found again: two people who share a key are compared. Each key is rare enough
 * that a million children share it with a few dozen at most.
 */
export function blockingKeys(person: Person): readonly string[] {
  const keys = new Set<string>()
  addNumbers(person, keys)
  const families = familySounds(person)
  const given = soundKey(person.given)
  add(person, { dates: fullDates(person), years: yearsOf(person, 0), codes: codesOf(person), families }, keys)
  for (const family of families) {
    // Found by a description without a date: there is no year to count back from, so none is in the key.
    if (given) keys.add(`name ${family} ${given}`)
    if (given && !person.birth) keys.add(`undated ${family} ${given}`)
    if (person.birth.length >= 6 && !person.isExpected) keys.add(`born ${family} ${person.birth.slice(0, 6)}`)
  }
  addExpected(person, families, keys)
  return [...keys]
}

/**
 * What is asked for: the stored keys, and those that the usual mistakes would have made: day and month swapped, a
 * year out, names swapped.
 */
export function searchKeys(person: Person): readonly string[] {
  const keys = new Set<string>()
  addNumbers(person, keys)
  const dates = fullDates(person)
  const [date] = dates
  if (date && Number(date.slice(6)) <= 12) dates.push(date.slice(0, 4) + date.slice(6) + date.slice(4, 6))
  if (date) dates.push(`${date.slice(0, 4)}0101`)
  const families = familySounds(person)
  const given = soundKey(person.given)
  add(person, { dates, years: yearsOf(person, 1), codes: codesOf(person), families }, keys)
  if (given) for (const family of families) keys.add(`${person.birth ? 'undated' : 'name'} ${family} ${given}`)
  addNewborn(person, families, keys)
  const turned = { given: person.family, givenWords: '', familyWords: [person.given], postcode: person.postcode }
  const turnedFamilies = given ? [given] : []
  add(turned, { dates: fullDates(person), years: yearsOf(person, 0), codes: [], families: turnedFamilies }, keys)
  return [...keys]
}

/**
 * Whether what was sent leads to everybody of this person's birthday and family name already, so that no twin need be
 * looked for besides.
 */
export function leadsToTwinsOf(query: Person, { birth, family }: Person): boolean {
  const sound = soundKey(family)
  return query.birth === birth && fullDates(query).length > 0 && familySounds(query).some((own) => own === sound)
}

/** The number keys alone: whoever bears a number that was sent is looked at before everybody else. */
export function numberKeys(person: Person): readonly string[] {
  const keys = new Set<string>()
  addNumbers(person, keys)
  return [...keys]
}

/** Months around a day in which a child that was expected on it may be born, and the other way about. */
const monthsAround = [-4, -3, -2, -1, 0, 1, 2, 3, 4]

const isUnborn = (person: Person): boolean => person.isExpected || person.isUnnamed || !person.given

/**
 * A child who is expected, or has no name yet, stands in every month in which it may be born, and at its home: few
 * do, so that all others are looked for in one month. How those who are born are found at home, by who is looked for
 * before it has a name.
 */
function addExpected(person: Person, families: readonly string[], keys: Set<string>): void {
  if (person.birth.length < 6) return
  const [code] = codesOf(person)
  if (code) keys.add(`home born ${code} ${person.birth.slice(0, 4)}`)
  if (!isUnborn(person)) return
  if (code) keys.add(`home expected ${code}`)
  for (const family of families)
    for (const away of monthsAround) keys.add(`expected ${family} ${monthFrom(person.birth, away)}`)
}

function addNewborn(person: Person, families: readonly string[], keys: Set<string>): void {
  if (person.birth.length < 6) return
  for (const family of families) keys.add(`expected ${family} ${person.birth.slice(0, 6)}`)
  for (const code of codesOf(person)) keys.add(`home expected ${code}`)
  if (!isUnborn(person)) return
  for (const away of monthsAround)
    for (const family of families) keys.add(`born ${family} ${monthFrom(person.birth, away)}`)
  for (const code of codesOf(person))
    for (const away of [-4, 0, 4]) keys.add(`home born ${code} ${monthFrom(person.birth, away).slice(0, 4)}`)
}

const monthFrom = (birth: string, away: number): string => {
  const month = Number(birth.slice(0, 4)) * 12 + Number(birth.slice(4, 6)) - 1 + away
  return `${Math.floor(month / 12)}${String((month % 12) + 1).padStart(2, '0')}`
}

interface Facets {
  readonly dates: readonly string[]
  readonly years: readonly string[]
  readonly codes: readonly string[]
  /** How the family names sound. */
  readonly families: readonly string[]
}

function familySounds({ familyWords, otherFamily }: Person): readonly string[] {
  const sounds: string[] = []
  for (const names of [familyWords, otherFamily])
    for (const name of names) {
      const sound = soundKey(name)
      if (sound && !sounds.includes(sound)) sounds.push(sound)
    }
  return sounds
}

/**
 * Sounds of a given name: of its first word, and of all its words in one, since another clerk may have written them
 * so.
 */
const givenSounds = ({ given, givenWords }: Pick<Person, 'given' | 'givenWords'>): readonly string[] => {
  const first = soundKey(given)
  const whole = givenWords ? soundKey(givenWords.replaceAll(' ', '')) : ''
  return [first, whole === first ? '' : whole].filter(Boolean)
}

type Names = Pick<Person, 'given' | 'givenWords' | 'familyWords' | 'postcode'>

function add(person: Names, { dates, years, codes, families }: Facets, keys: Set<string>): void {
  const givens = givenSounds(person)
  const district = outward(person.postcode)
  for (const date of dates) {
    for (const family of families) keys.add(`family ${date} ${family}`)
    for (const given of givens) keys.add(`given ${date} ${given}`)
    if (district) keys.add(`district ${date} ${district}`)
    if (person.given.length > 1) keys.add(`start ${date} ${person.given.slice(0, 2)}`)
    for (const word of person.familyWords) if (word.length > 1) keys.add(`family start ${date} ${word.slice(0, 2)}`)
  }
  for (const given of givens) {
    for (const family of families) {
      for (const year of years) keys.add(`year ${family} ${given} ${year}`)
      for (const date of dates) keys.add(`day ${family} ${given} ${date.slice(4)}`)
    }
    for (const code of codes) keys.add(`home given ${code} ${given}`)
  }
  for (const code of codes) for (const family of families) keys.add(`home family ${code} ${family}`)
}

const addNumbers = (person: Person, keys: Set<string>): void => {
  if (person.nhs) keys.add(`nhs ${person.nhs}`)
  // A newborn is written down under the mother's number, so that is looked for as its own too.
  if (person.motherNhs) keys.add(`nhs ${person.motherNhs}`)
  if (person.upn) keys.add(`upn ${person.upn}`)
}

const codesOf = (person: Person): readonly string[] => [person.postcode, ...person.previous].filter(isWhole)

const fullDates = (person: Person): string[] => (person.birth.length === 8 && !person.isExpected ? [person.birth] : [])

/** The year of birth, and those around it. */
function yearsOf(person: Person, around: number): readonly string[] {
  const year = Number(person.birth.slice(0, 4))
  return year ? Array.from({ length: 2 * around + 1 }, (_, offset) => String(year - around + offset)) : []
}

/**
 * Keys as they are stored: the first eight bytes of a keyed hash. Whoever steals the table without the secret can
 * test no guess at a name against it.
 */
export const keyHasher =
  (secret: string | Uint8Array) =>
  (key: string): bigint =>
    createHmac('sha256', secret).update(key).digest().readBigInt64BE(0)
