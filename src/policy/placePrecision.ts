import { bitOf, type Label } from './labels.ts'
import type { AgencyType } from './vocabulary.ts'

/**
 * How exactly a field says where a child lives, learns or is treated, as its SDL marks it with `@place`. `ELSEWHERE`:
 * it tells a place unless the service that keeps the case holds the record, which everybody who knows of the child may
 * ring.
 */
export const placeGrains = ['PLACE', 'AREA', 'ELSEWHERE'] as const
export type PlaceGrain = (typeof placeGrains)[number]

/** What may be read of the places of one child: all of them, their area alone, or none. */
export const placeReaches = ['NONE', 'AREA', 'ALL'] as const
export type PlaceReach = (typeof placeReaches)[number]

const protectedPlace: Label = 'ADDRESS_PROTECTED'
const bit = bitOf(protectedPlace)

/** What a grant's masks give of places. A child who has no protected place has none to keep. */
export function placeReach(
  child: { readonly placeProtected: boolean },
  masks: { readonly content: number; readonly redact: number },
): PlaceReach {
  if (!child.placeProtected || (masks.content & bit) !== 0) return 'ALL'
  return (masks.redact & bit) === 0 ? 'NONE' : 'AREA'
}

/**
 * Who works where the child is: a school, a practice, a home. In their own records the place is where they are
 * themselves. An authority, a force or an adult service has people who work with the very adult the child is kept from.
 */
const onThePremises: ReadonlySet<AgencyType> = new Set(['EDUCATION', 'HEALTH', 'CARE_PROVIDER'])

/** The same in records of the caller's own organisation. */
export const ownPlaceReach = (
  child: { readonly placeProtected: boolean },
  masks: { readonly content: number; readonly redact: number },
  type: AgencyType,
): PlaceReach => (onThePremises.has(type) ? 'ALL' : placeReach(child, masks))

/**
 * Whether an organisation may be named to who has this reach without telling a place. Its area alone, where it is no
 * place that a child goes to; the keeper's, whatever the reach.
 */
export function tellsNoPlace(
  organisation: { readonly agencyType: AgencyType; readonly la: string | null } | null,
  { keeper, places }: { readonly places: PlaceReach; readonly keeper: string | null },
): boolean {
  if (places === 'ALL') return true
  if (organisation === null || onThePremises.has(organisation.agencyType)) return false
  return places === 'AREA' || (keeper !== null && organisation.la === keeper)
}

export const widestReach = (one: PlaceReach, other: PlaceReach): PlaceReach =>
  placeReaches.indexOf(one) > placeReaches.indexOf(other) ? one : other

/**
 * What a field tells of a place under a reach. `IF_KEEPERS`: only where the service that keeps the case holds the
 * record.
 */
export function placeReading(places: PlaceReach, grain: PlaceGrain | null): 'VALUE' | 'IF_KEEPERS' | 'NOTHING' {
  if (grain === null || places === 'ALL') return 'VALUE'
  if (places === 'AREA') return grain === 'PLACE' ? 'NOTHING' : 'VALUE'
  return grain === 'ELSEWHERE' ? 'IF_KEEPERS' : 'NOTHING'
}
