import type { Situation } from './decisionInput.ts'
import type { Obligation, ReasonCode } from './reasonCodes.ts'

/** One line of the decision table. */
export interface Rule {
  readonly id: string
  readonly code: ReasonCode | ((situation: Situation) => ReasonCode)
  readonly outcome: 'PERMIT' | 'REDACT' | 'WITHHOLD' | 'SILENT'
  readonly when: (situation: Situation) => boolean
  readonly legalBasis: string
  /** The rule in words, for whoever asks why. */
  readonly text: string
  readonly obligations?: (situation: Situation) => readonly Obligation[]
}
