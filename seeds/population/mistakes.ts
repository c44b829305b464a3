import { nicknamesOf } from '../../src/identity/nicknames.ts'
import { normalise } from '../../src/identity/normalise.ts'
import type { Described } from '../../src/identity/person.ts'
import { type Child, nhsNumber } from './children.ts'
import type { Chance } from './random.ts'

/** How an agency's record of a child differs from the truth. */
export interface Noise {
  /** Share of children who live elsewhere by now. */
  readonly moved: number
  /** Share of the moved whose earlier postcode is sent along. */
  readonly sendsPrevious: number
  /** Share of records with an NHS number. */
  readonly numbered: number
}

/** The situations in which a child is looked for. */
export const scenarios = {
  local: { moved: 0.12, sendsPrevious: 0.6, numbered: 0 },
  'with-nhs': { moved: 0.15, sendsPrevious: 0.6, numbered: 0.85 },
  transfer: { moved: 1, sendsPrevious: 0.95, numbered: 0 },
  twins: { moved: 0.12, sendsPrevious: 0.6, numbered: 0 },
} as const satisfies Record<string, Noise>

export type Scenario = keyof typeof scenarios

/** A record of the child as another agency might have written it: misheard, mistyped, shortened, outdated, left out. */
export function recordOf(
  child: Child,
  noise: Noise,
  newHome: () => { postcode: string; house: string },
  dice: Chance,
): Described {
  const isForeign = child.origin !== 'british' && child.origin !== 'portugueseAlbanian'
  let given = givenOf(child, isForeign, dice)
  let family = familyOf(child, isForeign, dice)
  if (dice.is(0.6)) {
    given = inLatin(given)
    family = inLatin(family)
  }
  if (dice.is(0.015)) [given, family] = [family, given]
  const wrongSex = child.sex === 'F' ? 'M' : 'F'
  const sex = dice.is(0.005) ? wrongSex : dice.is(0.02) ? '' : child.sex
  const numbered = dice.is(noise.numbered)
  return {
    given,
    middle: dice.is(0.3) ? child.middle : '',
    family,
    birth: birthOf(child.birth, dice),
    sex,
    ...homeOf(child, noise, newHome, dice),
    nhsNumber: numbered ? (dice.is(0.002) ? nhsNumber(dice.whole(0, 9_999_999)) : child.nhsNumber) : '',
    nhsVerified: numbered,
  }
}

/** What of the truth an index holds. */
export const heldOf = (child: Child): Described => ({
  given: child.given,
  middle: child.middle,
  family: child.family,
  birth: child.birth,
  sex: child.sex,
  postcode: child.postcode,
  house: child.house,
  previousPostcodes: child.previous,
  nhsNumber: child.nhsNumber,
  nhsVerified: true,
})

/** One of several things, each with its share; what is left over is no mistake. */
function oneOf(
  dice: Chance,
  mistakes: readonly (readonly [share: number, make: () => string])[],
  usual: string,
): string {
  let left = dice.next()
  for (const [share, make] of mistakes) {
    left -= share
    if (left < 0) return make()
  }
  return usual
}

const givenOf = ({ given, middle }: Child, isForeign: boolean, dice: Chance): string =>
  oneOf(
    dice,
    [
      [isForeign ? 0.16 : 0.05, () => misheard(given, dice)],
      [0.08, () => shortened(given, dice)],
      [0.07, () => mistyped(given, dice)],
      [0.02, () => middle || given],
      [0.015, () => given.slice(0, 1)],
      [0.02, () => ''],
    ],
    given,
  )

function familyOf(child: Child, isForeign: boolean, dice: Chance): string {
  const { family, alias, sex } = child
  const written = oneOf(
    dice,
    [
      [isForeign ? 0.25 : 0.05, () => misheard(family, dice)],
      [0.07, () => mistyped(family, dice)],
      [0.05, () => alias],
      [0.02, () => dice.of(family.split('-'))],
      [0.01, () => ''],
    ],
    family,
  )
  // An office gives a girl her father's form of the name.
  return isForeign && sex === 'F' && dice.is(0.08)
    ? written
        .replace(/ska$/, 'ski')
        .replace(/(ов|ев|ин)а$/, '$1')
        .replace(/ová$/, '')
    : written
}

