import { ageOn, dayText, septemberOf, today, yearOf } from './days.ts'
import type { Dice } from './dice.ts'
import { localNumber, type NhsNumbers, upnOf } from './numbers.ts'
import { type Place, type Practice, placeOf, practiceOf, type School, schoolOf } from './places.ts'
import { boys, familyNames, girls, languages, streets } from './words.ts'

/** How far services have come into a family's life; each level has what the one before has. */
export const levels = [
  'UNIVERSAL',
  'EARLY_HELP',
  'CONTACT',
  'CHILD_IN_NEED',
  'CHILD_PROTECTION',
  'LOOKED_AFTER',
] as const
export type Level = (typeof levels)[number]

export interface Adult {
  readonly relation: 'MOTHER' | 'FATHER' | 'STEPFATHER'
  readonly name: string
  readonly bornOn: number
  readonly inHousehold: boolean
  /** Person id of adult services; null where they do not know the adult. */
  readonly person: string | null
}

export interface Schooling {
  readonly school: School
  readonly from: number
  readonly to: number | null
}

export interface GeneratedChild {
  /** From 1, in order of making. */
  readonly number: number
  readonly id: string
  readonly family: string
  readonly given: string
  readonly sex: 'M' | 'F'
  readonly bornOn: number
  readonly age: number
  readonly level: Level
  /** Lives in a home and has a log of years: the longest chronologies. */
  readonly longRecord: boolean
  readonly nhsNumber: string | null
  readonly upn: string | null
  readonly laChildId: string
  readonly schooling: readonly Schooling[]
  /** Each agency's own person id; null where the agency does not know the child. */
  readonly health: string
  readonly education: string | null
  readonly police: string | null
  readonly socialCare: string | null
}

/** Children of one household, with the adults in their lives. */
export interface Family {
  readonly place: Place
  readonly practice: Practice
  readonly address: string
  readonly postcode: string
  readonly livedThereFrom: number
  readonly language: string
  readonly ethnicity: string
  readonly domesticAbuse: boolean
  readonly adults: readonly [Adult, ...Adult[]]
  readonly children: readonly GeneratedChild[]
}

/** A child in a thousand has a record of years, always at the same place, so that a measurement finds it. */
export const hasLongRecord = (child: number): boolean => child % 1000 === 500

export const childId = (child: number): string => `G${String(child).padStart(7, '0')}`

/** Shares of families by level, in thousandths: most know the universal services alone. */
const shares: Readonly<Record<Level, number>> = {
  UNIVERSAL: 790,
  EARLY_HELP: 50,
  CONTACT: 100,
  CHILD_IN_NEED: 42,
  CHILD_PROTECTION: 8,
  LOOKED_AFTER: 10,
}

const levelOf = (dice: Dice): Level => {
  let draw = dice.between(1, 1000)
  for (const level of levels) {
    draw -= shares[level]
    if (draw <= 0) return level
  }
  return 'UNIVERSAL'
}

export const isKnownToSocialCare = (level: Level): boolean => levels.indexOf(level) >= levels.indexOf('CONTACT')
export const isOpenCase = (level: Level): boolean => levels.indexOf(level) >= levels.indexOf('CHILD_IN_NEED')

/** The next family: one to four children, numbered from `first`, at most `most` of them. */
export function familyOf(dice: Dice, nhsNumbers: NhsNumbers, first: number, most: number): Family {
  const size = sizeOf(dice, first, most)
  const numbers = Array.from({ length: size }, (_, place) => first + place)
  const level = hasLongRecord(first) ? 'LOOKED_AFTER' : levelOf(dice)
  const place = placeOf(dice)
  const practice = practiceOf(dice, place)
  const surname = dice.pick(familyNames)
  const youngest = today - dice.between(20, mostDays - (size - 1) * widestGap)
  const open = isOpenCase(level)
  const domesticAbuse = dice.chance(open ? 0.55 : level === 'CONTACT' ? 0.3 : 0.01)
  const house = dice.between(1, 180)
  const children = numbers.map((number) =>
    child(dice, nhsNumbers, { number, surname, place, level, youngest, nth: number - first }),
  )
  const oldest = Math.min(...children.map(({ bornOn }) => bornOn))
  return {
    place,
    practice,
    address: `${house} ${dice.pick(streets)}, ${place.town}`,
    postcode: `${place.postcode} ${dice.between(1, 9)}${letter(dice)}${letter(dice)}`,
    livedThereFrom: Math.max(oldest - 400, today - dice.between(300, 5000)),
    language: dice.pick(languages),
    ethnicity: dice.pick(['WBRI', 'WBRI', 'WBRI', 'WBRI', 'WOTH', 'AIND', 'APKN', 'BAFR', 'MWBC']),
    domesticAbuse,
    adults: adultsOf(dice, { surname, oldest, first, level }),
    children,
  }
}

