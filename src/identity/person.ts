import { birthDate } from './birthDate.ts'
import { isFirstHalf } from './data/compoundNames.ts'
import { isPlaceholderFamily, isPlaceholderGiven, withoutMarks } from './data/placeholders.ts'
import { nhsNumber, normalise, postcode, pupilNumber, sexOf, spellByEar } from './normalise.ts'

/** What people have of a person, as they wrote it. Nothing is required; nothing is trusted. */
export interface Described {
  readonly given?: string | null
  readonly middle?: string | null
  readonly family?: string | null
  /** Other family names: before adoption, before marriage, of the other parent. */
  readonly otherFamily?: readonly string[]
  /** `yyyy-mm-dd`, or the part of it that is known. */
  readonly birth?: string | null
  /**
   * Expected date of delivery, of a child who is not born or was not when this was written. It counts when there is
   * no `birth`.
   */
  readonly expected?: string | null
  readonly sex?: string | null
  readonly postcode?: string | null
  readonly house?: string | null
  readonly previousPostcodes?: readonly string[]
  readonly nhsNumber?: string | null
  /** Whether the source traced the number with the NHS. One copied from a letter is not verified. */
  readonly nhsVerified?: boolean
  readonly upn?: string | null
  /** The mother's NHS number: a newborn is often written down under it. */
  readonly motherNhs?: string | null
}

/** A person normalised once, ready to be compared many times. What stands for a thing not known is left out. */
export interface Person {
  /** The first given name, and how it sounds. */
  readonly given: string
  readonly givenEar: string
  /** Every word that stood where the given name stands, when there are several; else empty. */
  readonly givenWords: string
  /** Whether those words are one name (Isla-Rose, Abdul Rahman), and not a first and a middle one. */
  readonly isCompound: boolean
  /** Whether a placeholder stood for the given name: two of those who are not named yet are not known to be one. */
  readonly isUnnamed: boolean
  readonly middle: string
  readonly family: string
  readonly familyEar: string
  readonly familyWords: readonly string[]
  readonly otherFamily: readonly string[]
  readonly birth: string
  /** Whether `birth` is the day on which the child was expected. */
  readonly isExpected: boolean
  readonly sex: '' | 'F' | 'M'
  /** Current postcode first, or empty; then earlier ones. */
  readonly postcode: string
  readonly previous: readonly string[]
  readonly house: string
  readonly nhs: string
  readonly nhsVerified: boolean
  readonly upn: string
  readonly motherNhs: string
}

/** Normalises what was written. */
export function personOf(described: Described): Person {
  const family = normalise(described.family)
  const birth = birthDate(described.birth)
  return {
    ...givenNamesOf(described),
    ...familyNameOf(isPlaceholderFamily(family) ? '' : family),
    otherFamily: (described.otherFamily ?? [])
      .map(normalise)
      .filter((name) => name !== '' && !isPlaceholderFamily(name)),
    birth: birth || birthDate(described.expected),
    isExpected: birth === '' && birthDate(described.expected) !== '',
    sex: sexOf(described.sex),
    postcode: postcode(described.postcode),
    previous: (described.previousPostcodes ?? []).map(postcode).filter(Boolean),
    house: normalise(described.house),
    nhs: nhsNumber(described.nhsNumber),
    nhsVerified: described.nhsVerified ?? false,
    upn: pupilNumber(described.upn),
    motherNhs: nhsNumber(described.motherNhs),
  }
}

const familyNameOf = (family: string) => ({
  family,
  familyEar: spellByEar(family),
  familyWords: family ? family.split(' ') : none,
})

function givenNamesOf({ given, middle }: Described) {
  const written = normalise(given)
  const isUnnamed = isPlaceholderGiven(written)
  const words = isUnnamed ? none : withoutMarks(listed(written, ' '))
  const [first = '', ...more] = words
  const isCompound = more.length > 0 && (isFirstHalf(first) || /\p{L}{2}[-‐–]\p{L}/u.test(given ?? ''))
  const middles = withoutMarks([
    ...listed(isPlaceholderGiven(normalise(middle)) ? '' : normalise(middle), ' '),
    ...(isCompound ? none : more),
  ])
  return {
    given: first,
    givenEar: spellByEar(first),
    givenWords: more.length > 0 ? words.join(' ') : '',
    isCompound,
    isUnnamed,
    middle: middles.join(' '),
  }
}

/**
 * A person as the register keeps them: fields in a fixed order with bars between them. Normalising leaves no bar and
 * no comma in any of them. It is read some twenty times in each search, several times quicker than JSON. New fields
 * come last, so that what was written before them is still read.
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
    person.givenWords,
    `${person.isCompound ? 'c' : ''}${person.isUnnamed ? 'u' : ''}${person.isExpected ? 'e' : ''}`,
    person.motherNhs,
  ].join('|')

/** A person out of what `normalisedText` wrote. The text is the register's own and was never a caller's. */
export function normalisedPerson(text: string): Person {
  const fields = (text.startsWith('{') ? fieldsOfEarlier(text) : text).split('|')
  const [given = '', givenEar = '', middle = '', family = '', familyEar = '', otherFamily, birth = '', sex, ...more] =
    fields
  const [postcode = '', previous, house = '', nhs = '', is, upn = '', givenWords = '', marks = '', motherNhs = ''] =
    more
  return {
    given,
    givenEar,
    givenWords,
    isCompound: marks.includes('c'),
    isUnnamed: marks.includes('u'),
    middle,
    family,
    familyEar,
    familyWords: listed(family, ' '),
    otherFamily: listed(otherFamily, ','),
    birth,
    isExpected: marks.includes('e'),
    sex: sex === 'F' || sex === 'M' ? sex : '',
    postcode,
    previous: listed(previous, ','),
    house,
    nhs,
    nhsVerified: is === '1',
    upn,
    motherNhs,
  }
}

/** Records that were taken in before there was an order of fields: they know none of the later ones. */
function fieldsOfEarlier(text: string): string {
  const stored: Person = JSON.parse(text)
  return normalisedText({
    ...stored,
    givenWords: '',
    isCompound: false,
    isUnnamed: false,
    isExpected: false,
    motherNhs: '',
  })
}

const none: readonly string[] = []
const listed = (text: string | undefined, between: string): readonly string[] => (text ? text.split(between) : none)
