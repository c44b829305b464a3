import { birthDate, nhsNumber, normalise, postcode, pupilNumber, sexOf, spellByEar } from './normalise.ts'

/** What people have of a person, as they wrote it. Nothing is required; nothing is trusted. */
export interface Described {
  readonly given?: string | null
  readonly middle?: string | null
  readonly family?: string | null
  /** Other family names: before adoption, before marriage, of the other parent. */
  readonly otherFamily?: readonly string[]
  /** `yyyy-mm-dd`, or the part of it that is known. */
  readonly birth?: string | null
  readonly sex?: string | null
  readonly postcode?: string | null
  readonly house?: string | null
  readonly previousPostcodes?: readonly string[]
  readonly nhsNumber?: string | null
  /** Whether the source traced the number with the NHS. One copied from a letter is not verified. */
  readonly nhsVerified?: boolean
  readonly upn?: string | null
}

/** A person normalised once, ready to be compared many times. */
export interface Person {
  readonly given: string
  readonly givenEar: string
  readonly middle: string
  readonly family: string
  readonly familyEar: string
  readonly familyWords: readonly string[]
  readonly otherFamily: readonly string[]
  readonly birth: string
  readonly sex: '' | 'F' | 'M'
  /** Current postcode first, or empty; then earlier ones. */
  readonly postcode: string
  readonly previous: readonly string[]
  readonly house: string
  readonly nhs: string
  readonly nhsVerified: boolean
  readonly upn: string
}

/** Folds what was written. */
export function personOf(described: Described): Person {
  const words = normalise(described.given).split(' ')
  const given = words[0] ?? ''
  const family = normalise(described.family)
  return {
    given,
    givenEar: spellByEar(given),
    middle: [normalise(described.middle), ...words.slice(1)].filter(Boolean).join(' '),
    family,
    familyEar: spellByEar(family),
    familyWords: family ? family.split(' ') : [],
    otherFamily: (described.otherFamily ?? []).map(normalise).filter(Boolean),
    birth: birthDate(described.birth),
    sex: sexOf(described.sex),
    postcode: postcode(described.postcode),
    previous: (described.previousPostcodes ?? []).map(postcode).filter(Boolean),
    house: normalise(described.house),
    nhs: nhsNumber(described.nhsNumber),
    nhsVerified: described.nhsVerified ?? false,
    upn: pupilNumber(described.upn),
  }
}

/**
 * A person as the register keeps them: fields in a fixed order with bars between them. Folding leaves no bar and no comma in
 * any of them. It is read some twenty times in each search, several times quicker than JSON.
 */
export const normalisedText = (person: Person): string =>
  [
    person.given,
    person.givenEar,
    person.middle,
    person.family,
    person.familyEar,
    person.otherFamily.join(','),
    person.birth,
    person.sex,
    person.postcode,
    person.previous.join(','),
    person.house,
    person.nhs,
    person.nhsVerified ? '1' : '',
    person.upn,
  ].join('|')

/** A person out of what `normalisedText` wrote. The text is the register's own and was never a caller's. */
export function normalisedPerson(text: string): Person {
  if (text.startsWith('{')) return earlierPerson(text)
  const [given, givenEar, middle, family, familyEar, otherFamily, birth, sex, postcode, previous, house, nhs, is, upn] =
    text.split('|')
  return {
    given: given ?? '',
    givenEar: givenEar ?? '',
    middle: middle ?? '',
    family: family ?? '',
    familyEar: familyEar ?? '',
    familyWords: listed(family, ' '),
    otherFamily: listed(otherFamily, ','),
    birth: birth ?? '',
    sex: sex === 'F' || sex === 'M' ? sex : '',
    postcode: postcode ?? '',
    previous: listed(previous, ','),
    house: house ?? '',
    nhs: nhs ?? '',
    nhsVerified: is === '1',
    upn: upn ?? '',
  }
}

/** Records that were taken in before there was an order of fields. */
const earlierPerson = (text: string): Person => {
  const kept: Person = JSON.parse(text)
  return kept
}

const none: readonly string[] = []
const listed = (text: string | undefined, between: string): readonly string[] => (text ? text.split(between) : none)
