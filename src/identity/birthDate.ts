/** How surely a written date of birth is one: read, read though no calendar has it, left out, or not understood. */
export type DateReading = 'READ' | 'IMPOSSIBLE' | 'EMPTY' | 'UNREADABLE'

/**
 * Digits of a date of birth, year first: `yyyymmdd`, or `yyyymm` or `yyyy` when no more is known, or empty. A date
 * that the calendar lacks is kept: it is a misprint of a true one, and still says most of what it said.
 */
export const birthDate = (text: string | null | undefined): string => digitsOf(text) ?? ''

/** The same, with how it was read: a file that holds dates nobody can read is refused, not taken in without them. */
export function readBirthDate(text: string | null | undefined): {
  readonly digits: string
  readonly reading: DateReading
} {
  const digits = digitsOf(text)
  if (digits === null) return { digits: '', reading: 'UNREADABLE' }
  if (digits === '') return { digits, reading: 'EMPTY' }
  return { digits, reading: isPossible(digits) ? 'READ' : 'IMPOSSIBLE' }
}

/** Digits, none where no date is given, or null for what nobody can read. */
function digitsOf(text: string | null | undefined): string | null {
  const written = (text ?? '').trim().replace(/\s+00:00(:00(\.0+)?)?$/, '')
  if (written === '' || areNoWords.test(written)) return ''
  const digits =
    yearFirst(written) ??
    dayFirst(written) ??
    withMonthName(written) ??
    excelSerial(written) ??
    (/^\d{7,8}$/.test(written) ? written : null)
  return digits !== null && areNoDates.has(digits) ? '' : digits
}

const areNoWords = /^(null|none|n\/?a|nan|unknown|not known|nk|unk|tbc|-+)$/i

/** What systems write where there is no date: their first day, their last, and the years that forms begin with. */
const areNoDates: ReadonlySet<string> = new Set(
  '0000 000000 00000000 00000101 1900 190001 19000101 19010101 18991230 18991231 00010101 11111111 17530101 99991231 20991231 29991231 22222222'.split(
    ' ',
  ),
)

function yearFirst(written: string): string | null {
  const parted = /^(\d{4})(?:([-/. ])(\d{1,2})(?:\2(\d{1,2}))?)?(?:T.*)?$/.exec(written)
  if (parted) return parts(parted[1], parted[3], parted[4])
  return /^(1[5-9]|2[01])\d{4}$/.test(written) && Number(written.slice(4)) <= 12 ? written : null
}

/** Day first, as it is written here; month first where no month is that late (07/13/2014). */
function dayFirst(written: string): string | null {
  const parted = /^(\d{1,2})[-/. ](\d{1,2})[-/. ](\d{4})$/.exec(written)
  if (!parted) return null
  const isMonthFirst = Number(parted[2]) > 12 && Number(parted[1]) <= 12
  return isMonthFirst ? parts(parted[3], parted[1], parted[2]) : parts(parted[3], parted[2], parted[1])
}

const months = 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ')

/** "3 July 2014", "July 3, 2014", "03-Jul-2014", "July 2014". */
function withMonthName(written: string): string | null {
  const found =
    /^(?:(\d{1,2})(?:st|nd|rd|th)?[ -]*)?([a-z]{3,9})\.?[ -]*(?:(\d{1,2})(?:st|nd|rd|th)?,? +)?(\d{4})$/i.exec(written)
  const month = months.indexOf((found?.[2] ?? '').toLowerCase().slice(0, 3)) + 1
  return found && month > 0 ? parts(found[4], String(month), found[1] ?? found[3]) : null
}

/** A day as Excel counts them, from 1950 to 2064: five digits and nothing else. */
function excelSerial(written: string): string | null {
  const serial = /^\d{5}(\.0+)?$/.test(written) ? Number(written) : 0
  if (serial < 18_264 || serial > 60_000) return null
  return new Date(Date.UTC(1899, 11, 30) + serial * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '')
}

const parts = (year = '', month?: string, day?: string): string =>
  year + (month ? month.padStart(2, '0') + (day ? day.padStart(2, '0') : '') : '')

function isPossible(digits: string): boolean {
  const [year, month, day] = [digits.slice(0, 4), digits.slice(4, 6) || '01', digits.slice(6) || '01']
  const date = new Date(`${year}-${month}-${day}T00:00:00Z`)
  return !Number.isNaN(date.getTime()) && date.toISOString().slice(0, 10) === `${year}-${month}-${day}`
}

/** How much of a date is known: `YEAR` for one that is written where only the year is. */
export type Precision = 'DAY' | 'MONTH' | 'YEAR' | 'NONE'

/**
 * What a normalised date says. The first of January and the first of April are written where a year alone is known
 * (asylum claims, estimated ages; the first day of a financial year), and the first of a month where a month is.
 */
export function precisionOf(birth: string): Precision {
  if (birth === '') return 'NONE'
  if (birth.length < 6 || birth.endsWith('0101') || (birth.length === 8 && birth.endsWith('0401'))) return 'YEAR'
  return birth.length < 8 || birth.endsWith('01') ? 'MONTH' : 'DAY'
}

/** Days from one whole date to another, or NaN. */
export const daysBetween = (first: string, second: string): number => (dayOf(second) - dayOf(first)) / 86_400_000

const dayOf = (birth: string): number =>
  birth.length === 8
    ? Date.UTC(Number(birth.slice(0, 4)), Number(birth.slice(4, 6)) - 1, Number(birth.slice(6)))
    : Number.NaN
