import { type CodeSetName, codeWords } from './codeWords.ts'

/**
 * Codes of earlier collections, which older records bear. They have no words any more, and are codes all the same:
 * DfE, children looked after 2009 to 2023, children in need 2013 to 2020.
 */
const earlier: Readonly<Partial<Record<CodeSetName, readonly string[]>>> = {
  legalStatus: ['V1'],
  placement: ['A1', 'A2', 'F1', 'F2', 'F3', 'F4', 'F5', 'F6', 'H3', 'H4', 'M1', 'M2', 'M3', 'Q1', 'Q2'],
  assessmentFactor: ['8A', '18A', '19A', '21A'],
  episodeCeased: ['E1', 'E4'],
}

/** Codes that came in with the collection of 2025 to 2026. What they are called was not published with them. */
const later: Readonly<Partial<Record<CodeSetName, readonly string[]>>> = {
  placement: ['K3', 'Z11', 'Z12', 'Z13', 'Z14'],
}

/** Sets of a return that a mapping may hold a column to: those that are whole, and that nobody extends. */
export const closedSets = [
  'legalStatus',
  'placement',
  'placementChange',
  'assessmentFactor',
  'need',
  'closure',
  'abuse',
  'episodeCeased',
  'sex',
  'ethnicity',
] as const satisfies readonly CodeSetName[]
export type ClosedSet = (typeof closedSets)[number]

/** Every code that a return has, or had. */
export const publishedCodes = (set: ClosedSet): readonly string[] => [
  ...Object.keys(codeWords[set]),
  ...(later[set] ?? []),
  ...(earlier[set] ?? []),
]

/** The codes of a set that records are told apart by: all but those of earlier collections. */
export const currentCodes = (set: ClosedSet): readonly string[] => [
  ...Object.keys(codeWords[set]),
  ...(later[set] ?? []),
]

const known = new Map<ClosedSet, ReadonlySet<string>>()

/** A code as it is published, in whichever case it was written; null where the set does not have it. */
export function publishedCode(set: ClosedSet, text: string): string | null {
  const codes = known.get(set) ?? new Set(publishedCodes(set))
  known.set(set, codes)
  const code = text.toUpperCase()
  return codes.has(code) ? code : null
}
