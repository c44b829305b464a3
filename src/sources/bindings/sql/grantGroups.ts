import type { Grant } from '../../../policy/grant.ts'
import { anyHolder, ofOrganisation, personsByHolder, type Served } from '../../servedHolders.ts'
import { isSameShape } from './grantShape.ts'
import type { SqlValues } from './statement.ts'

/** Grants that one statement answers. */
export interface Group {
  readonly grants: readonly [Grant, ...Grant[]]
  /** Persons by whose they are; null where they are not told apart. */
  readonly whose: ReadonlyMap<string, string> | null
}

/**
 * A row is its child's by the person alone, so that in one group an id is that of the same holders' person wherever it
 * stands.
 */
export function groupsOf(grants: readonly Grant[], served: Served): readonly Group[] {
  const groups: { readonly grants: [Grant, ...Grant[]]; readonly whose: Map<string, string> | null }[] = []
  for (const grant of grants) {
    const whose = personsByHolder(grant, served)
    const group = groups.find(
      ({ grants: [first], whose: known }) => isReadAlike(first, grant) && isWithoutClash(known, whose),
    )
    if (!group) groups.push({ grants: [grant], whose: whose && new Map(whose) })
    else {
      group.grants.push(grant)
      for (const [person, of] of whose ?? []) group.whose?.set(person, of)
    }
  }
  return groups
}

/** As a statement takes them: those of named holders, and those of whichever. */
export const keysOf = (whose: ReadonlyMap<string, string>): Pick<SqlValues, 'keys' | 'anyones'> => ({
  keys: [...whose].flatMap(([person, of]) => of.split(' ').map((organisation) => ofOrganisation(organisation, person))),
  anyones: [...whose].flatMap(([person, of]) => (of === anyHolder ? person : [])),
})

const isWithoutClash = (one: ReadonlyMap<string, string> | null, other: ReadonlyMap<string, string> | null): boolean =>
  one === null || other === null ? one === other : [...other].every(([person, of]) => (one.get(person) ?? of) === of)

/**
 * Whether two grants are read by one statement with the same parameters but for the persons. They may be of several
 * callers, so what is held back from one must not be held back from another.
 */
const isReadAlike = (one: Grant, other: Grant): boolean =>
  isSameShape(one, other) &&
  one.organisation === other.organisation &&
  one.asOf === other.asOf &&
  one.keeper === other.keeper &&
  isSameList(one.heldRecords, other.heldRecords) &&
  isSameList(one.own?.heldRecords ?? [], other.own?.heldRecords ?? [])

const isSameList = (one: readonly string[], other: readonly string[]): boolean =>
  one.length === other.length && one.every((id, place) => id === other[place])
