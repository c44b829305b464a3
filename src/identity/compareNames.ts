import type { Comparison } from './comparison.ts'
import { areNicknames } from './nicknames.ts'
import { isVowelless, spellByEar } from './normalise.ts'
import type { Person } from './person.ts'
import { jaroWinkler } from './similarity.ts'

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

/** How much two given names agree. */
export const given: Comparison<Person> = {
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

/** How much two family names agree. */
export const family: Comparison<Person> = {
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

/** How much two middle names agree. */
export const middle: Comparison<Person> = {
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
