import { LRUCache } from 'lru-cache'
/**
 * The sensitivity labels, in the order of their bits. `Sensitivity` in `schema/shared.graphql` lists the same; start-up
 * compares.
 */
export const labels = [
  'CORE_IDENTITY',
  'ADDRESS_PROTECTED',
  'INVOLVEMENT',
  'SOCIAL_CARE',
  'EDUCATION',
  'HEALTH_GENERAL',
  'HEALTH_MENTAL',
  'HEALTH_SEXUAL',
  'HEALTH_SARC',
  'CHILD_SUBSTANCE',
  'POLICE_RECORD',
  'POLICE_INTELLIGENCE',
  'MANAGED_OFFENDER',
  'DOMESTIC_ABUSE',
  'THIRD_PARTY',
  'ADULT_HEALTH',
  'ADULT_JUSTICE',
  'REFERRER_IDENTITY',
  'ADOPTION',
  'COURT_CONFIDENTIAL',
  'LEGAL_PRIVILEGE',
  'VICTIM_ANONYMITY',
  'WITNESS',
  'IMMIGRATION',
  'EQUALITY',
  'CHILD_CONFIDENCE',
] as const

export type Label = (typeof labels)[number]

/** How much of a labelled fact: `HEADLINE` that it exists, when, where and what it means; `CONTENT` all of it. */
export type Disclosure = 'HEADLINE' | 'CONTENT'

const bits = new Map<string, number>(labels.map((label, index) => [label, 1 << index]))

export const isLabel = (text: string): text is Label => bits.has(text)

/** The bit of a label in a mask. */
export const bitOf = (label: Label): number => bits.get(label) ?? 0

export const maskOf = (list: Iterable<Label>): number => {
  let mask = 0
  for (const label of list) mask |= bitOf(label)
  return mask
}

/** Masks recur: partners are granted the same few sets of labels over and over. */
const known = new LRUCache<number, readonly Label[]>({ max: 4096 })

/** Labels of a mask, in the order of their bits. Equal masks give the same frozen list. */
export const labelsIn = (mask: number): readonly Label[] => {
  const list = known.get(mask)
  if (list) return list
  const made = Object.freeze(labels.filter((label) => (mask & bitOf(label)) !== 0))
  known.set(mask, made)
  return made
}
