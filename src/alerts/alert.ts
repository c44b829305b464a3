import { createHash } from 'node:crypto'
import type { Completeness } from '../childView/countCompleteness.ts'
import { type Clearance, clearanceOf } from './clearances.ts'
import type { AlertEvidence, FoundAlert } from './evaluateRules.ts'

/** `Alert` of `schema/alerts.graphql`. */
export interface Alert {
  readonly id: string
  readonly code: string
  readonly version: number
  readonly rule: string
  readonly source: string
  readonly since: string
  readonly explanation: string
  readonly count: number | null
  readonly completeness: Completeness['completeness']
  readonly without: Completeness['without']
  readonly details: readonly { readonly name: string; readonly value: string }[]
  readonly evidence: readonly AlertEvidence[]
  readonly audience: readonly string[]
  readonly clears: string
  readonly cleared: boolean
  readonly clearance:
    | (Omit<Clearance, 'code' | 'anchor' | 'organisation' | 'role'> & { readonly role: string | null })
    | null
}

/** Tells nothing of the record: an id must not be a way to guess at one. */
export const alertId = (childId: string, code: string, anchor: string): string =>
  createHash('sha256').update(`${childId}|${code}|${anchor}`).digest('hex').slice(0, 20)

/** Whoever reads an alert. */
export interface AlertReader {
  readonly organisation: string
  /** Whether they may read what a colleague wrote, who may know of a place that is kept from them. */
  readonly readsColleagues: boolean
  /** Whether they are told who cleared it. */
  readonly names: (by: Pick<Clearance, 'role' | 'organisation'>) => boolean
}

/** An alert as a reader of one organisation gets it: words of others, who may have read more, stay with them. */
export function alertOf(
  childId: string,
  found: FoundAlert,
  last: Clearance | null,
  { names, organisation, readsColleagues }: AlertReader,
): Alert {
  const { rule, finding, evidence } = found
  const ground = found.howWhole()
  const clearance = clearanceOf(found, last)
  return {
    id: alertId(childId, rule.code, finding.anchor),
    code: rule.code,
    version: rule.version,
    rule: rule.rule,
    source: rule.source,
    since: finding.since,
    explanation: wordsOf(finding, ground),
    count: finding.count ?? null,
    ...ground,
    details: Object.entries(finding.details ?? {}).map(([name, value]) => ({ name, value: String(value) })),
    evidence,
    audience: [...new Set(rule.audience.map(({ agency }) => agency))],
    clears: rule.clears,
    cleared: clearance !== null,
    clearance: clearance && {
      at: clearance.at,
      role: names(clearance) ? clearance.role : null,
      reason: clearance.reason,
      note: readsColleagues && clearance.organisation === organisation ? clearance.note : null,
    },
  }
}

/** What was found in words. A number in a sentence looks whole where nothing says that it is not. */
export const wordsOf = ({ count, text }: FoundAlert['finding'], { completeness }: Completeness): string =>
  count === undefined || completeness === 'WHOLE' ? text : `${text} ${notAll}`

const notAll = 'That is what may be read here; there may be more.'
