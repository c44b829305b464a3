import type { DraftPerson } from './familyPeople.ts'
import { type FamilyTieKind, tieToChild } from './familyRelations.ts'

/** `FamilyTie` of `schema/family.graphql`. */
export interface FamilyTie {
  readonly kind: FamilyTieKind
  readonly from: string
  readonly to: string
  readonly implied: boolean
  readonly records: readonly string[]
}

/** A person with the key that stands for them in one answer. */
export type KeyedPerson = DraftPerson & { readonly key: string }

export const childKey = 'CHILD'

/** A record is named by its holder's id or by the joined one. */
const isNamed = (id: string, by: string): boolean => id === by || id.slice(id.indexOf(':') + 1) === by

/**
 * What each is to the child, what records say of two of them, and that a parent's partner is the parent's. Nobody is
 * tied by more than is recorded: full brothers and sisters are not given the child's parents.
 */
export function tiesOf(people: readonly KeyedPerson[]): readonly FamilyTie[] {
  const toChild = people.map(
    ({ key, relation, mentions: [first] }): FamilyTie => ({
      ...{ kind: tieToChild(relation), from: key, to: childKey, implied: false, records: [first.row.id] },
    }),
  )
  const recorded = people.flatMap((person) => [
    ...named(people, person, 'childOf').map(({ key, records }) => tie('PARENT', key, person.key, records)),
    ...named(people, person, 'partnerOf').map(({ key, records }) => tie('COUPLE', person.key, key, records)),
  ])
  const couples = distinct(recorded)
  return [...toChild, ...couples, ...impliedCouples(people, couples)]
}

const tie = (kind: FamilyTieKind, from: string, to: string, records: readonly string[]): FamilyTie => ({
  ...{ kind, from, to, implied: false, records },
})

const named = (people: readonly KeyedPerson[], person: KeyedPerson, by: 'childOf' | 'partnerOf') =>
  person.mentions.flatMap((mention) =>
    mention[by].flatMap((id) => {
      const other = people.find(({ mentions }) => mentions.some(({ row }) => isNamed(row.id, id)))
      return other && other !== person ? [{ key: other.key, records: [mention.row.id] }] : []
    }),
  )

/** Whether a record of either says that the two are a couple. */
export const arePartners = (one: KeyedPerson, other: KeyedPerson): boolean =>
  [
    [one, other],
    [other, one],
  ].some(([of, to]) =>
    of?.mentions.some(({ partnerOf }) =>
      partnerOf.some((id) => to?.mentions.some(({ row }) => isNamed(row.id, id)) === true),
    ),
  )

/** A couple that both records tell of is one. */
const distinct = (ties: readonly FamilyTie[]): readonly FamilyTie[] => [
  ...new Map(
    ties.map((one) => [
      one.kind === 'COUPLE' ? [one.from, one.to].sort().join(' ') : `${one.from} is parent of ${one.to}`,
      one,
    ]),
  ).values(),
]

/** A stepfather is the mother's partner, a stepmother the father's, unless a record ties them to somebody. */
const impliedCouples = (people: readonly KeyedPerson[], couples: readonly FamilyTie[]): readonly FamilyTie[] =>
  people
    .filter(({ key, relation }) => tieToChild(relation) === 'STEP_PARENT' && !couples.some((one) => isOf(one, key)))
    .flatMap(({ key, relation }) => {
      const whose = /MOTHER/.test(relation) && !/OF_MOTHER|MOTHERS?_/.test(relation) ? 'FATHER' : 'MOTHER'
      const parent = people.find((person) => person.relation === whose)
      return parent ? [{ ...tie('COUPLE', key, parent.key, []), implied: true }] : []
    })

const isOf = ({ kind, from, to }: FamilyTie, key: string): boolean => kind === 'COUPLE' && (from === key || to === key)
