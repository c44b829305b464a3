import type { SectionContent, SupplierContent } from './transferTypes.ts'

/** Sections without which a conference cannot be held on the record. */
export const conferenceSections: ReadonlySet<string> = new Set([
  ...['T0', 'T1', 'T2', 'T3', 'T4', 'T5', 'T6'],
  ...['T12', 'T13', 'T14', 'T15', 'T16'],
])

export interface Readiness {
  readonly ready: boolean
  /** Whole sentences that say what is in the way. */
  readonly reasons: readonly string[]
}

/**
 * Whether a conference can be held: rules with their reasons, never a percentage, which would let nine full sections
 * hide the empty one. A supplier that could not be reached stands in the way like one that is silent.
 */
export const readiness = (sections: readonly SectionContent[], suppliers: readonly SupplierContent[]): Readiness => {
  const empty = sections
    .filter(({ code, state }) => conferenceSections.has(code) && state === 'MISSING')
    .map(({ code, title }) => `${code} ${title} is missing.`)
  const silent = suppliers
    .filter(({ mandatory, state }) => mandatory && (state === 'OUTSTANDING' || state === 'UNAVAILABLE'))
    .map(({ agency, force, la, state }) => {
      const what = state === 'UNAVAILABLE' ? 'could not be reached' : 'has not confirmed its part'
      return `${[agency, la ?? force].filter(Boolean).join(' ')} ${what}.`
    })
  const reasons = [...empty, ...silent]
  return { ready: reasons.length === 0, reasons }
}
