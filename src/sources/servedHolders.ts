import type { Holder } from '../foundation/holder.ts'
import type { Grant, RowsGrant } from '../policy/grant.ts'

/** Whose records one source reads. */
export interface Served {
  /** Stands in front of a record's id where its holder may not be told, or is not known. */
  readonly kind: string
  /** Null: whoever the records name. */
  readonly holders: readonly (Pick<Holder, 'id'> & { readonly organisation: string })[] | null
}

/** All who hold records of a kind, as one. */
export const servingWhole = (kind: string): Served => ({ kind, holders: null })

/** Some holders by name; the whole kind where one of them stands for it. */
export const serving = (kind: string, holders: readonly Holder[]): Served => {
  const named = holders.flatMap(({ id, organisation }) => (organisation === null ? [] : [{ id, organisation }]))
  return { kind, holders: named.length === holders.length ? named : null }
}

/** Joins an organisation with what it names; no code has a blank. */
export const ofOrganisation = (organisation: string, name: string): string => `${organisation} ${name}`

/** Stands for every holder, where a link names none. */
export const anyHolder = '*'

/**
 * The persons of a grant, each with the organisations whose they are, in order and with a blank between. Null where no
 * holder is named, and nothing is to be told apart. Else always there, also of nobody: the statement about a child whom
 * nobody knows is the one about any other.
 */
export function personsByHolder(
  { persons, holders: of }: Grant,
  { holders }: Served,
): ReadonlyMap<string, string> | null {
  if (holders === null || holders.length === 1) return null
  const whose = new Map<string, Set<string>>()
  for (const [place, person] of persons.entries()) {
    const id = of?.[place] ?? ''
    const organisation = id === '' ? anyHolder : holders.find((holder) => holder.id === id)?.organisation
    if (organisation !== undefined) whose.set(person, (whose.get(person) ?? new Set()).add(organisation))
  }
  return new Map(
    [...whose].map(([person, all]) => [person, all.has(anyHolder) ? anyHolder : [...all].sort().join(' ')]),
  )
}

/**
 * Records that a part of a grant holds back, by whose they are; by their id alone where nobody known holds them back.
 */
export const heldKeys = ({ heldRecords, heldBy }: RowsGrant): readonly string[] =>
  heldRecords.map((id, place) => {
    const by = heldBy?.[place] ?? ''
    return by === '' ? id : ofOrganisation(by, id)
  })

/**
 * What stands in front of the id of a record that one holder has: its own, unless where it is may not be told.
 *
 * @param isOwn whether the caller's own organisation holds the record.
 */
export const recordPrefix = (grant: Grant, holder: Pick<Holder, 'id' | 'kind'>, isOwn: boolean): string => {
  const places = isOwn && grant.own ? 'ALL' : grant.places
  return `${places === 'ALL' ? holder.id : holder.kind}:`
}

/** The holder that a record's id names; null where it may not be told, or is not known. */
export const holderIn = (recordId: string, kind: string): string | null => {
  const holder = recordId.slice(0, recordId.indexOf(':'))
  return holder === kind ? null : holder
}
