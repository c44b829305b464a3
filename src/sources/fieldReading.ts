import { leadAgency } from '../foundation/agencies.ts'
import { coarsens } from '../policy/admits.ts'
import type { FieldClass } from '../policy/classify.ts'
import { fieldReading } from '../policy/fieldReading.ts'
import type { Grant, RowsGrant } from '../policy/grant.ts'
import { holderField } from '../policy/ownRowGrants.ts'
import { type PlaceGrain, placeReading } from '../policy/placePrecision.ts'
import type { ColumnLayout } from './columnLayout.ts'
import type { ListLayout, SourceLayout } from './sourceLayout.ts'

/**
 * What is read of a field of a row: its value, nothing, only where the place is not protected, or only where the
 * service that keeps the case holds the row. Every binding reads by this, in a statement or row by row.
 */
export type Selected = 'VALUE' | 'NOTHING' | 'UNLESS_PROTECTED' | 'IF_KEEPERS'

/** What is read of rows that others hold, and of the caller's own organisation's. */
export interface SelectedByHolder {
  readonly others: Selected
  readonly own: Selected
}

/** Nouns of the pseudonyms that are read in the place of a field, of others' rows and of the caller's own. */
export interface Nouns {
  readonly others: RowNouns
  readonly own: RowNouns
}

/** Under which noun a person is read; null where by name. `adult`: of whom the row says that they are no child. */
interface RowNouns {
  readonly usual: string | null
  readonly adult: string | null
}

/** Null where every row is read as it is. */
export function nounsByHolder(grant: Grant, label: FieldClass): Nouns | null {
  const others = nounsOf(grant, label)
  const own = grant.own ? nounsOf(grant.own, label) : others
  return isPlain(others) && isPlain(own) ? null : { others, own }
}

/** The noun under which a field of a row is read; null where it is read as it is. */
export function nounIn(nouns: Nouns | null, isOwnRow: boolean, isAdult: boolean): string | null {
  if (nouns === null) return null
  const { usual, adult } = isOwnRow ? nouns.own : nouns.others
  return isAdult ? adult : usual
}

const isPlain = ({ usual, adult }: RowNouns): boolean => usual === null && adult === null

function nounsOf(grant: RowsGrant, label: FieldClass): RowNouns {
  const usual = fieldReading(grant, label) === 'PSEUDONYM' ? label.pseudonym : null
  if (label.adultUnless === null) return { usual, adult: usual }
  return { usual, adult: fieldReading(grant, label, 'OTHER') === 'PSEUDONYM' ? 'ADULT' : null }
}

export function selectedOf(list: ListLayout, { label }: ColumnLayout, grant: RowsGrant): Selected {
  if (fieldReading(grant, label) === 'NOTHING') return 'NOTHING'
  if (placeReading(grant.places, label.place) === 'IF_KEEPERS') return 'IF_KEEPERS'
  return coarsens(grant, list) && label.level === 'CONTENT' ? 'UNLESS_PROTECTED' : 'VALUE'
}

/** Who holds a record tells where the child is: a school, a practice, the area. */
const holderPlaces: Readonly<Partial<Record<string, PlaceGrain>>> = {
  'provenance.la': 'AREA',
  'provenance.force': 'AREA',
  'provenance.organisation': 'PLACE',
  'provenance.recordedBy': 'PLACE',
}

/** What is read of who holds a row. That the lead agency's own service does is told of whatever place is kept. */
export function holderReading(layout: SourceLayout, field: string, grant: Grant): SelectedByHolder {
  const grain = holderPlaces[field]
  if (!grain) return { others: 'VALUE', own: 'VALUE' }
  const of = ({ places }: RowsGrant): Selected =>
    placeReading(places, layout.contract.name === leadAgency ? 'ELSEWHERE' : grain)
  const others = of(grant)
  // Whose own a row is must be known here to judge it by; that they hold it tells its holder of no place.
  const ofOwn = grant.own && (field === holderField ? 'VALUE' : of(grant.own))
  return { others, own: ofOwn ?? others }
}
