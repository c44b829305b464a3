import type { AgencyName } from '../foundation/agencies.ts'
import type { Clock } from '../foundation/clock.ts'
import type { Database } from '../store/database.ts'
import type { Decision } from './decideMatch.ts'
import type { LinkageModel } from './linkageModel.ts'
import type { Candidate } from './matchWeight.ts'
import type { Person } from './person.ts'
import type { DisclosureLog } from './wrongDisclosures.ts'

/** What a register works with. */
export interface RegisterOptions {
  readonly database: Database
  readonly model: LinkageModel
  readonly hash: (key: string) => bigint
  readonly clock: Clock
  readonly disclosures: DisclosureLog
  /** Whether NHS numbers of the range kept for tests count: where the data are invented. */
  readonly testNumbersCount?: boolean
  /**
   * Whether to have a record at a holder reveals something by itself. As long as such a record is of no child, it is a
   * candidate for its own holder's records alone: that another's is asked about would say that it is there.
   */
  readonly revealsByBeing?: (holder: string) => boolean
}

/** What an agency holds of one person, to be taken into the register. */
export interface PersonEntry {
  readonly agency: AgencyName
  readonly localId: string
  /** Id of the holder who gave it; absent where holders of the agency are not told apart. */
  readonly holder?: string | undefined
  readonly person: Person
  readonly isProtected: boolean
  /** Numbers by which the holder's people name the person, where those are not the local id. */
  readonly ownNumbers?: readonly string[] | undefined
}

/** A record on file that may be of the person asked for. */
export interface RecordCandidate extends Candidate {
  readonly childId: string | null
  readonly agency: string
  /** Whose record it is, where holders of the agency are told apart; else empty. */
  readonly holder: string
  readonly isProtected: boolean
}

/** Whom a search may concern, and whether more were there than it looks at. */
export interface Candidates {
  readonly records: readonly RecordCandidate[]
  readonly isCut: boolean
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
  /**
   * The child that was found, and the records of it, or of no child yet, that the evidence found: several agencies'
   * of one child.
   */
  readonly childId: string | null
  readonly records: readonly string[]
}

/** What was looked up of many records at once, and what was decided of them since. */
export interface LookedUp {
  /** Whom the record may be of; undefined of one that was not sought with the others. */
  candidates(record: string): Candidates | undefined
  /** Candidates that were looked up elsewhere, with what was decided here. */
  asNow(candidates: Candidates): Candidates
  /** Children of whom a person said that they are not who the record is of. */
  refuted(record: string): readonly string[]
}

/** How to search. */
export interface FindOptions {
  readonly mayKnowProtected?: boolean
  /** The record that is searched for: it is no candidate itself, and what was refuted of it counts. */
  readonly record?: string
  /** Children of whom a person said that they are not who is searched for. */
  readonly refuted?: ReadonlySet<string>
  /** Records of no child yet of which the same was said. */
  readonly refutedRecords?: ReadonlySet<string>
  /** Among the adults whom adult services know instead of among children. */
  readonly amongAdults?: boolean
  /** With which the record is searched for, and whose candidates were looked up for all. */
  readonly batch?: LookedUp
}
