import type { Clock } from '../clock.ts'
import type { Database } from '../store/database.ts'
import type { Decision } from './decide.ts'
import type { DisclosureLog } from './disclosures.ts'
import type { LinkageModel } from './linkageModel.ts'
import type { Candidate } from './matchWeight.ts'

/** What a register works with. */
export interface RegisterOptions {
  readonly database: Database
  readonly model: LinkageModel
  readonly hash: (key: string) => bigint
  readonly clock: Clock
  readonly disclosures: DisclosureLog
}

/** A record on file that may be of the person asked for. */
export interface RecordCandidate extends Candidate {
  readonly childId: string | null
  readonly isProtected: boolean
}

/** Who decides, and why. A link without a reason is not made. */
export interface By {
  readonly person: string
  readonly reason: string
  /** A second person, without whom a restricted record is not newly exposed. */
  readonly second?: string
}

/** One decision about a record, as it was appended. */
export interface LinkEvent {
  readonly id: string
  readonly record: string | null
  readonly childId: string | null
  readonly verdict: string
  readonly undoes: string | null
  readonly method: string | null
  readonly decidedBy: string
  readonly reason: string
  readonly at: Date
}

/** What a search came to. */
export interface Finding {
  readonly decision: Decision
  readonly childId: string | null
}

/** How to search. */
export interface FindOptions {
  readonly mayKnowProtected?: boolean
  /** The record that is searched for: it is no candidate itself, and what was refuted of it counts. */
  readonly record?: string
  /** Among the adults whom adult services know instead of among children. */
  readonly amongAdults?: boolean
}
