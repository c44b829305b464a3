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

/**
 * The persons of a grant by whose they are. One whose link names no holder is looked for at every holder that is served; null where
 * none is named, and nothing is to be told apart.
 */
export function personKeys({ persons, holders: of }: Grant, { holders }: Served): readonly string[] | null {
  if (holders === null || !of?.some((id) => id !== '')) return null
  return persons.flatMap((person, place) => {
    const id = of[place] ?? ''
    const whose = id === '' ? holders : holders.filter((holder) => holder.id === id)
    return whose.map(({ organisation }) => ofOrganisation(organisation, person))
  })
}

/** Records that a part of a grant holds back, by whose they are. */
export const heldKeys = ({ heldRecords, heldBy }: RowsGrant, { holders }: Served): readonly string[] =>
  heldRecords.flatMap((id, place) => {
    const by = heldBy?.[place] ?? ''
    return by === '' ? (holders ?? []).map((holder) => ofOrganisation(holder.organisation, id)) : ofOrganisation(by, id)
  })

/** The holder that a record's id names; null where it may not be told, or is not known. */
export const holderIn = (recordId: string, kind: string): string | null => {
  const holder = recordId.slice(0, recordId.indexOf(':'))
  return holder === kind ? null : holder
}
