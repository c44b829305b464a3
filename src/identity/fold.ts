import anyAscii from 'any-ascii'
import { doubleMetaphone } from 'double-metaphone'
import { LRUCache } from 'lru-cache'

/** Any script as lower-case a–z words: "Wiśniewska-Żak" becomes "wisniewska zak". Without it, matching is worst for those whose names an English keyboard lacks. */
export const fold = (text: string | null | undefined): string =>
  text
    ? anyAscii(text.normalize('NFC'))
        .toLowerCase()
        .replace(/['’`´.]/g, '')
        .replace(/[^a-z0-9]+/g, ' ')
        .trim()
    : ''

/** How a folded name is respelt so that what was heard and what was read become one. In order: later rules see the work of earlier ones. */
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

/** A folded name spelt by ear: equal for Kowalczyk and Kovalchik, for Wiśniewska and Vishnevski. */
export const spellByEar = remembered((folded: string): string =>
  respellings.reduce((name, [pattern, spelling]) => name.replace(pattern, spelling), folded),
)

/** A short code that names of one sound share; empty for an empty name. It finds candidates; it never decides. */
export const soundKey = remembered((folded: string): string =>
  folded ? doubleMetaphone(spellByEar(folded).replace(/ /g, ''))[0].slice(0, 5) : '',
)

/** Ten digits whose last is right by modulus 11, or empty. NHS Data Dictionary, NHS NUMBER. */
export const nhsNumber = (text: string | null | undefined): string => {
  const digits = (text ?? '').replace(/[\s-]/g, '')
  if (!/^[0-9]{10}$/.test(digits)) return ''
  let sum = 0
  for (let place = 0; place < 9; place += 1) sum += Number(digits[place]) * (10 - place)
  const check = (11 - (sum % 11)) % 11
  return check === Number(digits[9]) ? digits : ''
}

/** A unique pupil number as written, or empty. Whether it was ever issued is for its source to verify. */
export const pupilNumber = (text: string | null | undefined): string => {
  const number = (text ?? '').replace(/\s/g, '').toUpperCase()
  return /^[A-Z][0-9]{11}[0-9A-Z]$/.test(number) ? number : ''
}

/** Capitals and digits without spaces: "sw1a 1aa" becomes "SW1A1AA". An outward half alone is kept. */
export const postcode = (text: string | null | undefined): string =>
  fold(text).replace(/ /g, '').toUpperCase().slice(0, 12)

const fullPostcode = /^[A-Z]{1,2}[0-9][A-Z0-9]?[0-9][A-Z]{2}$/
const outwardOnly = /^[A-Z]{1,2}[0-9][A-Z0-9]?$/

/** Whether a folded postcode names a street and not only a district. Codes of other countries count as whole. */
export const isWhole = (code: string): boolean => code.length > 3 && !outwardOnly.test(code)

/** The district of a folded postcode. */
export const outward = (code: string): string => (fullPostcode.test(code) ? code.slice(0, -3) : code)

/**
 * Digits of a date of birth, year first: `yyyymmdd`, or `yyyymm` or `yyyy` when no more is known, or empty. A date that
 * the calendar lacks is kept: it is a misprint of a true one, and still says most of what it said.
 */
export const birthDate = (text: string | null | undefined): string => {
  const written = (text ?? '').trim()
  const yearFirst = /^(\d{4})(?:[-/. ]?(\d{1,2})(?:[-/. ]?(\d{1,2}))?)?(?:T.*)?$/.exec(written)
  if (yearFirst) return parts(yearFirst[1], yearFirst[2], yearFirst[3])
  const dayFirst = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(written)
  if (dayFirst) return parts(dayFirst[3], dayFirst[2], dayFirst[1])
  return /^\d{7,8}$/.test(written) ? written : ''
}

const parts = (year = '', month?: string, day?: string): string =>
  year + (month ? month.padStart(2, '0') + (day ? day.padStart(2, '0') : '') : '')

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
