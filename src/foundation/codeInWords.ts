import { LRUCache } from 'lru-cache'

/** Codes that are said in other words than their own. */
const wholes: ReadonlyMap<string, string> = new Map([
  ['HEALTH_GP', 'general practice'],
  ['HEALTH_ACUTE', 'hospital'],
  ['HEALTH_COMMUNITY', 'community health'],
  ['HEALTH_MENTAL_HEALTH', 'mental health services'],
  ['HEALTH_SARC', 'sexual assault referral centre'],
  ['TEAM_TEACH', 'Team Teach'],
  ['LOOKED_AFTER_NURSE', 'looked-after nurse'],
  ['MISSING_STRATEGY', 'missing strategy meeting'],
])

/** Parts of codes that are an abbreviation, or have lost their apostrophe. */
const parts: ReadonlyMap<string, string> = new Map([
  ['camhs', 'CAMHS'],
  ['childrens', 'children’s'],
  ['cin', 'child in need'],
  ['cla', 'looked-after'],
  ['cp', 'child protection'],
  ['ehc', 'EHC'],
  ['gp', 'GP'],
  ['icpc', 'initial child protection conference'],
  ['mash', 'MASH'],
  ['price', 'PRICE'],
  ['sarc', 'SARC'],
  ['sdq', 'SDQ'],
  ['sen', 'SEN'],
])

/** Codes that were said lately: records say the same few again and again. */
const said = new LRUCache<string, string>({ max: 1024 })

/** A code as it is said: `CLA_REVIEW` → `looked-after review`, `WAS_NOT_BROUGHT` → `was not brought`. */
export function spoken(code: string): string {
  const known = said.get(code)
  if (known !== undefined) return known
  // A text of its own: one from a database keeps alive all that came with it.
  const own = Buffer.from(code).toString()
  const words = wholes.get(own) ?? inWords(own)
  said.set(own, words)
  return words
}

const inWords = (code: string): string =>
  code
    .toLowerCase()
    .split('_')
    .map((part) => parts.get(part) ?? part)
    .join(' ')

const languages = new Intl.DisplayNames(['en'], { type: 'language', fallback: 'code' })

/** A language tag as it is said: `lt` → `Lithuanian`. What is no tag is said as it stands. */
export function spokenLanguage(tag: string): string {
  try {
    return languages.of(tag) ?? tag
  } catch {
    return tag
  }
}
