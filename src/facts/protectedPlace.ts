import { type AgencyName, leadAgency } from '../foundation/agencies.ts'
import type { Grant } from '../policy/grant.ts'
import { bitOf } from '../policy/labels.ts'
import { rowsIn } from '../records/agencyAnswers.ts'
import { uncorrected } from '../records/currentRows.ts'
import { mergeNeeds } from '../records/mergeNeeds.ts'
import type { RequiredFields, RowsOf } from '../records/requiredFields.ts'
import type { Row } from '../sources/contract.ts'
import type { Database } from '../store/database.ts'
import { caseStatusNeeds } from './caseStatus.ts'

const marked = ['eventAt', 'provenance.supersedes', 'sensitivity'] as const

/** Fields of the lead agency that say that a place must not be found, by a label or in words of its own. */
const protectedPlaceNeeds = {
  addresses: [...marked, 'protected'],
  placements: marked,
  involvements: marked,
} as const satisfies RequiredFields['socialCare']

/**
 * What is read to know where the child stands and whether a place must not be found. Of every list with its labels: a
 * record whose labels were not read could not be kept out of what is decided, though any record can bear this one.
 */
export const caseStatusReads: RequiredFields = mergeNeeds(
  { [leadAgency]: caseStatusNeeds },
  { [leadAgency]: protectedPlaceNeeds },
  { [leadAgency]: Object.fromEntries(Object.keys(caseStatusNeeds).map((list) => [list, ['sensitivity']])) },
)

type MarkedRows = RowsOf<{ readonly socialCare: typeof protectedPlaceNeeds }>['socialCare']

/**
 * Of the label and of nothing else: a record of a place is one however long ago it ended, and no longer once it is
 * corrected.
 */
const label = 'ADDRESS_PROTECTED'

/**
 * Whether a place stands among these records that must not be found. Protection is the child's from then on, not the
 * row's.
 */
export function hasProtectedPlace(lists: Readonly<Record<string, readonly Row[]>>): boolean {
  const rows = rowsIn<MarkedRows>(lists)
  const isMarked = (row: { readonly sensitivity?: readonly string[] | null | undefined }) =>
    row.sensitivity?.includes(label) === true
  return (
    uncorrected(rows('addresses')).some((row) => row.protected === true || isMarked(row)) ||
    uncorrected(rows('placements')).some(isMarked) ||
    uncorrected(rows('involvements')).some(isMarked)
  )
}

/** A grant of the gateway's own under which these are seen too. */
export const seeingProtectedPlaces = (grant: Grant): Grant => ({
  ...grant,
  headline: grant.headline | bitOf(label),
  content: grant.content | bitOf(label),
})

/** The records without those: what is kept from being found is no ground for anybody's part in the case. */
export const withoutProtectedPlaces = (
  lists: Readonly<Record<string, readonly Row[]>>,
): Readonly<Record<string, readonly Row[]>> =>
  Object.fromEntries(
    Object.entries(lists).map(([list, rows]) => [
      list,
      rows.filter(({ sensitivity }) => !Array.isArray(sensitivity) || !sensitivity.includes(label)),
    ]),
  )

/** A holder's person; the holder is empty where the agency's holders are not told apart. */
export interface HeldPerson {
  readonly person: string
  readonly holder: string
}

/** Keeps what a holder was seen to record of some of its persons: it stands while that holder is away. */
export async function keepProtectedPlaces(
  database: Pick<Database, 'rows'>,
  agency: AgencyName,
  persons: readonly HeldPerson[],
  at: Date,
): Promise<void> {
  if (persons.length === 0) return
  await database.rows({
    name: 'protected-place-keep',
    text: `insert into gateway.protected_place (agency, person_id, holder, seen_at)
      select $1::text, person, holder, $4::timestamptz from unnest($2::text[], $3::text[]) as held (person, holder)
      on conflict do nothing`,
    values: [agency, persons.map(({ person }) => person), persons.map(({ holder }) => holder), at.toISOString()],
  })
}

/** After its holder answered that it stands no more: the record was corrected. */
export async function liftProtectedPlaces(
  database: Pick<Database, 'rows'>,
  agency: AgencyName,
  persons: readonly HeldPerson[],
): Promise<void> {
  if (persons.length === 0) return
  await database.rows({
    name: 'protected-place-lift',
    text: `delete from gateway.protected_place place using unnest($2::text[], $3::text[]) as held (person, holder)
      where place.agency = $1::text and place.person_id = held.person and place.holder in ('', held.holder)`,
    values: [agency, persons.map(({ person }) => person), persons.map(({ holder }) => holder)],
  })
}
