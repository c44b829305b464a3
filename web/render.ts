import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'
import nunjucks from 'nunjucks'
import { partiesInWords, partyName } from '../src/foundation/partyName.ts'
import type { Registry } from '../src/foundation/registry.ts'
import { type CodeSetName, decoded } from '../src/sources/codeWords.ts'
import { accessLine } from './words/accessLines.ts'
import type { codeSets } from './words/codeSets.ts'
import { inWords, labelInWords, within, wordsOf } from './words/codes.ts'
import { named } from './words/counts.ts'
import { ageAt, dayAndTime, daysAway, lengthOf, longDay, monthOf, shortDay } from './words/dates.ts'
import { actInWords, fieldInWords, timeLeft, valueInWords } from './words/messages.ts'
import { ownerName, signedBy } from './words/parties.ts'
import { purposeName } from './words/purposes.ts'

/** Where the design system's macros lie. */
const designSystem = join(dirname(createRequire(import.meta.url).resolve('govuk-frontend/package.json')), 'dist')

const views = fileURLToPath(new URL('./views', import.meta.url))

const languages = new Intl.DisplayNames(['en-GB'], { type: 'language' })

/** `lt` → `Lithuanian`; what is no tag stays as it is. */
const languageName = (tag: string): string => {
  try {
    return languages.of(tag) ?? tag
  } catch {
    return tag
  }
}

/** Days and codes as people write them, and telephone numbers that do not break, within text. */
const prose = (text: string): string =>
  text
    .replace(/\b\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z/g, (at) => dayAndTime(at))
    .replace(/\b\d{4}-\d{2}-\d{2}\b/g, (day) => shortDay(day))
    .replace(/\b0\d{2,4} \d{3,6}( \d{3,4})?\b/g, (number) => number.replaceAll(' ', '\u00a0'))
    .replace(/(?<![\w(])[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+(?![\w)])/g, (code) => within(inWords(code)))
    .replace(/^(?:RED|AMBER|GREEN|BLUE)(?=:)/, inWords)

/** As a sentence begins: what begins with a word, and with no id. */
const begins = (text: string): string =>
  text.replace(/^[a-z]+(?:[-'’][a-z]+)*(?=[\s,;:.]|$)/, (word) => word.charAt(0).toUpperCase() + word.slice(1))

export type Render = (view: string, model: Readonly<Record<string, unknown>>) => string

/**
 * Every value is escaped unless a template says otherwise, and none does but for the drawings that this product makes.
 */
export const createRender = (registry: Registry): Render => {
  const loader = new nunjucks.FileSystemLoader([views, designSystem], { noCache: false, watch: false })
  const environment = new nunjucks.Environment(loader, {
    autoescape: true,
    throwOnUndefined: false,
    trimBlocks: true,
    lstripBlocks: true,
  })
  const filter = (name: string, of: (text: string, ...more: string[]) => string | null) =>
    environment.addFilter(name, (value: unknown, ...more: string[]) =>
      value === null || value === undefined || value === '' ? '' : (of(String(value), ...more) ?? ''),
    )
  filter('day', longDay)
  filter('shortDay', shortDay)
  filter('dayAndTime', dayAndTime)
  filter('dayOfYear', (day) => longDay(day)?.replace(/ \d{4}$/, '') ?? null)
  filter('month', monthOf)
  filter('words', inWords)
  filter('label', labelInWords)
  filter('purpose', purposeName)
  filter('codeOf', (code, set) => wordsOf(set as keyof typeof codeSets, code))
  environment.addFilter('decoded', (value: unknown, set: CodeSetName) => decoded(set, value) ?? '')
  filter('age', (born, asOf = '') => ageAt(born, asOf))
  filter('away', (day, asOf = '') => daysAway(day, asOf))
  filter('until', (from, to = '') => lengthOf(from, to))
  filter('place', (code) => registry.authorities.get(code)?.name ?? registry.forces.get(code)?.name ?? code)
  // What the gateway tells by itself comes from no organisation.
  filter('party', (code) => (code === 'gateway' ? 'This gateway' : partyName(registry, code)))
  filter('owner', (owner) => ownerName(registry, owner))
  filter('signed', (who) => signedBy(registry, who))
  filter('fieldName', fieldInWords)
  filter('act', actInWords)
  filter('accessLine', accessLine)
  filter('said', valueInWords)
  filter('left', (due, now = '') => timeLeft(due, now))
  filter('language', languageName)
  filter('prose', (text) => prose(partiesInWords(registry, text)))
  environment.addFilter('wordsList', (codes: unknown) =>
    (Array.isArray(codes) ? codes : [])
      .map((code, index) => (index === 0 ? inWords : (each: string) => within(inWords(each)))(String(code)))
      .join(', '),
  )
  environment.addFilter('agencies', (codes: readonly string[]) => begins(named(codes)))
  filter('begins', begins)
  filter('lower', within)
  environment.addFilter(
    'many',
    (count: unknown, noun: string, plural?: string) =>
      `${String(count)} ${count === 1 ? noun : (plural ?? `${noun}s`)}`,
  )
  return (view, model) => environment.render(`${view}.njk`, model)
}
