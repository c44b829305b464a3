import type { AgencyName } from '../foundation/agencies.ts'
import type { Label } from './labels.ts'
import type { AgencyType, Purpose } from './vocabulary.ts'

/**
 * What the policy needs to know of one child and one caller. Derived from data for every request; never from the token.
 */
export interface ChildFacts {
  readonly childId: string
  /** The agencies' own person ids, linked to this child. */
  readonly persons: Readonly<Partial<Record<AgencyName, readonly string[]>>>
  readonly relationship: 'ALLOCATED' | 'EPISODE' | 'ON_ROLL' | 'NONE'
  /** UNKNOWN when social care could not be reached. */
  readonly harm: 'NONE' | 'CONCERN' | 'REASONABLE_CAUSE' | 'UNKNOWN'
  readonly ageBand: 'UNDER_13' | '13_TO_15' | '16_TO_17' | 'ADULT' | 'UNKNOWN'
  readonly responsibleLa: string | null
  readonly areaLa: string | null
  /** Whether social care holds an open placement; nothing is decided by it. */
  readonly isPlaced?: boolean
  /** Whether a sharing agreement between the caller's organisation and the partnership is in force. */
  readonly agreement: boolean
  readonly breakGlass: boolean
  /** A holder recorded a place of this child that must not be found: then none of the child's places may be. */
  readonly placeProtected: boolean
  /** Consents in force now, already judged for expiry and withdrawal. */
  readonly consents: readonly ConsentFact[]
  /** Holds in force now. */
  readonly holds: readonly HoldFact[]
}

export interface ConsentFact {
  readonly id: string
  readonly state: 'NOT_SOUGHT' | 'GIVEN' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED'
  /** Labels it covers; every label when empty. */
  readonly labels: readonly Label[]
  readonly recipient: AgencyType | null
  readonly purpose: Purpose | null
  readonly giver: 'CHILD' | 'PARENT'
  readonly competence: 'COMPETENT' | 'NOT_COMPETENT' | 'NOT_ASSESSED'
  readonly recordedAt: string
}

export interface HoldFact {
  readonly id: string
  readonly agency: AgencyName
  /**
   * Whose decision it is: the organisation that holds the record. Empty where it is not known; it then holds back from
   * everybody.
   */
  readonly organisation: string
  /** NOT_RELEVANT: the holder judged one record not relevant to others' work with the child. */
  readonly kind: 'DETRIMENT' | 'EMBARGO' | 'NOT_RELEVANT'
  /** One record, or every record of the label when null. */
  readonly recordId: string | null
  readonly label: Label | null
  readonly reviewOn: string
}
