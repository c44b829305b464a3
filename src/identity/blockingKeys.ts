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
  add(person, { dates: fullDates(person), years: yearsOf(person, 0), codes: codesOf(person) }, keys)
  return [...keys]
}

/** What is asked for: the stored keys, and those that the usual mistakes would have made: day and month swapped, a year out, names swapped. */
export function searchKeys(person: Person): readonly string[] {
  const keys = new Set<string>()
  addNumbers(person, keys)
  const dates = fullDates(person)
  const [date] = dates
  if (date && Number(date.slice(6)) <= 12) dates.push(date.slice(0, 4) + date.slice(6) + date.slice(4, 6))
  if (date) dates.push(`${date.slice(0, 4)}0101`)
  add(person, { dates, years: yearsOf(person, 1), codes: codesOf(person) }, keys)
  const turned = { ...person, given: person.family, family: person.given, familyWords: [person.given], otherFamily: [] }
  if (person.given && person.family) {
    add(turned, { dates: fullDates(person), years: yearsOf(person, 0), codes: [] }, keys)
  }
  return [...keys]
}

interface Facets {
  readonly dates: readonly string[]
  readonly years: readonly string[]
  readonly codes: readonly string[]
}

function add(person: Person, { dates, years, codes }: Facets, keys: Set<string>): void {
  const given = soundKey(person.given)
  const families = [...new Set([...person.familyWords, ...person.otherFamily].map(soundKey))].filter(Boolean)
  const district = outward(person.postcode)
  for (const date of dates) {
    for (const family of families) keys.add(`family ${date} ${family}`)
    if (given) keys.add(`given ${date} ${given}`)
    if (district) keys.add(`district ${date} ${district}`)
    if (person.given.length > 1) keys.add(`start ${date} ${person.given.slice(0, 2)}`)
    for (const word of person.familyWords) if (word.length > 1) keys.add(`family start ${date} ${word.slice(0, 2)}`)
  }
  for (const family of families) {
    if (!given) continue
    for (const year of years) keys.add(`year ${family} ${given} ${year}`)
    for (const date of dates) keys.add(`day ${family} ${given} ${date.slice(4)}`)
  }
  for (const code of codes) {
    if (given) keys.add(`home given ${code} ${given}`)
    for (const family of families) keys.add(`home family ${code} ${family}`)
  }
}

const addNumbers = (person: Person, keys: Set<string>): void => {
  if (person.nhs) keys.add(`nhs ${person.nhs}`)
  if (person.upn) keys.add(`upn ${person.upn}`)
}

const codesOf = (person: Person): readonly string[] => [person.postcode, ...person.previous].filter(isWhole)

const fullDates = (person: Person): string[] => (person.birth.length === 8 ? [person.birth] : [])

/** Oldest and youngest that a child's record may be about, when no year is known. */
const childYears = 20

/** Years around the year of birth; every year of a childhood when none is known and the probe may be wide. */
function yearsOf(person: Person, around: number): readonly string[] {
  const year = Number(person.birth.slice(0, 4))
  if (!year) return around ? Array.from({ length: childYears }, (_, back) => String(newestYear - back)) : []
  return Array.from({ length: 2 * around + 1 }, (_, offset) => String(year - around + offset))
}

/** A year of birth that no child on file is beyond; probes without a date of birth count back from it. */
const newestYear = 2027

/**
 * Keys as they are stored: the first eight bytes of a keyed hash. Whoever steals the table without the secret can test no
 * guess at a name against it.
 */
export const keyHasher =
  (secret: string | Uint8Array) =>
  (key: string): bigint =>
    createHmac('sha256', secret).update(key).digest().readBigInt64BE(0)
