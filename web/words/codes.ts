import { labelWords } from '../../src/policy/policyWords.ts'
import { codeSets } from './codeSets.ts'

/** Words that the sector says letter by letter. */
const spelt = new Map(
  [
    'MASH',
    'GP',
    'CAMHS',
    'SARC',
    'LA',
    'NHS',
    'UPN',
    'ICPC',
    'CIN',
    'EHC',
    'CP',
    'CLA',
    'A&E',
    'PRICE',
    'DSL',
    'RPI',
    'SEN',
    'SDQ',
  ].map((word) => [word, word] as const),
)

/** `CHILD_PROTECTION` → `Child protection`. What is no code stays as it is. */
export const inWords = (code: string): string => {
  const known = Object.hasOwn(codeSets.anywhere, code) ? codeSets.anywhere[code] : undefined
  if (known !== undefined) return known
  // One word with a digit in it is a number of something, as a court or a case system writes it.
  if (!/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/.test(code) || /^[A-Z]+\d[A-Z0-9]*$/.test(code)) return code
  const text = code
    .split('_')
    .map((word) => spelt.get(word) ?? word.toLowerCase())
    .join(' ')
  return text.charAt(0).toUpperCase() + text.slice(1)
}

/** A code of a set: its words, or its plain words where the set does not have it. */
export const wordsOf = (set: keyof typeof codeSets, code: string): string =>
  (Object.hasOwn(codeSets[set], code) ? codeSets[set][code] : undefined) ?? inWords(code)

/** A sensitivity label as an information-governance lead would say it. */
export const labelInWords = (label: string): string =>
  Object.hasOwn(labelWords, label) ? labelWords[label as keyof typeof labelWords] : inWords(label)

/** Within a sentence: the first letter small, unless the word is spelt out in capitals. */
export const within = (text: string): string =>
  /^[A-Z][A-Z0-9]/.test(text) ? text : text.charAt(0).toLowerCase() + text.slice(1)
