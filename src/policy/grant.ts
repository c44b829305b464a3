import type { AgencyName } from '../foundation/agencies.ts'
import type { Disclosure, Label } from './labels.ts'
import type { PlaceReach } from './places.ts'
import type { AgencyType } from './vocabulary.ts'

/**
 * What one caller may have of one child from one agency: the whole decision, made once. Sources choose columns and rows
 * from it, the schema checks the same bits again, and a subgraph receives it signed. Masks are bits of `labels.ts`.
 */
export interface Grant extends RowsGrant {
  readonly agency: AgencyName
  readonly childId: string
  /** The agency's own person ids. Empty: the agency has no link, answered as nothing held. */
  readonly persons: readonly string[]
  /**
   * The same for rows that the caller's own organisation holds; the members beside it are for rows of every other. Null
   * where no organisation of the caller's type holds anything there.
   */
  readonly own: RowsGrant | null
  /** What of others' rows is withheld and may be disclosed. A label whose existence is hidden is never in it. */
  readonly withheld: readonly WithheldLabel[]
  /** The caller's organisation: a row that it holds is its own, one of another organisation of its type is not. */
  readonly organisation: string
  readonly callerType: AgencyType
  /**
   * The authority that keeps the case, where places are kept back: its own service is named, as whom to ring. Null
   * where they are not.
   */
  readonly keeper: string | null
  /** Records recorded later than this are not read. ISO 8601. */
  readonly asOf: string
}

/**
 * What may be read of rows that stand alike towards the caller: those of their own organisation, or those of others.
 */
export interface RowsGrant {
  /** Labels whose headline may be read. Contains every bit of `content`. */
  readonly headline: number
  /** Labels that may be read in full. */
  readonly content: number
  /** Labels read as a pseudonym instead of the value. Never in `content`. */
  readonly redact: number
  readonly rows: RowGate
  /** How much may be read of where the child is. */
  readonly places: PlaceReach
  /** Ids of single records that the holder withholds. */
  readonly heldRecords: readonly string[]
}

/** Which rows, by the handling that their holder marked. */
export interface RowGate {
  /** Rows whose existence is neither confirmed nor denied. */
  readonly ncnd: boolean
  /** Rows with handling conditions. */
  readonly conditions: boolean
  /** Rows whose relevance nobody decided, of a sensitive label. */
  readonly undecided: boolean
  /** Rows judged not relevant. */
  readonly notRelevant: boolean
}

export interface WithheldLabel {
  readonly label: Label
  /** CONTENT: the headline may be read. HEADLINE: nothing may be read. */
  readonly level: Disclosure
  /** A `W_` code of the decision model. */
  readonly reason: string
  /** The rule that decided. */
  readonly rule: string
  readonly requestable: boolean
}

/** Whether a field of this label and level may be read, in full or as a pseudonym. One bit test. */
export const permits = (
  grant: Pick<RowsGrant, 'headline' | 'content' | 'redact'>,
  bit: number,
  level: Disclosure,
): boolean => ((level === 'CONTENT' ? grant.content | grant.redact : grant.headline) & bit) !== 0
