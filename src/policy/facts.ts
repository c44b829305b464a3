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
  /**
   * Whose ids they are, each in its place: the holder's id, empty where the link names no holder. Absent: none does.
   */
  readonly holders?: Readonly<Partial<Record<AgencyName, readonly string[]>>>
  /**
   * PLACED_IN_AREA: another authority looks after the child and placed them in the area of the caller's, to whom that
   * was notified; nothing else is known to give them a part in the case.
   */
  readonly relationship: 'ALLOCATED' | 'EPISODE' | 'ON_ROLL' | 'PLACED_IN_AREA' | 'NONE'
  /** UNKNOWN when social care could not be reached. */
  readonly harm: 'NONE' | 'CONCERN' | 'REASONABLE_CAUSE' | 'UNKNOWN'
  readonly ageBand: 'UNDER_13' | '13_TO_15' | '16_TO_17' | 'ADULT' | 'UNKNOWN'
  readonly responsibleLa: string | null
  readonly areaLa: string | null
  /**
   * While social care cannot be reached, the authorities that it last named, by which reach is decided; absent
   * otherwise.
   */
  readonly asLastKnown?: { readonly responsibleLa: string | null; readonly areaLa: string | null }
  /** Whether a sharing agreement between the caller's organisation and the partnership is in force. */
  readonly agreement: boolean
  readonly breakGlass: boolean
  /**
   * Whether somebody answers for a missing child: an open episode, one that ended within 72 hours, or a return
   * interview that is still owed. Absent where it was not looked at, or could not be: then nobody is refused for it.
   */
  readonly missing?: Missing
  /** The child is placed for adoption and no order was made: the record is the case's own until it is. */
  readonly placedForAdoption?: boolean
  /** The day of the record that harm follows from; null or absent where none is on record. */
  readonly harmSince?: string | null
  /**
   * The one who asks has a conflict of interest in this child. Whoever asks for the facts never sees one with it set.
   */
  readonly barred?: boolean
  /** Orders of a court that let the caller's organisation have records of this child, in force now. */
  readonly orders?: readonly CourtOrderFact[]
  /** A holder recorded a place of this child that must not be found: then none of the child's places may be. */
  readonly placeProtected: boolean
  /** Consents in force now, already judged for expiry and withdrawal. */
  readonly consents: readonly ConsentFact[]
  /** Holds in force now. */
  readonly holds: readonly HoldFact[]
}

export type Missing = 'SUPPORTED' | 'UNSUPPORTED'

/** An order of a court: what it covers, and for whom, is what was recorded from it. */
export interface CourtOrderFact {
  readonly id: string
  /** Labels it covers; every label when empty. Legal advice is never among them. */
  readonly labels: readonly Label[]
  readonly madeOn: string
}

/**
 * Who gave or refused. The authority gives where it has parental responsibility by a care or placement order; a
 * decision in the best interests of a young person who lacks capacity is nobody's consent, and stands in its place.
 */
export const consentGivers = ['CHILD', 'PARENT', 'AUTHORITY', 'SPECIAL_GUARDIAN', 'ADOPTER', 'BEST_INTERESTS'] as const
export type ConsentGiver = (typeof consentGivers)[number]

export interface ConsentFact {
  readonly id: string
  readonly state: 'NOT_SOUGHT' | 'GIVEN' | 'REFUSED' | 'WITHDRAWN' | 'EXPIRED'
  /** Labels it covers; every label when empty. */
  readonly labels: readonly Label[]
  readonly recipient: AgencyType | null
  readonly purpose: Purpose | null
  readonly giver: ConsentGiver
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
  readonly kind: HoldKind
  /** Before whom it stands: one type of organisation, one organisation; before everybody where neither is named. */
  readonly recipient?: AgencyType | null
  readonly recipientOrganisation?: string | null
  /** The day it was recorded. */
  readonly recordedOn?: string
  /** One record, or every record of the label when null. */
  readonly recordId: string | null
  readonly label: Label | null
  readonly reviewOn: string
}

/**
 * NOT_RELEVANT: the holder judged one record not relevant to others' work with the child. COURT_PROHIBITED: a court
 * forbade the holder to disclose; nothing but a later order lifts it.
 */
export const holdKinds = ['DETRIMENT', 'EMBARGO', 'NOT_RELEVANT', 'COURT_PROHIBITED'] as const
export type HoldKind = (typeof holdKinds)[number]
