import { daysBetween, precisionOf } from './birthDate.ts'
import { areNicknames } from './nicknames.ts'
import { isVowelless, isWhole, outward, spellByEar } from './normalise.ts'
import type { Person } from './person.ts'
import { edits, jaroWinkler } from './similarity.ts'

/**
 * One way in which two people are compared: how much they agree, as a level by number, or -1 when either side is
 * silent.
 */
export interface Comparison<P> {
  readonly name: string
  readonly levels: readonly string[]
  level(first: P, second: P): number
  /** The value whose rarity makes agreement on it say more, or a common one less. */
  readonly term?: (person: P) => string
  /** The worst level at which the rarity of the value still counts, as a caution and never as a bonus. */
  readonly closeTo?: number
}

export const nameLevels = [
  'exact',
  'by ear',
  'close',
  'near',
  'short form or part',
  'loose',
  'differs',
  'swapped',
] as const

/** Levels of a given name at which a link without a person's look is thinkable. */
export const autoLinkGivenLevels: ReadonlySet<number> = new Set([0, 1, 2, 7])

const [exact, byEar, close, near, shortForm, loose] = [0, 1, 2, 3, 4, 5] as const
export const differs = 6
export const swapped = 7

function nameLevel(first: string, second: string, firstEar: string, secondEar: string): number {
  if (first === second) return exact
  if (firstEar === secondEar) return byEar
  const likeness = Math.max(jaroWinkler(first, second), jaroWinkler(firstEar, secondEar))
  if (likeness >= 0.92) return close
  if (likeness >= 0.85 || isOneSkeleton(first, second)) return near
  return likeness >= 0.7 ? loose : differs
}

/** Arabic and Hebrew script leave vowels out, and so does what is made of them in Latin letters: "mhmd" is Mohammed. */
const isOneSkeleton = (first: string, second: string): boolean =>
  (isVowelless(first) || isVowelless(second)) && skeleton(first).length > 1 && skeleton(first) === skeleton(second)

