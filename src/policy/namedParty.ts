import { type PlaceReach, tellsNoPlace } from './placePrecision.ts'
import { mayTellOf, undisclosedServices } from './revealingServices.ts'
import type { AgencyType, Role } from './vocabulary.ts'

/** Who did something about a child. */
export interface Party {
  readonly organisation: string
  readonly role: string
}

/** An organisation as the registry of issuers places it. */
export interface PlacedOrganisation {
  readonly agencyType: AgencyType
  readonly la: string | null
}

/** What a reader may know of one child. */
export interface PartyReader {
  readonly organisation: string
  /** Labels whose headline they may read at any agency. */
  readonly headline: number
  readonly places: PlaceReach
  /** The same in records of their own organisation: who works there may be kept from a place that a colleague knows. */
  readonly ownPlaces: PlaceReach
  /** The authority that keeps the case: everybody who knows of the child may ring it. */
  readonly keeper: string | null
}

/** Why a party is named, or is another organisation and no more. */
export type PartyReading = 'NAMED' | 'SENSITIVE_SETTING' | 'PLACE'

/** Settings that only a child in need of them visits: to name one would tell what the child went there for. */
const sensitiveSettings: readonly Role[] = ['SARC_CLINICIAN', 'CAMHS_CLINICIAN']

/** The setting tells what the child was there for. Governance alone is told of it. */
export const isOfSensitiveSetting = ({ role }: { readonly role: string }): boolean =>
  (sensitiveSettings as readonly string[]).includes(role)

/**
 * Whether a reader of a child is told who did something. Who broke the glass, gave consent its record or read says by
 * its code where the child is, and by its service what the child, or a parent, is there for: the father's probation
 * worker must not learn it from a notice that was meant to protect.
 *
 * @param placed the party's organisation; null where no issuer speaks for it, so that nobody knows where it is.
 */
export function partyReading(party: Party, placed: PlacedOrganisation | null, reader: PartyReader): PartyReading {
  if (party.organisation === reader.organisation) return 'NAMED'
  const words = [party.organisation, party.role]
  if (isOfSensitiveSetting(party) || !mayTellOf('CHILD', words, 0)) return 'SENSITIVE_SETTING'
  const isOfAdults = placed === null || placed.agencyType === 'ADULT'
  if (isOfAdults && !mayTellOf('ADULT', words, reader.headline)) return 'SENSITIVE_SETTING'
  return tellsNoPlace(placed, reader) ? 'NAMED' : 'PLACE'
}

/**
 * Whether a reader is told who signed an entry of a register. No health organisation but their own: an entry has to
 * stand, and where practices were named one without a name would tell that mental health, or a referral centre, wrote
 * it.
 */
export const maySign = (party: Party, placed: PlacedOrganisation | null, reader: PartyReader): boolean =>
  partyReading(party, placed, reader) === 'NAMED' &&
  (placed?.agencyType !== 'HEALTH' || party.organisation === reader.organisation)

/**
 * Whether a reader is given the words that somebody wrote in a register. A sentence says where the child is, or who
 * wrote it, whatever its field is for: only to whom every place of the child is open, be it a colleague's sentence, and
 * who wrote it. Of health, whichever organisation wrote it, to who may know of every setting that it could name.
 *
 * @param party who wrote them; null for an operator, who is of no organisation.
 */
export function mayReadWords(party: Party | null, placed: PlacedOrganisation | null, reader: PartyReader): boolean {
  if (party?.organisation === reader.organisation) return reader.ownPlaces === 'ALL'
  if (reader.places !== 'ALL') return false
  if (party === null) return true
  return placed?.agencyType === 'HEALTH'
    ? undisclosedServices('CHILD', reader.headline).length === 0
    : maySign(party, placed, reader)
}

/** Those who answer for disclosure are told who everybody was. */
export const governs = ({ role }: { readonly role: string }): boolean => role === 'INFORMATION_GOVERNANCE_OFFICER'