function birthOf(birth: string, dice: Chance): string {
  const [year = '', month = '', day = ''] = birth.split('-')
  const digit = dice.whole(3, 9)
  return oneOf(
    dice,
    [
      [0.02, () => (Number(day) <= 12 ? `${year}-${day}-${month}` : birth)],
      [0.03, () => (birth[digit] === '-' ? birth : birth.slice(0, digit) + dice.whole(0, 9) + birth.slice(digit + 1))],
      [0.015, () => `${Number(year) + (dice.is(0.5) ? 1 : -1)}-${month}-${day}`],
      [0.01, () => `${year}-01-01`],
      [0.015, () => ''],
      [0.005, () => `${year}-${month}`],
    ],
    birth,
  )
}

function homeOf(child: Child, noise: Noise, newHome: () => { postcode: string; house: string }, dice: Chance) {
  if (dice.is(noise.moved)) {
    return { ...newHome(), previousPostcodes: dice.is(noise.sendsPrevious) ? [child.postcode] : [] }
  }
  const postcode = oneOf(
    dice,
    [
      [0.03, () => mistyped(child.postcode.toLowerCase(), dice).toUpperCase()],
      [0.03, () => child.postcode.split(' ')[0] ?? ''],
      [0.05, () => ''],
    ],
    child.postcode,
  )
  const house = dice.is(0.06) ? '' : dice.is(0.02) ? String(dice.whole(1, 140)) : child.house
  return { postcode, house, previousPostcodes: dice.is(0.1) ? child.previous : [] }
}

/** A letter put in, left out, changed, or swapped with its neighbour. */
function mistyped(text: string, dice: Chance): string {
  if (text.length < 3) return text
  const at = dice.whole(1, text.length - 1)
  const letter = String.fromCharCode(97 + dice.whole(0, 25))
  const forms = [
    text.slice(0, at) + letter + text.slice(at),
    text.slice(0, at) + text.slice(at + 1),
    text.slice(0, at) + letter + text.slice(at + 1),
    text.slice(0, at - 1) + text.charAt(at) + text.charAt(at - 1) + text.slice(at + 1),
  ]
  return dice.of(forms)
}

/** How an English ear writes down what it heard. */
const hearings: readonly (readonly [RegExp, string])[] = [
  [/szcz|shch/g, 'sh'],
  [/sz/g, 'sh'],
  [/cz/g, 'ch'],
  [/rz/g, 'j'],
  [/dz/g, 'z'],
  [/w/g, 'v'],
  [/sk[iy]\b/g, 'skee'],
  [/j/g, 'y'],
  [/kh/g, 'h'],
  [/ie/g, 'e'],
  [/ck/g, 'k'],
  [/ph/g, 'f'],
  [/e[iy]/g, 'ay'],
  [/ll/g, 'l'],
  [/oo/g, 'u'],
  [/y\b/g, 'ie'],
  [/c(?=[aou])/g, 'k'],
  [/ah\b/g, 'a'],
  [/ss/g, 's'],
  [/u/g, 'oo'],
  [/a\b/g, 'ah'],
]

function misheard(text: string, dice: Chance): string {
  const name = normalise(text)
  const fitting = hearings.filter(([pattern]) => name.search(pattern) >= 0)
  if (fitting.length === 0) return mistyped(name, dice)
  let heard = name
  for (let times = dice.is(0.4) ? 2 : 1; times > 0; times -= 1) {
    const [pattern, spelling] = dice.of(fitting)
    heard = heard.replace(pattern, spelling)
  }
  return heard
}

function shortened(text: string, dice: Chance): string {
  const forms = nicknamesOf(normalise(text))
  if (forms.length > 0) return dice.of(forms)
  return text.length > 5 ? text.slice(0, dice.whole(3, 4)) : text
}

/** As a system without diacritics, or without the script, keeps it. */
const inLatin = (text: string): string => normalise(text)