/** Nobody of the population is eighteen yet, and siblings are eleven months to three and a half years apart. */
const mostDays = 17 * 365
const widestGap = 1300

/** By how many days the nth sibling is older than the youngest. */
const olderBy = (dice: Dice, nth: number): number =>
  nth === 0 ? 0 : (nth - 1) * widestGap + dice.between(340, widestGap)

/** A child with a long record is alone, so that no sibling's number moves it. */
const sizeOf = (dice: Dice, first: number, most: number): number => {
  const size = Math.min(most, dice.pick(familySizes))
  if (hasLongRecord(first)) return 1
  for (let further = 1; further < size; further += 1) if (hasLongRecord(first + further)) return further
  return size
}

const familySizes: readonly [number, ...number[]] = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3, 4]
const letters = 'ABDEFGHJLNPQRSTUWXYZ'
const letter = (dice: Dice): string => letters.charAt(dice.between(0, letters.length - 1))

interface Birth {
  readonly number: number
  readonly surname: string
  readonly place: Place
  readonly level: Level
  readonly youngest: number
  readonly nth: number
}

function child(dice: Dice, nhsNumbers: NhsNumbers, birth: Birth): GeneratedChild {
  const { number, surname, place, level, youngest, nth } = birth
  const longRecord = hasLongRecord(number)
  const bornOn = longRecord ? today - dice.between(5200, 5800) : youngest - olderBy(dice, nth)
  const age = ageOn(bornOn, today)
  const sex = dice.chance(0.51) ? 'M' : 'F'
  const schooling = schoolingOf(dice, place, bornOn)
  const known = isKnownToSocialCare(level)
  const police = dice.chance(known ? (isOpenCase(level) ? 0.75 : 0.4) : age >= 10 ? 0.05 : 0.01) || longRecord
  return {
    number,
    id: childId(number),
    family: surname,
    given: dice.pick(sex === 'M' ? boys : girls),
    sex,
    bornOn,
    age,
    level,
    longRecord,
    nhsNumber: nhsNumbers.next(),
    upn: schooling.length > 0 ? upnOf(place.dfeCode, bornOn, number) : null,
    laChildId: `${place.dfeCode}${localNumber(number, 7_654_321)}`,
    schooling,
    health: `H-${localNumber(number, 3_141_593)}`,
    education: schooling.length > 0 ? `P-${localNumber(number, 2_718_281)}` : null,
    police: police ? `${place.force}-N-${localNumber(number, 1_618_033)}` : null,
    socialCare: known ? `${place.prefix}-${localNumber(number, 5_772_156)}` : null,
  }
}

/** Reception in the September after the fourth birthday, secondary seven years later. */
function schoolingOf(dice: Dice, place: Place, bornOn: number): readonly Schooling[] {
  const [, month] = dayText(bornOn).split('-')
  const reception = septemberOf(yearOf(bornOn) + (Number(month) >= 9 ? 5 : 4))
  if (reception > today) return []
  const secondary = septemberOf(yearOf(reception) + 7)
  const primary = schoolOf(dice, place, 'PRIMARY')
  if (secondary > today) return [{ school: primary, from: reception, to: null }]
  return [
    { school: primary, from: reception, to: secondary - 46 },
    { school: schoolOf(dice, place, 'SECONDARY'), from: secondary, to: null },
  ]
}

interface Parents {
  readonly surname: string
  readonly oldest: number
  readonly first: number
  readonly level: Level
}

function adultsOf(dice: Dice, { surname, oldest, first, level }: Parents): [Adult, ...Adult[]] {
  const known = dice.chance(isOpenCase(level) ? 0.7 : level === 'CONTACT' ? 0.3 : 0.03)
  const knownFather = dice.chance(isOpenCase(level) ? 0.4 : 0.01)
  const father = dice.chance(0.9)
  const person = (place: number) => `A-${localNumber(first * 2 + place, 1_414_213)}`
  return [
    {
      relation: 'MOTHER',
      name: `${dice.pick(girls)} ${surname}`,
      bornOn: oldest - dice.between(17, 40) * 365,
      inHousehold: level !== 'LOOKED_AFTER',
      person: known ? person(0) : null,
    },
    ...(father
      ? [
          {
            relation: dice.chance(0.85) ? ('FATHER' as const) : ('STEPFATHER' as const),
            name: `${dice.pick(boys)} ${dice.chance(0.6) ? surname : dice.pick(familyNames)}`,
            bornOn: oldest - dice.between(18, 45) * 365,
            inHousehold: level !== 'LOOKED_AFTER' && dice.chance(0.65),
            person: knownFather ? person(1) : null,
          },
        ]
      : []),
  ]
}
