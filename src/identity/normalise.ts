import anyAscii from 'any-ascii'
import { doubleMetaphone } from 'double-metaphone'
import { LRUCache } from 'lru-cache'
import { isPseudoPostcode } from './data/places.ts'

/**
 * Any script as lower-case a–z words: "Wiśniewska-Żak" becomes "wisniewska zak". Without it, matching is worst for
 * those whose names an English keyboard lacks.
 */
export const normalise = (text: string | null | undefined): string =>
  text
    ? anyAscii(text.normalize('NFC'))
        .toLowerCase()
        .replace(/['’`´.]/g, '')
        .replace(/[^a-z0-9]+/g, ' ')
        .trim()
    : ''

/**
 * How a normalised name is respelt so that what was heard and what was read become one. In order: later rules see the
 * work of earlier ones.
 */
const respellings: readonly (readonly [pattern: RegExp, spelling: string])[] = [
  // A woman's form of a family name: -ska, -ova, -eva, -ina; Lithuanian -iene (married) and -aite, -yte, -ute (not).
  [/(s|c|dz)ka\b/g, '$1ki'],
  [/(..)(o|e)va\b/g, '$1$2v'],
  [/(...)(iene|aite|yte|ute|iute)\b/g, '$1as'],
  [/(...)(is|us|ys)\b/g, '$1as'],
  // Slavic pairs of letters as an English ear writes them.
  [/szcz|shch|sch/g, 'sh'],
  [/sz|sj|s(?=[cn]i)/g, 'sh'],
  [/cz|tch|tsch/g, 'ch'],
  [/rz/g, 'zh'],
  [/dzh|dz|dj/g, 'j'],
  [/\bj(?=[aeiou])|(?<=[aeiou])j|(?<=[bdfgklmnprstvwz])j/g, 'y'],
  [/w/g, 'v'],
  [/kh|ch(?=[lr])/g, 'h'],
  [/ph/g, 'f'],
  [/gh\b/g, 'g'],
  [/x/g, 'ks'],
  [/ck|q/g, 'k'],
  [/c(?=[aou]|\b)/g, 'k'],
  [/ou|oo/g, 'u'],
  [/ee|ea|ie|iy|yi|ij|yj|ey|ei/g, 'i'],
  [/y/g, 'i'],
  [/ai/g, 'ei'],
  [/(?<=[aeiou])h\b/g, ''],
  [/(.)\1+/g, '$1'],
]

/** A normalised name spelt by ear: equal for Kowalczyk and Kovalchik, for Wiśniewska and Vishnevski. */
export const spellByEar = remembered((normalised: string): string =>
  respellings.reduce((name, [pattern, spelling]) => name.replace(pattern, spelling), normalised),
)

/** A short code that names of one sound share; empty for an empty name. It finds candidates; it never decides. */
export const soundKey = remembered((normalised: string): string =>
  normalised ? doubleMetaphone(withVowels(spellByEar(normalised).replace(/ /g, '')))[0].slice(0, 5) : '',
)

/** Whether a name has no vowel after its first letter: of a script that writes none, as Arabic and Hebrew do. */
export function isVowelless(name: string): boolean {
  for (let at = 1; at < name.length; at += 1) if (vowels.includes(name.charAt(at))) return false
  return name.length > 2
}

const vowels = 'aeiou'

/** "mhmd" as it is said: a sound is looked for among those of names with vowels. */
const withVowels = (name: string): string =>
  isVowelless(name)
    ? name
        .replace(/(?<=.)w/g, 'u')
        .replace(/(?<=.)y/g, 'i')
        .replace(/^ah/, 'AH')
        .replace(/([b-df-hj-np-tv-z])(?=[b-df-hj-np-tv-z])/g, '$1a')
        .toLowerCase()
    : name

/**
 * Ten digits whose last is right by modulus 11, or empty. NHS Data Dictionary, NHS NUMBER. One digit ten times, or a
 * row of digits, is right by that rule and is what somebody types who has no number.
 */
export const nhsNumber = (text: string | null | undefined): string => {
  const digits = (text ?? '').replace(/[\s-]/g, '')
  if (!/^[0-9]{10}$/.test(digits) || /^(\d)\1{9}$/.test(digits) || /^(0123456789|1234567890)$/.test(digits)) return ''
  let sum = 0
  for (let place = 0; place < 9; place += 1) sum += Number(digits[place]) * (10 - place)
  const check = (11 - (sum % 11)) % 11
  return check === Number(digits[9]) ? digits : ''
}

/** Whether an NHS number is of the range that is kept for tests and never issued: 999 000 0000 and beyond. */
export const isTestNumber = (number: string): boolean => number.startsWith('999')

/** A unique pupil number as written, or empty. Whether it was ever issued is for its source to verify. */
export const pupilNumber = (text: string | null | undefined): string => {
  const number = (text ?? '').replace(/\s/g, '').toUpperCase()
  return /^[A-Z][0-9]{11}[0-9A-Z]$/.test(number) ? number : ''
}

/**
 * Capitals and digits without spaces: "sw1a 1aa" becomes "SW1A1AA". An outward half alone is kept; a code that is no
 * place is not.
 */
export const postcode = (text: string | null | undefined): string => {
  const code = normalise(text).replace(/ /g, '').toUpperCase().slice(0, 12)
  return isPseudoPostcode(code) ? '' : code
}

const fullPostcode = /^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$/

/**
 * Whether a normalised postcode names a street. Those of other countries hold thousands of people, and count as a
 * district.
 */
export const isWhole = (code: string): boolean => fullPostcode.test(code)

/** The district of a normalised postcode. */
export const outward = (code: string): string => (isWhole(code) ? code.slice(0, -3) : code)

/** `F`, `M` or empty: what is neither, or not known, says nothing about who this is. */
export const sexOf = (text: string | null | undefined): '' | 'F' | 'M' => {
  const word = (text ?? '').trim().toLowerCase()
  if (/^(f|female|girl|w|woman|2)$/.test(word)) return 'F'
  return /^(m|male|boy|man|1)$/.test(word) ? 'M' : ''
}

/** Remembers answers of a pure function, so many that it cannot grow without end. */
function remembered(work: (text: string) => string): (text: string) => string {
  const known = new LRUCache<string, string>({ max: 20_000 })
  return (text) => {
    const answer = known.get(text)
    if (answer !== undefined) return answer
    const fresh = work(text)
    known.set(text, fresh)
    return fresh
  }
}