const skeleton = (name: string): string => name.replace(/[aeiouyw' ]/g, '').replace(/(.)\1+/g, '$1')

/**
 * Given names of several words, as wholes and as parts. Half of a compound name is borne by brothers and sisters, so
 * a half that agrees is a part, and halves of which one differs are two names.
 */
function givenLevel(first: Person, second: Person): number {
  if (first.givenWords === '' && second.givenWords === '')
    return nameLevel(first.given, second.given, first.givenEar, second.givenEar)
  const [whole, other] = [compact(first), compact(second)]
  if (whole !== '' && whole === other && first.givenWords + second.givenWords !== '') return exact
  const level = nameLevel(first.given, second.given, first.givenEar, second.givenEar)
  if (!first.isCompound && !second.isCompound) {
    return level > close && first.givenWords !== second.givenWords && spellByEar(whole) === spellByEar(other)
      ? byEar
      : level
  }
  if (spellByEar(whole) === spellByEar(other)) return byEar
  const [rest, otherRest] = [restOf(first), restOf(second)]
  if (rest && otherRest) {
    const further = nameLevel(rest, otherRest, spellByEar(rest), spellByEar(otherRest))
    return further > close ? Math.max(level, loose) : Math.max(level, further)
  }
  const single = rest ? second : first
  if (level <= close || single.given === rest || single.given === otherRest) return shortForm
  return level
}

/** All of a given name in one word: Abdulrahman for Abdul Rahman. */
const compact = (person: Person): string => person.givenWords.replaceAll(' ', '') || person.given

/** What follows the first word: the other half of a compound name, or a middle name that may be it. */
const restOf = (person: Person): string =>
  person.isCompound ? person.givenWords.slice(person.given.length + 1) : person.middle

/**
 * How surely each one's given name is the other's family name, from 0 to 1: the worse of the two agreements, when
 * they beat the straight ones by a clear margin.
 */
function crossing(first: Person, second: Person): number {
  if (!first.given || !first.family || !second.given || !second.family) return 0
  if (first.given === second.given || first.family === second.family) return 0
  const crossed = jaroWinkler(first.given, second.family)
  if (crossed < 0.75) return 0
  const back = jaroWinkler(first.family, second.given)
  if (back < 0.75 || crossed + back < 1.65) return 0
  const straight = jaroWinkler(first.given, second.given) + jaroWinkler(first.family, second.family)
  return crossed + back > straight + 0.4 ? Math.min(crossed, back) : 0
}

/**
 * A swap of names so like that nothing but the swap needs explaining. One with an initial or a misprint tells twins
 * apart no more than an initial does.
 */
const isCleanlySwapped = (first: Person, second: Person): boolean => crossing(first, second) >= 0.92

const isSomehowSwapped = (first: Person, second: Person): boolean =>
  crossing(first, second) > 0 || isMisplaced(first, second) || isMisplaced(second, first)

/** Whether the only name of one is the other's given name, written as a family name. */
const isMisplaced = (single: Person, whole: Person): boolean =>
  single.given === '' &&
  single.family !== '' &&
  whole.given !== '' &&
  whole.family !== '' &&
  jaroWinkler(single.family, whole.given) > Math.max(0.92, jaroWinkler(single.family, whole.family))

const isShortForm = (name: string, other: Person): boolean =>
  areNicknames(name, other.given) ||
  (name.length === 1 && other.given.startsWith(name)) ||
  (name.length >= 3 && other.given.startsWith(name)) ||
  (other.middle !== '' && (name === other.middle || other.middle.split(' ').includes(name)))

/**
 * Whether one name is the other's short form. Of compound names it is asked of neither: their halves were looked at.
 */
const isShort = (first: Person, second: Person): boolean =>
  !(first.isCompound && second.isCompound) && (isShortForm(first.given, second) || isShortForm(second.given, first))

const given: Comparison<Person> = {
  name: 'given',
  levels: nameLevels,
  closeTo: 3,
  term: (person) => person.given,
  level: (first, second) => {
    if (!first.given || !second.given) return isMisplaced(first, second) || isMisplaced(second, first) ? shortForm : -1
    const level = givenLevel(first, second)
    if (level <= close) return level
    if (isCleanlySwapped(first, second)) return swapped
    if (isSomehowSwapped(first, second)) return 4
    return level > near && level !== shortForm && isShort(first, second) ? shortForm : level
  },
}

const family: Comparison<Person> = {
  name: 'family',
  levels: nameLevels.slice(0, swapped),
  closeTo: 3,
  term: (person) => person.family,
  level: (first, second) => {
    if (!first.family || !second.family) return -1
    const level = nameLevel(first.family, second.family, first.familyEar, second.familyEar)
    if (level <= 2) return level
    // A swap is one fact about two names: the given name tells it, and the family name then says nothing of its own.
    if (isSomehowSwapped(first, second)) return -1
    return level > 3 && sharesPart(first, second) ? 4 : level
  },
}

/** Half of a double name, or one that the person is known by besides. */
function sharesPart(first: Person, second: Person): boolean {
  const isSingle = first.familyWords.length + second.familyWords.length === 2
  if (isSingle && first.otherFamily.length + second.otherFamily.length === 0) return false
  const names = [...first.familyWords, ...first.otherFamily]
  const others = [...second.familyWords, ...second.otherFamily]
  return names.some((name) =>
    others.some(
      (other) => name.length > 1 && (spellByEar(name) === spellByEar(other) || jaroWinkler(name, other) > 0.93),
    ),
  )
}

export const birthLevels = [
  'exact',
  'day and month swapped',
  'one edit',
  'first of January',
  'as far as known',
  'two parts',
  'near in time',
  'one part',
  'differs',
] as const

/** Levels of a date of birth at which a link without a person's look is thinkable: the day, or a misprint of it. */
export const autoLinkBirthLevels: ReadonlySet<number> = new Set([0, 1, 2])

const birth: Comparison<Person> = {
  name: 'birth',
  levels: birthLevels,
  level: (one, two) => {
    const [first, second] = [one.birth, two.birth]
    if (!first || !second) return -1
    if (one.isExpected || two.isExpected) return isNearExpected(first, second) ? -1 : 8
    const [precision, other] = [precisionOf(first), precisionOf(second)]
    if (precision === 'YEAR' || other === 'YEAR') return yearLevel(first, second, precision === other)
    if (first === second) return precision === 'DAY' ? 0 : 4
    if (first.length < 7 || second.length < 7) {
      if (first.startsWith(second) || second.startsWith(first)) return 4
      return first.slice(0, 4) === second.slice(0, 4) ? 7 : 8
    }
    const level = datesLevel(first, second)
    // The first of a month is written where only the month is known, so it contradicts no day of it.
    return level > 2 && precision !== other && first.slice(0, 6) === second.slice(0, 6) ? 3 : level
  },
}

/** Years apart that an estimated age may be, of which the first of January alone is written. */
const estimated = 2

/**
 * Where one date says a year alone. Two that do agree on next to nothing; an estimated year contradicts none near it.
 */
function yearLevel(first: string, second: string, isBoth: boolean): number {
  const apart = Math.abs(Number(first.slice(0, 4)) - Number(second.slice(0, 4)))
  if (apart === 0) return isBoth ? -1 : 3
  const isWritten = first.length === 8 && second.length === 8
  if (isWritten && apart <= estimated) return -1
  return 8
}

/** A child is born up to four months before the day on which it was expected, and hardly a month after. */
const isNearExpected = (first: string, second: string): boolean => {
  const days = daysBetween(first, second)
  return Number.isNaN(days) ? first.slice(0, 4) === second.slice(0, 4) : Math.abs(days) <= 120
}

function datesLevel(first: string, second: string): number {
  const [year, month, day] = [first.slice(0, 4), first.slice(4, 6), first.slice(6)]
  const [otherYear, otherMonth, otherDay] = [second.slice(0, 4), second.slice(4, 6), second.slice(6)]
  const sameYear = year === otherYear
  if (sameYear && month === otherDay && day === otherMonth) return 1
  const distance = edits(first, second, 2)
  if (distance === 1) return 2
  const equal = Number(sameYear) + Number(month === otherMonth) + Number(day === otherDay)
  if (equal === 2 || distance === 2) return 5
  if (Math.abs(daysOf(first) - daysOf(second)) <= 45) return 6
  return sameYear || equal === 1 ? 7 : 8
}

/** Days, of months as long as one another: near enough for nearness. */
const daysOf = (date: string): number =>
  Number(date.slice(0, 4)) * 365.25 + Number(date.slice(4, 6)) * 30.4 + Number(date.slice(6))

const address: Comparison<Person> = {
  name: 'address',
  levels: ['house', 'postcode', 'previous postcode', 'one edit', 'district', 'area', 'differs'],
  level: (first, second) => {
    if (!first.postcode || !second.postcode) return first.previous.length > 0 && livedAtOne(first, second) ? 2 : -1
    const code = first.postcode
    const other = second.postcode
    if (code === other && isWhole(code)) return first.house && first.house === second.house ? 0 : 1
    if (livedAtOne(first, second)) return 2
    if ((isWhole(code) || isWhole(other)) && edits(code, other, 1) === 1) return 3
    if (outward(code) === outward(other)) return 4
    return code.slice(0, 2) === other.slice(0, 2) ? 5 : 6
  },
}

/** Levels of an address at which a whole postcode is one, present or previous. */
export const sharedPostcodeLevels: ReadonlySet<number> = new Set([0, 1, 2])

const livedAtOne = (first: Person, second: Person): boolean =>
  first.previous.some((code) => isWhole(code) && (code === second.postcode || second.previous.includes(code))) ||
  second.previous.some((code) => isWhole(code) && code === first.postcode)

const middle: Comparison<Person> = {
  name: 'middle',
  levels: ['agrees', 'initial agrees', 'differs'],
  level: ({ middle: first }, { middle: second }) => {
    if (!first || !second) return -1
    if (first === second || spellByEar(first) === spellByEar(second) || jaroWinkler(first, second) >= 0.92) return 0
    if (isPartOf(first, second) || isPartOf(second, first)) return 0
    return (first.length === 1 || second.length === 1) && first[0] === second[0] ? 1 : 2
  },
}

/** Whether every one of fewer middle names is among the other's. */
const isPartOf = (few: string, many: string): boolean => {
  const others = many.split(' ').map(spellByEar)
  return few.length > 1 && few.split(' ').every((name) => others.includes(spellByEar(name)))
}

const sex: Comparison<Person> = {
  name: 'sex',
  levels: ['same', 'differs'],
  level: (first, second) => (first.sex && second.sex ? Number(first.sex !== second.sex) : -1),
}

const identifier = (name: string, of: (person: Person) => string): Comparison<Person> => ({
  name,
  levels: ['same', 'one edit', 'differs'],
  level: (first, second) => {
    const number = of(first)
    const other = of(second)
    return number && other ? Math.min(2, edits(number, other, 1)) : -1
  },
})

/** Every comparison of two people, in the order in which a model holds what it knows of them. */
export const comparisons: readonly Comparison<Person>[] = [
  given,
  family,
  birth,
  address,
  sex,
  identifier('nhs', (person) => person.nhs),
  identifier('upn', (person) => person.upn),
  middle,
]

/** Where a comparison stands in `comparisons`. */
export const place = { given: 0, family: 1, birth: 2, address: 3, sex: 4, nhs: 5, upn: 6, middle: 7 } as const
